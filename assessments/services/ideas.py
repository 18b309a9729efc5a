"""A new idea that the owner brings with the report (PP 30/2019 art. 41), and its proof."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from assessments.models import NewIdea
from assessments.services.steps import visible
from config.lib.db import swap_version
from config.lib.errors import Conflict, DomainError, NotAllowed
from config.lib.privatefiles import private_delete, private_save
from config.lib.uploads import EVIDENCE_KINDS, CheckedUpload, check_upload
from orgunits.viewer import Viewer
from skp.models import Skp
from skp.permissions import can_report
from skp.services.evidence import host_of_link, opening_record

FOLDER = "ideas"
MIN_TEXT, MAX_TEXT = 10, 2000
GONE = "Ide baru ini sudah dihapus. Muat ulang halaman."


@dataclass(frozen=True, slots=True)
class IdeaInput:
    """What the owner writes of the idea; its proof is a link or a file, at most one of both.

    ``upload``: bytes and the name as the browser sent it; without it and without ``url`` a file that is
    there already stays.
    """

    text: str
    benefit: str
    url: str = ""
    upload: tuple[bytes, str] | None = None


def idea_save(*, actor: Viewer, skp_id: int, version: int, data: IdeaInput, now: datetime) -> NewIdea:
    """Write the one new idea of the plan, or write it anew, while the year is not reported.

    ``version`` is the plan's. Raises Conflict on a stale page, NotAllowed, UploadRefused, or DomainError
    for words of fewer than 10 or more than 2000 letters, a bad link, or a link and a file together.
    """
    text, benefit, url = data.text.strip(), data.benefit.strip(), data.url.strip()
    for name, words in (("Ide baru", text), ("Manfaat", benefit)):
        if not MIN_TEXT <= len(words) <= MAX_TEXT:
            raise DomainError(f"{name} ditulis dengan {MIN_TEXT} sampai {MAX_TEXT} huruf.")
    if url and data.upload:
        raise DomainError("Pilih satu bukti: tautan atau berkas.")
    host = host_of_link(url) if url else ""
    checked = check_upload(*data.upload, EVIDENCE_KINDS) if data.upload else None
    stored_name = private_save(FOLDER, checked.data) if checked else ""
    try:
        with transaction.atomic():
            _begin(actor, skp_id, version)
            values = {"text": text, "benefit": benefit, "entered_at": now, "entered_by_id": actor.user_id}
            return _write(skp_id, values, _proof(url, host, checked, stored_name))
    except BaseException:
        if stored_name:
            private_delete(stored_name)
        raise


def _proof(url: str, host: str, checked: CheckedUpload | None, stored_name: str) -> Mapping[str, object]:
    """The columns of the proof: those of the file, those of the link, or of neither."""
    return {
        "name": checked.name if checked else host,
        "url": url,
        "stored_name": stored_name,
        "content_type": checked.content_type if checked else "",
        "size": checked.size if checked else 0,
        "file_hash": checked.file_hash if checked else "",
    }


def _write(skp_id: int, values: Mapping[str, object], proof: Mapping[str, object]) -> NewIdea:
    before = NewIdea.objects.filter(skp=skp_id).first()
    # Words alone leave a file where it is; a link taken out of the form is gone.
    keeps = before is not None and bool(before.stored_name) and not proof["name"]
    changes = values if keeps else {**values, **proof}
    if before is not None and before.stored_name and not keeps:
        transaction.on_commit(lambda: private_delete(before.stored_name))
    made, _ = NewIdea.objects.update_or_create(skp_id=skp_id, defaults=dict(changes))
    return made


def _begin(actor: Viewer, skp_id: int, version: int) -> None:
    """Swap the plan's version, then decide: the owner's, before the report, in its time."""
    skp, facts = visible(actor, skp_id)
    swap_version(Skp.objects.filter(pk=skp.pk, locked_for_scoring=skp.locked_for_scoring), version=version)
    can_report(actor, facts, in_force=skp.in_force is not None).enforce()


def idea_remove(*, actor: Viewer, skp_id: int, version: int, now: datetime) -> None:
    """Take the idea back before the report; the bytes of its file go after the commit.

    ``version`` is the plan's. Raises Conflict on a stale page or when it is gone, NotAllowed.
    """
    with transaction.atomic():
        _begin(actor, skp_id, version)
        idea = NewIdea.objects.filter(skp=skp_id).first()
        if idea is None:
            raise Conflict(GONE)
        stored_name = idea.stored_name
        idea.delete()
        if stored_name:
            transaction.on_commit(lambda: private_delete(stored_name))


def idea_open(*, actor: Viewer, skp_id: int, reason: str, now: datetime) -> NewIdea:
    """The idea whose proof is handed out, recorded where evidence is (rules.md §15).

    ``reason`` is needed from BKPSDM only. Raises NotAllowed for whom evidence is closed or when it is
    gone, DomainError when the reason is too short or too long.
    """
    visible(actor, skp_id)
    idea = NewIdea.objects.filter(skp=skp_id).first()
    if idea is None or not (idea.url or idea.stored_name):
        raise NotAllowed(GONE)
    opened = {"idea": str(idea.pk), "name": idea.name}
    opening_record(actor=actor, skp_id=skp_id, opened=opened, reason=reason, now=now)
    return idea
