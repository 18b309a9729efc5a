"""The moves on a plan: swap first, then check, hash and record; anything wrong rolls all back."""

from datetime import datetime

from django.db import transaction

from config.lib.canonical import canonical_text, text_hash
from config.lib.dates import office_date
from config.lib.db import swap_version
from config.lib.errors import Conflict, Incomplete
from documents.services import counter_next
from orgunits.viewer import Viewer
from skp.content import PlanContent
from skp.enums import Scheme
from skp.facts import PlanFacts
from skp.models import Move, PlannedResult, Receipt, Revision, Skp
from skp.permissions import can_do
from skp.rules import plan_problems
from skp.selectors.content import read_content
from skp.selectors.parties import frozen_parties
from skp.selectors.plans import parents_in_force, plan_facts, skps_visible_to, with_facts
from skp.services.duties import duties_refresh
from skp.services.issuing import plan_documents_issue, receipt_document_issue
from skp.states import Action, Lifecycle, Party, RevisionState
from skp.workflow import MOVES


def skp_submit(*, actor: Viewer, skp_id: int, version: int, now: datetime) -> Receipt:
    """Send the open draft to the appraiser; the receipt proves what was sent and when.

    Raises Conflict when the page is stale, NotAllowed when the move is not the actor's or out of
    time, Incomplete with the problems when the plan is not complete.
    """
    with transaction.atomic():
        skp, facts, revision = _begin(actor, skp_id, version, Action.SUBMIT)
        content = read_content(revision, facts.scheme)
        blocking = [
            problem.text for problem in plan_problems(content, facts.settings) if problem.blocks_submit
        ]
        if blocking:
            raise Incomplete("Rencana belum lengkap dan belum dapat dikirim.", tuple(blocking))
        text = content.to_text()
        revision.content_text, revision.content_hash = text, text_hash(text)
        revision.save(update_fields=["content_text", "content_hash"])
        _record(skp, revision, Action.SUBMIT, facts, actor, now)
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
        skp, facts, revision = _begin(actor, skp_id, version, Action.WITHDRAW)
        _record(skp, revision, Action.WITHDRAW, facts, actor, now)


def skp_agree(
    *, actor: Viewer, skp_id: int, version: int, content_hash: str, methods_confirmed: bool, now: datetime
) -> None:
    """Agree the submitted plan as the appraiser of today's line; it is in force from now on.

    ``content_hash`` is what the appraiser was shown; ``methods_confirmed`` says that the cascade
    methods were looked at, since they change the score. Raises Conflict when the content is another,
    NotAllowed, or Incomplete while a linked result is not in the superior's revision in force.
    """
    with transaction.atomic():
        skp, facts, revision = _begin(actor, skp_id, version, Action.AGREE)
        if revision.content_hash != content_hash:
            raise Conflict("Isi rencana sudah berubah sejak Anda membukanya. Muat ulang halaman.")
        content = read_content(revision, facts.scheme)
        _freeze_parents(content, methods_confirmed)
        revision.parties_text = canonical_text(
            frozen_parties(skp, facts.appraiser_assignment_id, office_date(now)), schema_version=1
        )
        revision.agreed_at, revision.agreed_by_id = now, actor.user_id
        revision.agreed_as = facts.appraiser_title
        revision.save(update_fields=["parties_text", "agreed_at", "agreed_by", "agreed_as"])
        Skp.objects.filter(pk=skp.pk).update(in_force=revision, open_revision=None)
        _record(skp, revision, Action.AGREE, facts, actor, now)
        plan_documents_issue(skp=skp, revision=revision, actor=actor, now=now)


def _begin(actor: Viewer, skp_id: int, version: int, action: Action) -> tuple[Skp, PlanFacts, Revision]:
    """Lock the plan by swapping its version, decide, and move its open revision to the new state."""
    visible = skps_visible_to(actor).filter(pk=skp_id)
    swap_version(Skp.objects.filter(pk__in=visible.values("pk"), lifecycle=Lifecycle.ACTIVE), version=version)
    skp = with_facts(Skp.objects.filter(pk=skp_id)).get()
    facts = plan_facts(skp, today=actor.today)
    can_do(actor, facts, action).enforce()
    revision = skp.open_revision
    if revision is None or facts.state is None:
        raise Conflict()
    target = MOVES[(facts.state, action)].target
    if not Revision.objects.filter(pk=revision.pk, state=facts.state).update(state=target):
        raise Conflict()
    revision.state = target
    return skp, facts, revision


def _record(
    skp: Skp,
    revision: Revision,
    action: Action,
    facts: PlanFacts,
    actor: Viewer,
    now: datetime,
    note: str = "",
) -> None:
    as_appraiser = Party.APPRAISER in MOVES[(facts.state or RevisionState.DRAFT, action)].by
    Move.objects.create(
        skp=skp,
        revision=revision,
        action=action,
        from_state=facts.state or "",
        to_state=revision.state,
        actor_id=actor.user_id,
        actor_label=actor.label,
        acting_as=facts.appraiser_title if as_appraiser else "",
        note=note,
        at=now,
    )
    duties_refresh(period_id=skp.period_id, employee_ids=[skp.owner_id], now=now)


def _freeze_parents(content: PlanContent, methods_confirmed: bool) -> None:
    """Copy the superior's texts into the agreed plan; refuses while one of them is not in force."""
    if content.scheme != Scheme.JA_JF:
        return
    linked = {result.parent_id for result in content.main if result.parent_id is not None}
    parents = parents_in_force(linked)
    problems = []
    for number, result in enumerate(content.main, start=1):
        if result.parent_id is None:
            problems.append(f"Hasil {number} belum terhubung ke hasil kerja atasan.")
        elif result.parent_id not in parents:
            problems.append(f"Hasil {number}: hasil kerja atasan yang dituju belum disepakati.")
    if problems:
        raise Incomplete("Rencana ini belum dapat disetujui.", tuple(problems))
    if not methods_confirmed:
        raise Incomplete("Nyatakan bahwa metode cascading setiap hasil kerja sudah diperiksa.")
    for result in content.main:
        parent = parents[result.parent_id or 0]
        PlannedResult.objects.filter(pk=result.planned_id).update(
            parent_text=parent.text, parent_revision_number=parent.revision_number
        )
