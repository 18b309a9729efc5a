"""BKPSDM's year of planning: agreed level by level, changed by its head, left by one who is transferred.

One flow, since every step stands on what those before it left behind. At its end each document says what
is in force for the person it is about.
"""

import json
from collections import Counter
from decimal import Decimal

import pytest

from accounts.models import Notification
from assessments.selectors.scoring import desk_of
from config.lib.dates import office_date
from config.lib.errors import Incomplete
from orgunits.enums import UnitKind
from orgunits.models import OrgUnitSpan
from orgunits.selectors.viewers import viewer_for
from skp.content import PlanContent
from skp.enums import Perspective, ResultSource, Scheme
from skp.models import Duty, PlannedResult, Receipt, Revision, Skp
from skp.rules import plan_problems
from skp.selectors.content import read_content
from skp.selectors.gaps import broken_links, provisional_plans, unlinked_results
from skp.selectors.mine import startable_posts
from skp.selectors.plans import linkable_results, parents_in_force, plan_facts
from skp.services.closing import plans_close_ended
from skp.services.duties import duties_recompute_all
from skp.services.issuing import matrix_issue
from skp.services.realisations import realisations_save
from skp.states import Lifecycle, RevisionState
from tests.factories import RoleGrantFactory
from tests.flows.offices import (
    APRIL,
    D1,
    D2,
    D4,
    D5,
    D15,
    Cast,
    Office,
    agree,
    appraiser_of,
    cast_of,
    imported_office,
    issued_of,
    owner_of,
    prints,
    receipts_prove,
    said_by,
    standing,
)
from tests.skp.drafts import DECEMBER, JANUARY, MARCH, add_result, decided, proposed, removed, rewritten, sent
from tests.transfers import FIRST_OF_APRIL, transferred

pytestmark = pytest.mark.django_db
REWORDED = "Tertatanya layanan kepegawaian yang tuntas dalam sehari"
ADDED = "Terintegrasinya data kepegawaian seluruh perangkat daerah"


def test_an_office_plans_and_at_last_every_document_says_what_is_in_force(siasn_dir) -> None:
    office = imported_office(siasn_dir)
    everybody_sends(office)
    everybody_is_agreed_level_by_level(office)
    cast = cast_of(office)
    before = {plan.pk: said_by(plan) for plan in office.plans()}
    added = the_head_changes_his_plan(cast, before)
    one_chooses_a_new_link(cast, added)
    one_is_transferred(office, cast, before)
    others = {plan.pk: said_by(plan) for plan in office.plans()}
    changed = {plan for plan, content in others.items() if content != before[plan]}
    assert changed == {cast.head.pk, cast.mender.pk}
    the_documents_of_the_head(cast)
    the_documents_of_those_below(cast, before)
    the_head_reports_what_is_in_force(cast)


def everybody_sends(office: Office) -> None:
    assert (len(office.report.results), len(office.report.people), office.report.errors) == (106, 42, [])
    for skp in office.plans():
        content = read_content(skp.open_revision, Scheme(skp.scheme))
        assert [one.text for one in plan_problems(content, office.period.settings) if one.blocks_submit] == []
        sent(owner_of(skp), skp, JANUARY)
    assert Receipt.objects.count() == 42


def everybody_is_agreed_level_by_level(office: Office) -> None:
    plans, people, levels = Skp.objects.filter(period=office.period), office.cascade(), office.levels()
    # All sent, nobody agreed: only the head's plan can be decided, all others are provisional.
    assert [person.scheme for person in levels[0]] == [Scheme.JPT]
    for person in (one for level in levels[1:] for one in level):
        assert person.provisional
        assert people.blocker_of(person) is not None
        with pytest.raises(Incomplete) as refused:
            agree(person.skp_id)
        assert all("belum disepakati" in text for text in refused.value.problems)
    assert provisional_plans(plans).count() == 41
    worst = people.blockers()[0]
    assert (worst.leader, worst.behind) == (levels[0][0], 41)
    assert len(levels) == 4
    for level in levels:
        for person in level:
            agree(person.skp_id)
        now = office.cascade()
        below = {one.employee_id for one in now.inside() if one.skp_id and not one.agreed}
        direct = {one.employee_id for person in level for one in now.direct(person.employee_id)}
        # Who serves this level waits for nobody any more.
        assert not any(now.people[pk].provisional for pk in direct & below)
    assert office.cascade().blockers() == []
    states = Counter(Revision.objects.filter(skp__in=plans).values_list("state", flat=True))
    assert states == {RevisionState.AGREED: 42}
    assert unlinked_results(plans).count() == broken_links(plans, JANUARY.date()).count() == 0
    frozen = PlannedResult.objects.filter(revision__in_force_of__in=plans, parent__isnull=False)
    assert not frozen.filter(parent_text="").exists()
    assert set(frozen.values_list("parent_revision_number", flat=True)) == {1}
    duties = Duty.objects.filter(period=office.period, stage="planning", employee__in=plans.values("owner"))
    assert duties.filter(agreed_at__isnull=False).count() == 42
    assert not duties_recompute_all(period_id=office.period.pk)


def broken() -> set[int]:
    running = Skp.objects.filter(lifecycle=Lifecycle.ACTIVE)
    return set(broken_links(running, MARCH.date()).values_list("revision__skp", flat=True))


def the_head_changes_his_plan(cast: Cast, before: dict[int, PlanContent]) -> int:
    """Rewords one result, gives one up that three people serve, and adds one; answers the added one."""
    head = owner_of(cast.head)
    viewer = head.viewer(MARCH)
    matrix = matrix_issue(actor=viewer, skp_id=cast.head.pk, now=MARCH)
    skp = rewritten(head, proposed(head, cast.head), cast.reworded, text=REWORDED)
    leads = {"source": ResultSource.AGREEMENT, "perspective": Perspective.PROCESS}
    added = add_result(skp, viewer, ADDED, **leads)
    skp = sent(head, removed(head, skp, cast.lost))
    # While it is negotiated everybody reads the revision in force.
    assert {pk: row.text for pk, row in parents_in_force([cast.reworded, cast.lost, added]).items()} == {
        pk: cast.words[pk] for pk in (cast.reworded, cast.lost)
    }
    assert matrix_issue(actor=viewer, skp_id=skp.pk, now=MARCH) == matrix
    decided(appraiser_of(skp.pk), skp)

    now = parents_in_force([cast.reworded, cast.lost, added])
    assert {pk: (row.text, row.revision_number) for pk, row in now.items()} == {
        cast.reworded: (REWORDED, 2),
        added: (ADDED, 2),
    }
    offered = linkable_results(appraiser_id=cast.head.owner_id, period_id=cast.head.period_id)
    assert {row.result_id for row in offered} == {*cast.words, added} - {cast.lost}
    # The plans below stay agreed and say what they said; who serves what is gone is told.
    for plan in Skp.objects.filter(period=cast.head.period_id).exclude(pk=cast.head.pk):
        assert plan.in_force.state == RevisionState.AGREED
        assert said_by(plan) == before[plan.pk]
    told = Notification.objects.filter(text__contains=f"tidak berlaku lagi: {cast.words[cast.lost]}")
    owners = {plan.owner.user_id for plan in (cast.mender, cast.leaver, cast.keeper)}
    assert set(told.values_list("user_id", flat=True)) == owners
    assert broken() == {cast.mender.pk, cast.leaver.pk, cast.keeper.pk}
    return added


def one_chooses_a_new_link(cast: Cast, added: int) -> None:
    person = owner_of(cast.mender)
    skp = proposed(person, cast.mender)
    link = skp.open_revision.results.get(parent=cast.lost)
    decided(owner_of(cast.head), sent(person, rewritten(person, skp, link.result_id, parent_id=added)))
    assert broken() == {cast.leaver.pk, cast.keeper.pk}
    # All its links are frozen anew, as the head's revision in force states them.
    texts = {result.parent_text for result in said_by(cast.mender).main}
    assert ADDED in texts
    assert cast.words[cast.lost] not in texts
    assert {result.parent_revision_number for result in said_by(cast.mender).main} == {2}


def one_is_transferred(office: Office, cast: Cast, before: dict[int, PlanContent]) -> None:
    elsewhere = OrgUnitSpan.objects.filter(kind=UnitKind.OPD).exclude(unit=office.opd_id).earliest("pk")
    officer = viewer_for(RoleGrantFactory().user, MARCH)
    post = transferred(officer, cast.leaver.owner, elsewhere.unit)
    assert plans_close_ended(now=APRIL, employee_ids=[cast.leaver.owner_id]) == 1
    assert said_by(cast.leaver) == before[cast.leaver.pk]
    assert (cast.leaver.lifecycle, cast.leaver.until) == (Lifecycle.CLOSED, FIRST_OF_APRIL)
    startable = startable_posts(owner_of(cast.leaver).viewer(APRIL))
    assert [one.assignment for one in startable] == [post]
    assert broken() == {cast.keeper.pk}
    assert not duties_recompute_all(period_id=office.period.pk)


def the_documents_of_the_head(cast: Cast) -> None:
    matrix_issue(actor=owner_of(cast.head).viewer(APRIL), skp_id=cast.head.pk, now=APRIL)
    issued = issued_of(cast.head)
    assert set(issued) == {D2, D4, D5, D15}
    for kind in (D2, D4, D5):
        assert standing(issued[kind]) == [(1, True), (2, False)]
    receipts_prove(cast.head, issued[D15])
    first, second = issued[D2]
    texts = [result.text for result in said_by(cast.head).main]
    assert [row["text"] for row in json.loads(second.content_text)["main"]] == texts
    assert [row["text"] for row in json.loads(first.content_text)["main"]] == list(cast.words.values())
    gone = (cast.words[cast.lost], cast.words[cast.reworded])
    prints(second, (REWORDED, ADDED, f"{second.shown_number}, revisi 2"), gone)
    prints(first, gone, (REWORDED, ADDED))
    prints(issued[D5][1], [f"{issued[D5][1].shown_number}, revisi 2"], [])

    matrix = json.loads(issued[D4][1].content_text)
    assert matrix["columns"] == texts
    rows = {person["name"]: dict(zip(texts, person["cells"], strict=True)) for person in matrix["people"]}
    assert cast.leaver.owner.full_name not in rows
    for plan, column in ((cast.untouched, REWORDED), (cast.mender, ADDED)):
        assert rows[plan.owner.full_name][column]
    # What the keeper does for the result that is gone stands in no column any more.
    shown = sum(len(cell) for cell in rows[cast.keeper.owner.full_name].values())
    assert shown == len(said_by(cast.keeper).main) - 1
    prints(issued[D4][1], (REWORDED, ADDED), (*gone, cast.leaver.owner.name))


def the_documents_of_those_below(cast: Cast, before: dict[int, PlanContent]) -> None:
    for plan in (cast.untouched, cast.leaver, cast.keeper):
        issued = issued_of(plan)
        assert set(issued) == {D1, D5, D15}
        assert standing(issued[D1]) == standing(issued[D5]) == [(1, False)]
        receipts_prove(plan, issued[D15])
        parents = [row["parent"] for row in json.loads(issued[D1][0].content_text)["main"]]
        assert parents == [result.parent_text for result in before[plan.pk].main]
        # It keeps the days with which it was agreed, also once the plan was closed.
        days = "1 JANUARI SD 31 DESEMBER TAHUN 2026"
        prints(issued[D1][0], [*parents, days], [REWORDED, ADDED])
    issued, lost = issued_of(cast.mender), cast.words[cast.lost]
    assert standing(issued[D1]) == standing(issued[D5]) == [(1, True), (2, False)]
    receipts_prove(cast.mender, issued[D15])
    prints(issued[D1][0], [lost], [ADDED])
    prints(issued[D1][1], [ADDED], [lost])


def the_head_reports_what_is_in_force(cast: Cast) -> None:
    content = said_by(cast.head)
    realisations_save(
        actor=owner_of(cast.head).viewer(DECEMBER),
        skp_id=cast.head.pk,
        version=cast.head.version,
        values=dict.fromkeys(content.indicator_ids, Decimal(12)),
        now=DECEMBER,
    )
    texts = [text for pk, text in cast.words.items() if pk != cast.lost]
    facts = plan_facts(cast.head, today=office_date(DECEMBER))
    asked = [row.result.text for row in desk_of(cast.head, facts, content).results]
    assert asked == [*(REWORDED if text == cast.words[cast.reworded] else text for text in texts), ADDED]
    assert cast.words[cast.lost] in Revision.objects.get(skp=cast.head, number=1).content_text
