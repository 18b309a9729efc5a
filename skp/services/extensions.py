"""Later deadlines: previewed, granted by decree, revoked; append-only and audited (rules.md §10).

A preview is the same service run and rolled back, so it cannot differ from the effect. Its fingerprint
travels with the form: when the extension would do something else by now, nothing is written.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from accounts import audit
from accounts.models import User
from accounts.names import clean_nip
from config.lib.dates import format_deadline
from config.lib.errors import Conflict, DomainError
from config.lib.privatefiles import private_delete, private_save
from config.lib.uploads import CheckedUpload
from orgunits.models import Employee, OrgUnit
from orgunits.selectors.units import people_ever_below
from orgunits.viewer import Viewer
from skp.deadline_permissions import acting_as, can_grant
from skp.deadlines import reference_day
from skp.enums import ExtensionScope, SkpEvent
from skp.models import Extension, ExtensionPerson, ExtensionProposal, Period
from skp.selectors.plans import window_facts
from skp.services.duties import duties_refresh
from skp.services.extension_effects import ExtensionEffect, effect_of, effect_tell
from skp.states import Stage

CHANGED_SINCE = "Akibatnya sudah lain dari yang ditampilkan. Periksa pratinjau baru, lalu konfirmasi lagi."


@dataclass(frozen=True, slots=True)
class ExtensionInput:
    """What BKPSDM types; ``unit_id`` for one OPD or a unit with all below it, ``nips`` for people.

    ``due_at``: the instant before which a move must be made. ``interval`` is 0 outside monitoring.
    """

    period_id: int
    stage: Stage
    interval: int
    scope: ExtensionScope
    due_at: datetime
    reason: str
    decree: str
    unit_id: int | None = None
    nips: tuple[str, ...] = ()


def extension_preview(*, actor: Viewer, data: ExtensionInput, now: datetime) -> ExtensionEffect:
    """What granting would do now; nothing is kept. Raises like ``extension_grant``."""
    with transaction.atomic():
        effect = _grant(actor, data, now)[1]
        transaction.set_rollback(True)
    return effect


def extension_grant(
    *,
    actor: Viewer,
    data: ExtensionInput,
    fingerprint: str,
    now: datetime,
    file: CheckedUpload | None = None,
    proposal_id: int | None = None,
) -> Extension:
    """Grant the extension that was previewed under ``fingerprint`` and tell who has not done it yet.

    ``file``: the decree; ``proposal_id``: the proposal that this answers. Raises NotAllowed, DomainError
    for what makes no extension, and Conflict when it would do something else than was shown, or the
    proposal has been answered.
    """
    can_grant(actor).enforce()
    stored_name = private_save("extensions", file.data) if file else ""
    try:
        with transaction.atomic():
            extension, effect = _grant(actor, data, now)
            if effect.fingerprint != fingerprint:
                raise Conflict(CHANGED_SINCE)
            if not effect.moved:
                raise DomainError("Perpanjangan ini tidak mengubah tenggat siapa pun.")
            if file:
                extension.stored_name, extension.file_name = stored_name, file.name
                extension.save(update_fields=["stored_name", "file_name"])
            if proposal_id is not None:
                _answer(proposal_id, extension, actor, now)
            text = f"Tenggat {_stage(extension)} Anda menjadi"
            effect_tell(effect, text=text, after=f" (surat {extension.decree}).", now=now)
            _record(actor, now, SkpEvent.EXTENSION_GRANTED, extension, effect)
    except BaseException:
        if stored_name:
            private_delete(stored_name)
        raise
    return extension


def extension_revoke_preview(*, actor: Viewer, extension_id: int, now: datetime) -> ExtensionEffect:
    """What revoking would do now; nothing is kept. Raises like ``extension_revoke``."""
    with transaction.atomic():
        effect = _revoke(actor, extension_id, "", now)[1]
        transaction.set_rollback(True)
    return effect


def extension_revoke(
    *, actor: Viewer, extension_id: int, reason: str, fingerprint: str, now: datetime
) -> Extension:
    """Take the extension back: earlier deadlines hold again; what was done in it stays done.

    Raises NotAllowed, DomainError without a reason, and Conflict when it was revoked already or would do
    something else than was shown.
    """
    if not reason.strip():
        raise DomainError("Tulis alasan pencabutan.")
    with transaction.atomic():
        extension, effect = _revoke(actor, extension_id, reason.strip(), now)
        if effect.fingerprint != fingerprint:
            raise Conflict(CHANGED_SINCE)
        text = f"Perpanjangan {_stage(extension)} dicabut; tenggat Anda kembali"
        effect_tell(effect, text=text, after=".", now=now)
        _record(actor, now, SkpEvent.EXTENSION_REVOKED, extension, effect)
    return extension


def _grant(actor: Viewer, data: ExtensionInput, now: datetime) -> tuple[Extension, ExtensionEffect]:
    can_grant(actor).enforce()
    people = extension_checked(data, now)
    extension = Extension.objects.create(
        period_id=data.period_id,
        stage=data.stage,
        interval=data.interval,
        scope=data.scope,
        unit_id=data.unit_id,
        due_at=data.due_at,
        reason=data.reason.strip(),
        decree=data.decree.strip(),
        granted_at=now,
        granted_by_id=actor.user_id,
    )
    ExtensionPerson.objects.bulk_create(
        ExtensionPerson(extension=extension, employee_id=pk) for pk in sorted(people)
    )
    return extension, _effect(extension, people, now)


def _revoke(
    actor: Viewer, extension_id: int, reason: str, now: datetime
) -> tuple[Extension, ExtensionEffect]:
    can_grant(actor).enforce()
    valid = Extension.objects.filter(pk=extension_id, revoked_at__isnull=True)
    if not valid.update(revoked_at=now, revoked_by_id=actor.user_id, revoke_reason=reason):
        raise Conflict("Perpanjangan ini sudah dicabut. Muat ulang halaman.")
    extension = Extension.objects.get(pk=extension_id)
    people = frozenset(extension.named.values_list("employee_id", flat=True))
    return extension, _effect(extension, people, now)


def extension_checked(data: ExtensionInput, now: datetime, *, with_decree: bool = True) -> frozenset[int]:
    """The employees named; raises DomainError with the sentence for what makes no extension."""
    period = Period.objects.prefetch_related("windows").filter(pk=data.period_id).first()
    windows = window_facts(period) if period else ()
    if period is None or reference_day(period.year, windows, data.stage, data.interval) is None:
        raise DomainError("Tahap ini tidak memiliki jadwal pada periode yang dipilih.")
    if data.due_at <= now:
        raise DomainError(f"Tenggat baru ({format_deadline(data.due_at)}) harus sesudah saat ini.")
    if not data.reason.strip() or (with_decree and not data.decree.strip()):
        raise DomainError("Isi alasan dan nomor surat perpanjangan.")
    if data.scope in (ExtensionScope.OPD, ExtensionScope.UNIT):
        if data.unit_id is None or not OrgUnit.objects.filter(pk=data.unit_id).exists():
            raise DomainError("Pilih OPD atau unit kerja yang diperpanjang.")
    elif data.unit_id is not None:
        raise DomainError("Perpanjangan ini tidak memakai unit kerja.")
    return _named(data.nips) if data.scope == ExtensionScope.PEOPLE else frozenset()


def _named(nips: Collection[str]) -> frozenset[int]:
    wanted = {clean_nip(nip) for nip in nips if clean_nip(nip)}
    if not wanted:
        raise DomainError("Tempel NIP pegawai yang diperpanjang, satu pada setiap baris.")
    found = dict(Employee.objects.filter(nip__in=wanted).values_list("nip", "pk"))
    unknown = sorted(wanted - found.keys())
    if unknown:
        more = f" dan {len(unknown) - 5} lainnya" if len(unknown) > 5 else ""
        raise DomainError(f"NIP tidak dikenal: {', '.join(unknown[:5])}{more}.")
    return frozenset(found.values())


def _effect(extension: Extension, people: frozenset[int], now: datetime) -> ExtensionEffect:
    """Refresh whom the extension can reach, and tell whose deadline moved."""
    reached: Collection[int] | None = None
    if extension.scope == ExtensionScope.PEOPLE:
        reached = people
    elif extension.unit_id is not None:
        reached = people_ever_below([extension.unit_id])
    changes = duties_refresh(period_id=extension.period_id, employee_ids=reached, now=now)
    return effect_of(changes, Stage(extension.stage), extension.interval, now)


def _answer(proposal_id: int, extension: Extension, actor: Viewer, now: datetime) -> None:
    waiting = ExtensionProposal.objects.filter(pk=proposal_id, answered_at__isnull=True)
    if not waiting.update(answered_at=now, answered_by_id=actor.user_id, granted=extension):
        raise Conflict("Usul ini sudah dijawab. Muat ulang halaman.")


def _stage(extension: Extension) -> str:
    return f"{extension.shown_stage.lower()} {extension.period.year}"


def _record(
    actor: Viewer, now: datetime, kind: SkpEvent, extension: Extension, effect: ExtensionEffect
) -> None:
    audit.record(
        actor=User.objects.get(pk=actor.user_id),
        now=now,
        kind=kind,
        target=f"extension:{extension.pk}",
        target_label=f"Perpanjangan {_stage(extension)}",
        after={
            "period": extension.period_id,
            "scope": extension.scope,
            "unit": extension.unit_id,
            "people": sorted(extension.named.values_list("employee_id", flat=True)),
            "due_at": extension.due_at,
            "decree": extension.decree,
            "reason": extension.revoke_reason or extension.reason,
            "moved": len(effect.moved),
            "notified": effect.notified,
        },
        acting_as=acting_as(actor),
    )
