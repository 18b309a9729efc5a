"""Writing a draft: limits, links, what goes with a result that is taken out."""

from decimal import Decimal

import pytest

from config.lib.errors import Conflict, DomainError, NotAllowed
from orgunits.lines import lines_rebuild
from orgunits.models import Assignment
from skp.enums import Aspect, CascadeMethod, ResultKind
from skp.models import Indicator, PlannedIndicator, PlannedResult, WorkResult
from skp.selectors.plans import linkable_results
from skp.services.editing import (
    ResultInput,
    indicator_save,
    result_remove,
    result_save,
)
from tests.people import People
from tests.skp.drafts import JANUARY, agreed, drafted, indicator, period_2026, result_ids, started, submitted

pytestmark = pytest.mark.django_db


@pytest.fixture
def period(people):
    return period_2026()


@pytest.fixture
def draft(people, period):
    return drafted(people.owner, period)


def save(people: People, skp, person="owner", **values):
    skp.refresh_from_db()
    planned_id = values.pop("planned_id", None)
    version = values.pop("version", skp.version)
    data = ResultInput(**({"text": "Tersusunnya rekap bulanan"} | values))
    actor = getattr(people, person).viewer(JANUARY)
    return result_save(
        actor=actor, skp_id=skp.pk, version=version, data=data, now=JANUARY, planned_id=planned_id
    )


def save_indicator(people: People, skp, planned, data, **values):
    skp.refresh_from_db()
    return indicator_save(
        actor=people.owner.viewer(JANUARY),
        skp_id=skp.pk,
        version=values.pop("version", skp.version),
        planned_result_id=planned.pk,
        data=data,
        now=JANUARY,
        **values,
    )


def first_result(skp) -> PlannedResult:
    return skp.open_revision.results.order_by("order").first()


def test_every_write_raises_the_version_by_one(people: People, draft):
    version = draft.version
    planned = save(people, draft)
    save_indicator(people, draft, planned, indicator())
    draft.refresh_from_db()
    assert draft.version == version + 2


def test_a_stale_page_writes_nothing(people: People, draft):
    before = PlannedResult.objects.count()
    with pytest.raises(Conflict):
        save(people, draft, version=draft.version - 1)
    with pytest.raises(Conflict):
        save_indicator(people, draft, first_result(draft), indicator(), version=draft.version - 1)
    assert PlannedResult.objects.count() == before


@pytest.mark.parametrize("person", ["appraiser", "opd_admin", "bkpsdm_admin"])
def test_only_the_owner_writes(people: People, draft, person):
    with pytest.raises(NotAllowed):
        save(people, draft, person)


def test_a_submitted_plan_is_not_changed(people: People, period):
    skp = submitted(people.owner, period)
    with pytest.raises(NotAllowed, match="Tarik kembali"):
        save(people, skp)


def test_a_result_of_another_plan_is_out_of_reach(people: People, period, draft):
    other = first_result(drafted(people.section_head, period))
    with pytest.raises(Conflict):
        save(people, draft, planned_id=other.pk)
    with pytest.raises(Conflict):
        save_indicator(people, draft, other, indicator())
    theirs = other.indicators.get()
    with pytest.raises(Conflict):
        save_indicator(people, draft, first_result(draft), indicator(), planned_id=theirs.pk)
    assert PlannedIndicator.objects.filter(pk=theirs.pk).exists()


def test_links_go_to_results_of_today_s_superior_only(people: People, period, draft):
    top = agreed(people.superior, people.sekda, period)
    superiors = started(people.appraiser, period)
    wanted = save(people, superiors, "appraiser")
    with pytest.raises(DomainError, match="pejabat penilai"):
        save(people, draft, parent_id=result_ids(top)[0], cascade_method=CascadeMethod.DIRECT)
    planned = save(people, draft, parent_id=wanted.result_id, cascade_method=CascadeMethod.DIRECT)
    assert planned.parent_id == wanted.result_id


def test_a_link_to_a_former_superior_stays_until_it_is_changed(people: People, period, draft):
    wanted = save(people, started(people.appraiser, period), "appraiser")
    planned = save(people, draft, parent_id=wanted.result_id, cascade_method=CascadeMethod.DIRECT)
    Assignment.objects.filter(pk=people.appraiser.post.pk).update(is_head=False)
    lines_rebuild()
    kept = save(
        people,
        draft,
        planned_id=planned.pk,
        text="Tersusunnya rekap yang rapi",
        parent_id=wanted.result_id,
        cascade_method=CascadeMethod.DIRECT,
    )
    assert (kept.text, kept.parent_id) == ("Tersusunnya rekap yang rapi", wanted.result_id)
    with pytest.raises(DomainError, match="pejabat penilai"):
        save(people, draft, parent_id=wanted.result_id, cascade_method=CascadeMethod.DIRECT)


def test_linkable_results_tell_whether_they_are_agreed(people: People, period):
    top = agreed(people.superior, people.sekda, period)
    drafted(people.appraiser, period, result_ids(top))
    by_superior = linkable_results(appraiser_id=people.superior.employee.pk, period_id=period.pk)
    by_appraiser = linkable_results(appraiser_id=people.appraiser.employee.pk, period_id=period.pk)
    assert [(row.text, row.agreed) for row in by_superior] == [
        ("Tersusunnya laporan kinerja", True),
        ("Terlayaninya permintaan data", True),
    ]
    assert [row.agreed for row in by_appraiser] == [False, False]
    assert linkable_results(appraiser_id=None, period_id=period.pk) == []


def test_an_additional_result_keeps_no_link(people: People, period, draft):
    wanted = save(people, started(people.appraiser, period), "appraiser")
    planned = save(people, draft, kind=ResultKind.ADDITIONAL, parent_id=wanted.result_id, scope=3)
    assert (planned.parent_id, planned.cascade_method, planned.scope) == (None, "", 3)


def test_four_indicators_and_no_more(people: People, draft):
    planned = first_result(draft)
    for _ in range(3):
        save_indicator(people, draft, planned, indicator())
    with pytest.raises(DomainError, match="paling banyak 4"):
        save_indicator(people, draft, planned, indicator())
    assert list(planned.indicators.values_list("order", flat=True)) == [1, 2, 3, 4]


@pytest.mark.parametrize(("low", "high"), [("-1", "1"), ("3", "2")])
def test_targets_the_wrong_way_round_are_refused(people: People, draft, low, high):
    data = indicator(target_min=Decimal(low), target_max=Decimal(high))
    with pytest.raises(DomainError, match="Target minimum"):
        save_indicator(people, draft, first_result(draft), data)


@pytest.mark.parametrize(
    ("aspect", "rollup"),
    [(Aspect.QUANTITY, "sum"), (Aspect.COST, "sum"), (Aspect.TIME, "last"), (Aspect.QUALITY, "mean")],
)
def test_the_rollup_follows_the_aspect(people: People, draft, aspect, rollup):
    planned = first_result(draft)
    row = save_indicator(
        people, draft, planned, indicator(aspect=aspect), planned_id=planned.indicators.get().pk
    )
    assert row.rollup == rollup


def test_a_result_taken_out_leaves_nothing(people: People, draft):
    planned = first_result(draft)
    result_id = planned.result_id
    result_remove(
        actor=people.owner.viewer(JANUARY),
        skp_id=draft.pk,
        version=draft.version,
        planned_id=planned.pk,
        now=JANUARY,
    )
    assert not WorkResult.objects.filter(pk=result_id).exists()
    assert not Indicator.objects.filter(result_id=result_id).exists()
    assert draft.open_revision.results.count() == 1


def test_a_result_that_others_serve_is_retired_and_stays_known(people: People, period):
    top = agreed(people.superior, people.sekda, period)
    superiors = drafted(people.appraiser, period, result_ids(top))
    drafted(people.owner, period, result_ids(superiors))
    planned = first_result(superiors)
    superiors.refresh_from_db()
    result_remove(
        actor=people.appraiser.viewer(JANUARY),
        skp_id=superiors.pk,
        version=superiors.version,
        planned_id=planned.pk,
        now=JANUARY,
    )
    assert WorkResult.objects.get(pk=planned.result_id).retired_at == JANUARY
    remaining = linkable_results(appraiser_id=people.appraiser.employee.pk, period_id=period.pk)
    assert [row.text for row in remaining] == ["Terlayaninya permintaan data"]
