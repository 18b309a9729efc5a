"""The whole of BKPSDM plans from head to staff: from its workbook, level by level, to agreement."""

from collections import Counter
from datetime import UTC, date, datetime

import pytest

from config.lib.errors import Incomplete
from orgunits.imports.reading import read_directory
from orgunits.imports.running import import_sources
from orgunits.models import Employee
from orgunits.selectors.viewers import unit_ids_below, viewer_for
from skp.cascade import Cascade, Standing
from skp.enums import Scheme
from skp.imports.running import import_file, read_path
from skp.models import Duty, PlannedResult, Receipt, Revision, Skp
from skp.rules import plan_problems
from skp.selectors.cascade import cascade_of, lines_of_units
from skp.selectors.content import read_content
from skp.selectors.gaps import broken_links, provisional_plans, unlinked_results
from skp.selectors.plans import plan_facts, with_facts
from skp.services.duties import duties_recompute_all
from skp.services.moves import skp_agree, skp_submit
from skp.services.periods import period_create
from skp.states import RevisionState

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 1, 8, 2, 0, tzinfo=UTC)
DAY = date(2026, 1, 8)


def viewer(employee_id: int):
    user = Employee.objects.select_related("user").get(pk=employee_id).user
    assert user is not None
    return viewer_for(user, NOW)


def office(period, opd_id: int) -> Cascade:
    return cascade_of(period, DAY, lines_of_units(unit_ids_below([opd_id], DAY)), with_provisional=True)


def send(skp: Skp) -> None:
    skp_submit(actor=viewer(skp.owner_id), skp_id=skp.pk, version=skp.version, now=NOW)


def agree(skp_id: int) -> None:
    """As the appraiser of the day, who has looked at what was sent."""
    skp = with_facts(Skp.objects.filter(pk=skp_id)).get()
    facts = plan_facts(skp, today=DAY)
    assert facts.appraiser_id is not None
    assert skp.open_revision is not None
    skp_agree(
        actor=viewer(facts.appraiser_id),
        skp_id=skp_id,
        version=skp.version,
        content_hash=skp.open_revision.content_hash,
        methods_confirmed=True,
        now=NOW,
    )


def levels(people: Cascade) -> list[list[Standing]]:
    """The people with a plan, the head first, then those below level by level."""
    by_depth: dict[int, list[Standing]] = {}
    for person in people.inside():
        if person.skp_id is not None:
            by_depth.setdefault(people.depth_of(person), []).append(person)
    return [by_depth[depth] for depth in sorted(by_depth)]


def test_the_whole_of_bkpsdm_plans_and_is_agreed_level_by_level(siasn_dir):
    import_sources(actor=None, sources=read_directory(siasn_dir), as_of=DAY, now=NOW)
    period = period_create(actor=None, year=2026, now=NOW)
    report = import_file(file=read_path(siasn_dir / "RHK BKPSDM.xlsx"), period=period, actor=None, now=NOW)
    assert (len(report.results), len(report.people), report.errors) == (106, 42, [])
    plans = Skp.objects.filter(period=period)
    opd_id = PlannedResult.objects.first().result.import_opd_id

    # What the workbook lacks, its owners mend; here nothing keeps a plan from being sent.
    for skp in plans.select_related("open_revision"):
        content = read_content(skp.open_revision, skp.scheme)
        assert [one.text for one in plan_problems(content, period.settings) if one.blocks_submit] == []
        send(skp)
    assert Receipt.objects.filter(revision__skp__period=period).count() == 42

    # All sent, nobody agreed: only the head's plan can be decided, all others are provisional.
    people = office(period, opd_id)
    staged = levels(people)
    assert len(staged) >= 3
    assert [person.scheme for person in staged[0]] == [Scheme.JPT]
    for person in (one for level in staged[1:] for one in level):
        assert person.provisional
        assert people.blocker_of(person) is not None
        with pytest.raises(Incomplete) as refused:
            agree(person.skp_id)
        assert all("belum disepakati" in text for text in refused.value.problems)
    assert provisional_plans(plans).count() == 41
    head = people.blockers()[0]
    assert (head.leader, head.behind) == (staged[0][0], 41)

    for level in staged:
        for person in level:
            agree(person.skp_id)
        now = office(period, opd_id)
        below = {one.employee_id for one in now.inside() if one.skp_id and not one.agreed}
        direct = {one.employee_id for person in level for one in now.direct(person.employee_id)}
        # Who serves this level waits for nobody any more.
        assert not any(now.people[pk].provisional for pk in direct & below)

    done = office(period, opd_id)
    assert done.blockers() == []
    states = Counter(Revision.objects.filter(skp__in=plans).values_list("state", flat=True))
    assert states == {RevisionState.AGREED: 42}
    assert unlinked_results(plans).count() == broken_links(plans, DAY).count() == 0
    frozen = PlannedResult.objects.filter(revision__in_force_of__in=plans, parent__isnull=False)
    assert not frozen.filter(parent_text="").exists()
    assert not frozen.exclude(parent_revision_number=1).filter(revision__skp__scheme=Scheme.JA_JF).exists()
    owners = plans.values("owner")
    planned = Duty.objects.filter(period=period, stage="planning", employee__in=owners)
    assert planned.filter(agreed_at__isnull=False).count() == 42
    difference = duties_recompute_all(period_id=period.pk)
    assert (difference.created, difference.changed, difference.deleted) == (0, 0, 0)
