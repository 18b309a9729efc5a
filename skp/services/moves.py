"""Submitting, withdrawing, returning, agreeing: swap first, then check, hash and record."""

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction

from config.lib.canonical import canonical_text, text_hash
from config.lib.dates import office_date
from config.lib.errors import Conflict, DomainError, Incomplete
from documents.services import counter_next
from orgunits.viewer import Viewer
from skp.content import PlanContent
from skp.enums import Scheme
from skp.models import Move, PlannedResult, Receipt, ReturnNote, Revision, Skp
from skp.rules import plan_problems
from skp.selectors.content import read_content
from skp.selectors.parties import frozen_parties
from skp.selectors.plans import parents_in_force, retired_among
from skp.services.issuing import plan_documents_issue, receipt_document_issue
from skp.services.notices import owner_told
from skp.services.retiring import retire_what_left
from skp.services.steps import MAX_NOTE, begin, enter, open_revision, record, required_note
from skp.states import Action, RevisionState

CHANGED_SINCE = "Isi rencana sudah berubah sejak Anda membukanya. Muat ulang halaman."


def skp_submit(*, actor: Viewer, skp_id: int, version: int, now: datetime) -> Receipt:
    """Send the open draft to the appraiser; the receipt proves what was sent and when.

    Raises Conflict when the page is stale, NotAllowed when the move is not the actor's or out of
    time, Incomplete with the problems when the plan is not complete.
    """
    with transaction.atomic():
        skp, facts, move = begin(actor, skp_id, version, Action.SUBMIT)
        revision = open_revision(skp)
        enter(revision, move.target)
        content = read_content(revision, facts.scheme)
        blocking = [
            problem.text for problem in plan_problems(content, facts.settings) if problem.blocks_submit
        ]
        if blocking:
            raise Incomplete("Rencana belum lengkap dan belum dapat dikirim.", tuple(blocking))
        text = content.to_text()
        revision.content_text, revision.content_hash = text, text_hash(text)
        revision.save(update_fields=["content_text", "content_hash"])
        record(skp, revision, Action.SUBMIT, facts, actor, now)
        year = office_date(now).year
        # The counter's row is locked last and for the shortest time: numbers stay dense and unique.
        number = counter_next(kind="receipt", key="", year=year)
        receipt = Receipt.objects.create(
            revision=revision, year=year, number=number, at=now, content_hash=revision.content_hash
        )
        receipt_document_issue(
            receipt=receipt,
            skp=skp,
            appraiser_assignment_id=facts.appraiser_assignment_id,
            actor=actor,
            now=now,
        )
        return receipt


def skp_withdraw(*, actor: Viewer, skp_id: int, version: int, now: datetime) -> None:
    """Take a submitted plan back before it is decided; raises like ``skp_submit``."""
    with transaction.atomic():
        skp, facts, move = begin(actor, skp_id, version, Action.WITHDRAW)
        revision = open_revision(skp)
        enter(revision, move.target)
        record(skp, revision, Action.WITHDRAW, facts, actor, now)


def skp_return(
    *,
    actor: Viewer,
    skp_id: int,
    version: int,
    content_hash: str,
    note: str,
    result_notes: Mapping[int, str],
    now: datetime,
) -> Move:
    """Give the submitted plan back as its appraiser, with a note and optionally one for each result.

    ``content_hash`` is what the appraiser was shown; ``result_notes`` by the result's id, empty ones are
    left out. Raises Conflict when page or content is another, NotAllowed, or DomainError without a note
    or for a result that the plan does not have.
    """
    with transaction.atomic():
        skp, facts, move = begin(actor, skp_id, version, Action.RETURN)
        revision = open_revision(skp)
        if revision.content_hash != content_hash:
            raise Conflict(CHANGED_SINCE)
        text = required_note(note, asked="Tulis apa yang perlu diperbaiki sebelum mengembalikan rencana.")
        notes = {result: words.strip() for result, words in result_notes.items() if words.strip()}
        planned = set(PlannedResult.objects.filter(revision=revision).values_list("result_id", flat=True))
        if not notes.keys() <= planned:
            raise DomainError("Catatan menunjuk hasil kerja yang tidak ada pada rencana ini.")
        if any(len(words) > MAX_NOTE for words in notes.values()):
            raise DomainError(f"Catatan paling panjang {MAX_NOTE} huruf.")
        enter(revision, move.target)
        made = record(skp, revision, Action.RETURN, facts, actor, now, note=text)
        ReturnNote.objects.bulk_create(
            ReturnNote(move=made, result_id=result, text=words) for result, words in notes.items()
        )
        owner_told(skp, f"Rencana SKP {skp.period.year} dikembalikan dengan catatan: {text}", now)
        return made


def skp_agree(
    *, actor: Viewer, skp_id: int, version: int, content_hash: str, methods_confirmed: bool, now: datetime
) -> None:
    """Agree the submitted plan as the appraiser of today's line; it is in force from now on.

    The revision in force until now, if there is one, becomes superseded, and what the new one no longer
    has is retired; owners of plans that serve it are told. ``content_hash`` is what the appraiser was
    shown; ``methods_confirmed`` says that the cascade methods were looked at, since they change the
    score. Raises Conflict when the content is another, NotAllowed, or Incomplete while a linked result
    is not in the superior's revision in force.
    """
    with transaction.atomic():
        skp, facts, move = begin(actor, skp_id, version, Action.AGREE)
        revision, before = open_revision(skp), skp.in_force
        if revision.content_hash != content_hash:
            raise Conflict(CHANGED_SINCE)
        content = read_content(revision, facts.scheme)
        _freeze_parents(content, methods_confirmed)
        if before is not None:
            # First: the database holds one agreed revision at a time.
            enter(before, RevisionState.SUPERSEDED)
        enter(revision, move.target)
        revision.parties_text = canonical_text(
            frozen_parties(skp, facts.appraiser_assignment_id, office_date(now)), schema_version=1
        )
        revision.agreed_at, revision.agreed_by_id = now, actor.user_id
        revision.agreed_as = facts.appraiser_title
        revision.save(update_fields=["parties_text", "agreed_at", "agreed_by", "agreed_as"])
        Skp.objects.filter(pk=skp.pk).update(in_force=revision, open_revision=None)
        record(skp, revision, Action.AGREE, facts, actor, now)
        if before is not None:
            retire_what_left(skp, old=before, new=revision, now=now)
        owner_told(skp, f"{_what(revision)} SKP {skp.period.year} sudah disepakati.", now)
        plan_documents_issue(skp=skp, revision=revision, actor=actor, now=now)


def _what(revision: Revision) -> str:
    return "Rencana" if revision.number == 1 else "Adendum"


def _freeze_parents(content: PlanContent, methods_confirmed: bool) -> None:
    """Copy the superior's texts into the agreed plan; refuses while one of them is not in force."""
    if content.scheme != Scheme.JA_JF:
        return
    linked = {result.parent_id for result in content.main if result.parent_id is not None}
    parents = parents_in_force(linked)
    retired = retired_among(linked - parents.keys())
    problems = []
    for number, result in enumerate(content.main, start=1):
        if result.parent_id is None:
            problems.append(f"Hasil {number} belum terhubung ke hasil kerja atasan.")
        elif result.parent_id not in parents:
            state = "tidak berlaku lagi" if result.parent_id in retired else "belum disepakati"
            problems.append(f"Hasil {number}: hasil kerja atasan yang dituju {state}.")
    if problems:
        raise Incomplete("Rencana ini belum dapat disetujui.", tuple(problems))
    if not methods_confirmed:
        raise Incomplete("Nyatakan bahwa metode cascading setiap hasil kerja sudah diperiksa.")
    for result in content.main:
        parent = parents[result.parent_id or 0]
        PlannedResult.objects.filter(pk=result.planned_id).update(
            parent_text=parent.text, parent_revision_number=parent.revision_number
        )
