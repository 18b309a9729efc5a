"""Proof of what was reached: files and links, added and removed by the owner, opened by few."""

from collections.abc import Mapping
from datetime import datetime
from urllib.parse import urlsplit

from django.core.exceptions import ValidationError
from django.core.validators import URLValidator
from django.db import transaction

from accounts import audit
from accounts.models import User
from config.lib.errors import Conflict, DomainError, NotAllowed
from config.lib.privatefiles import private_delete, private_save
from config.lib.uploads import EVIDENCE_KINDS, CheckedUpload, check_upload
from orgunits.viewer import Viewer
from skp.enums import EvidenceKind, SkpEvent
from skp.models import Evidence
from skp.progress_rules import MAX_EVIDENCE, EvidenceAccess, can_open_evidence, evidence_access
from skp.selectors.plans import plan_facts, skps_visible_to, with_facts
from skp.selectors.progress import evidence_facts, evidence_visible_to
from skp.services.progress import begin_recording, check_in_force

FOLDER = "evidence"
MAX_URL = 500
MAX_WORDS = 200
MIN_REASON, MAX_REASON = 10, 300
_URL = URLValidator(schemes=["http", "https"])


def evidence_add_file(
    *,
    actor: Viewer,
    skp_id: int,
    version: int,
    indicator_id: int,
    interval: int,
    data: bytes,
    name: str,
    now: datetime,
) -> Evidence:
    """Keep a file as proof of an indicator in force in the interval; told by content, ≤ ``UPLOAD_MAX_MB``.

    The bytes are checked and written before the row, and removed again when the row is refused.
    Raises UploadRefused with the reason, Conflict on a stale page, NotAllowed, or DomainError beyond
    10 pieces of evidence.
    """
    checked = check_upload(data, name, EVIDENCE_KINDS)
    stored_name = private_save(FOLDER, checked.data)
    try:
        with transaction.atomic():
            _begin(actor, skp_id, version, indicator_id, interval)
            return _add_file(actor, indicator_id, interval, checked, stored_name, now)
    except BaseException:
        private_delete(stored_name)
        raise


def _add_file(
    actor: Viewer, indicator_id: int, interval: int, checked: CheckedUpload, stored_name: str, now: datetime
) -> Evidence:
    return Evidence.objects.create(
        indicator_id=indicator_id,
        interval=interval,
        kind=EvidenceKind.FILE,
        name=checked.name,
        stored_name=stored_name,
        content_type=checked.content_type,
        size=checked.size,
        file_hash=checked.file_hash,
        added_at=now,
        added_by_id=actor.user_id,
    )


def evidence_add_link(
    *,
    actor: Viewer,
    skp_id: int,
    version: int,
    indicator_id: int,
    interval: int,
    url: str,
    name: str,
    now: datetime,
) -> Evidence:
    """Keep an address as proof; ``name`` are its words, the host without them.

    Raises DomainError for anything but a full http or https address, otherwise as
    ``evidence_add_file``.
    """
    address, words = url.strip(), " ".join(name.split())
    host = host_of_link(address)
    if len(words) > MAX_WORDS:
        raise DomainError(f"Keterangan tautan paling banyak {MAX_WORDS} huruf.")
    with transaction.atomic():
        _begin(actor, skp_id, version, indicator_id, interval)
        return Evidence.objects.create(
            indicator_id=indicator_id,
            interval=interval,
            kind=EvidenceKind.LINK,
            name=words or host[:MAX_WORDS],
            url=address,
            added_at=now,
            added_by_id=actor.user_id,
        )


def host_of_link(address: str) -> str:
    """The host of a full http or https address without a password in it; raises DomainError otherwise."""
    try:
        _URL(address)
        parts = urlsplit(address)
        host = parts.hostname or ""
    except (ValidationError, ValueError) as error:
        raise DomainError("Tulis tautan lengkap, misalnya https://drive.example.go.id/laporan.") from error
    if len(address) > MAX_URL:
        raise DomainError(f"Tautan paling banyak {MAX_URL} huruf.")
    if parts.username or parts.password:
        raise DomainError("Tautan tidak boleh memuat nama pengguna atau kata sandi.")
    return host


def _begin(actor: Viewer, skp_id: int, version: int, indicator_id: int, interval: int) -> None:
    _skp, _facts, revision = begin_recording(actor, skp_id, version, interval)
    check_in_force(revision, {indicator_id})
    if Evidence.objects.filter(indicator_id=indicator_id, interval=interval).count() >= MAX_EVIDENCE:
        raise DomainError(
            f"Satu indikator memuat paling banyak {MAX_EVIDENCE} bukti. Hapus yang tidak diperlukan dahulu."
        )


def evidence_remove(*, actor: Viewer, evidence_id: int, version: int, now: datetime) -> None:
    """Take the owner's evidence away while its interval is open; the bytes go after the commit.

    ``version`` is that of the plan. Raises Conflict on a stale page or when it is gone, NotAllowed.
    """
    row = evidence_visible_to(actor).filter(pk=evidence_id).first()
    if row is None:
        raise Conflict("Bukti ini sudah dihapus. Muat ulang halaman.")
    with transaction.atomic():
        begin_recording(actor, row.indicator.result.skp_id, version, row.interval)
        if not Evidence.objects.filter(pk=row.pk).delete()[0]:
            raise Conflict("Bukti ini sudah dihapus. Muat ulang halaman.")
        if row.stored_name:
            transaction.on_commit(lambda: private_delete(row.stored_name))


def evidence_open(*, actor: Viewer, evidence_id: int, reason: str, now: datetime) -> Evidence:
    """The evidence, for handing it out: recorded where the rules ask for it (rules.md §15).

    ``reason`` is needed from BKPSDM only. Raises NotAllowed for whom evidence is closed, DomainError
    when the reason is too short or too long.
    """
    row = evidence_visible_to(actor).filter(pk=evidence_id).first()
    if row is None:
        raise NotAllowed("Bukti ini sudah tidak ada.")
    opening_record(
        actor=actor,
        skp_id=row.indicator.result.skp_id,
        opened={"evidence": str(row.public_id), "name": row.name},
        reason=reason,
        now=now,
    )
    return row


def opening_record(
    *, actor: Viewer, skp_id: int, opened: Mapping[str, str], reason: str, now: datetime
) -> None:
    """Decide whether ``actor`` may open proof of the plan, and record it where the rules ask for it.

    ``opened``: what is opened, as the audit trail keeps it. Raises as ``evidence_open``.
    """
    skp = with_facts(skps_visible_to(actor).filter(pk=skp_id)).get()
    facts = evidence_facts(actor, skp, plan_facts(skp, today=actor.today))
    can_open_evidence(actor, facts).enforce()
    access = evidence_access(actor, facts)
    if access is EvidenceAccess.FREE:
        return
    words = " ".join(reason.split())
    if access is EvidenceAccess.WITH_REASON and not MIN_REASON <= len(words) <= MAX_REASON:
        raise DomainError(f"Tulis alasan membuka bukti, {MIN_REASON} sampai {MAX_REASON} huruf.")
    audit.record(
        actor=User.objects.get(pk=actor.user_id),
        now=now,
        kind=SkpEvent.EVIDENCE_READ,
        target=f"skp:{skp.pk}",
        target_label=f"SKP {skp.period.year} {skp.owner.full_name}",
        after={**opened, "reason": words},
    )
