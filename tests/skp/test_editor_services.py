"""Services of the editor: sections, order, approach, results adopted and copied."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from uuid import UUID, uuid4

import pytest

from config.lib.errors import Conflict, DomainError, NotAllowed
from skp.berakhlak import Behaviour
from skp.enums import (
    AppendixKind,
    Approach,
    Aspect,
    CascadeMethod,
    CloseReason,
    Direction,
    Regime,
    ResultKind,
    Rollup,
)
from skp.models import (
    AnnualRealisation,
    Indicator,
    Period,
    PlannedIndicator,
    PlannedResult,
    Progress,
    Skp,
    WorkResult,
)
from skp.selectors.content import read_content
from skp.selectors.sources import copy_sources, unmet_results
from skp.services.editing import (
    Adoption,
    IndicatorLine,
    ResultInput,
    ResultSection,
    appendix_save,
    approach_set,
    behaviours_save,
    result_move,
    result_remove,
    results_adopt,
    results_copy,
    section_save,
)
from skp.services.editing.inputs import appendix_section, behaviour_section
from skp.services.periods import period_create
from skp.states import Lifecycle
from tests.people import People
from tests.skp.drafts import JANUARY, agreed, drafted, indicator, period_2026, result_ids, started
from tests.skp.facts import moment

pytestmark = pytest.mark.django_db


@pytest.fixture
def period(people):
    return period_2026()


@pytest.fixture
def draft(people, period):
    return drafted(people.owner, period)


def call(people: People, service, skp: Skp, person="owner", now=JANUARY, **values):
    """Make the service's step as its owner would, on the present version."""
    skp.refresh_from_db()
    actor = getattr(people, person).viewer(now)
    return service(actor=actor, skp_id=skp.pk, version=skp.version, now=now, **values)


def lines(*data) -> tuple[IndicatorLine, ...]:
    return tuple(IndicatorLine(str(uuid4()), item) for item in data)


def content_of(skp: Skp):
    skp.refresh_from_db()
    assert skp.open_revision is not None
    return read_content(skp.open_revision, skp.scheme)


def texts_of(skp: Skp) -> list[str]:
    return [result.text for result in content_of(skp).results]


def test_a_section_is_one_step(people: People, draft):
    version = draft.version
    section = ResultSection(
        ResultInput("Tersusunnya rekap"), lines(indicator(), indicator("Ketepatan rekap"))
    )
    planned = call(people, section_save, draft, key=uuid4(), section=section)
    draft.refresh_from_db()
    assert draft.version == version + 1
    assert list(planned.indicators.values_list("text", flat=True)) == [
        "Jumlah laporan yang selesai",
        "Ketepatan rekap",
    ]


def test_a_section_saved_again_keeps_identities_and_takes_out_what_is_gone(people: People, draft):
    key, (first, second) = uuid4(), lines(indicator(), indicator("Ketepatan rekap"))
    data = ResultInput("Tersusunnya rekap")
    call(people, section_save, draft, key=key, section=ResultSection(data, (first, second)))
    kept = Indicator.objects.get(key=second.key)
    changed = IndicatorLine(second.key, replace(second.data, target_max=Decimal(20)))
    call(people, section_save, draft, key=key, section=ResultSection(data, (changed,)))
    [item] = content_of(draft).results[-1].indicators
    assert (item.indicator_id, item.target_max) == (kept.pk, 20)
    assert not Indicator.objects.filter(key=first.key).exists()
    assert WorkResult.objects.filter(key=key).count() == 1


def test_a_section_with_a_fault_writes_nothing_at_all(people: People, draft):
    before = PlannedResult.objects.count()
    five = ResultSection(ResultInput("Tersusunnya rekap"), lines(*[indicator()] * 5))
    with pytest.raises(DomainError, match="paling banyak 4"):
        call(people, section_save, draft, key=uuid4(), section=five)
    wrong = indicator(target_min=Decimal(3), target_max=Decimal(2))
    with pytest.raises(DomainError, match="Target minimum"):
        call(
            people,
            section_save,
            draft,
            key=uuid4(),
            section=ResultSection(ResultInput("Tersusunnya rekap"), lines(wrong)),
        )
    assert PlannedResult.objects.count() == before


def test_a_chosen_rollup_stays(people: People, draft):
    data = indicator(aspect=Aspect.QUANTITY, rollup=Rollup.LAST)
    planned = call(
        people,
        section_save,
        draft,
        key=uuid4(),
        section=ResultSection(ResultInput("Tersusunnya rekap"), lines(data)),
    )
    assert planned.indicators.get().rollup == Rollup.LAST


@pytest.mark.parametrize("person", ["appraiser", "opd_admin", "bkpsdm_admin"])
def test_only_the_owner_writes_sections(people: People, draft, person):
    section = ResultSection(ResultInput("Tersusunnya rekap"), lines(indicator()))
    for service, values in (
        (section_save, {"key": uuid4(), "section": section}),
        (behaviours_save, {"section": behaviour_section({})}),
        (appendix_save, {"section": appendix_section({})}),
        (results_adopt, {"adoptions": []}),
    ):
        with pytest.raises(NotAllowed):
            call(people, service, draft, person, **values)


def test_expectations_and_appendix_are_what_was_typed_last(people: People, draft):
    for text in ("Jujur dalam laporan", "Menjaga rahasia"):
        call(people, behaviours_save, draft, section=behaviour_section({Behaviour.LOYAL: f" {text} "}))
    typed = {AppendixKind.RESOURCES: "Dua orang\r\n\r\n  Akses sistem \n", AppendixKind.CONSEQUENCES: " "}
    for _ in range(2):
        call(people, appendix_save, draft, section=appendix_section(typed))
    content = content_of(draft)
    assert content.behaviours == ((Behaviour.LOYAL, "Menjaga rahasia"),)
    assert content.appendix == (
        (AppendixKind.RESOURCES, "Dua orang"),
        (AppendixKind.RESOURCES, "Akses sistem"),
    )


def test_results_change_places_within_their_kind(people: People, draft):
    extra = ResultInput("Terbantunya seleksi", ResultKind.ADDITIONAL, assigned_by="Kepala")
    call(people, section_save, draft, key=uuid4(), section=ResultSection(extra, ()))
    first, second, third = content_of(draft).results
    call(people, result_move, draft, planned_id=second.planned_id, up=True)
    assert texts_of(draft) == [second.text, first.text, third.text]
    for up in (True, False):
        call(people, result_move, draft, planned_id=third.planned_id, up=up)
    call(people, result_move, draft, planned_id=second.planned_id, up=True)
    assert texts_of(draft) == [second.text, first.text, third.text]
    call(people, result_move, draft, planned_id=second.planned_id, up=False)
    assert texts_of(draft) == [first.text, second.text, third.text]


def test_the_numeric_regime_keeps_measured_targets(people: People, draft):
    with pytest.raises(DomainError, match="Rezim numerik"):
        call(people, approach_set, draft, approach=Approach.QUALITATIVE)
    assert content_of(draft).approach == Approach.QUANTITATIVE


def test_targets_become_words_and_words_make_room_for_targets(people: People, draft):
    Period.objects.update(regime=Regime.QUADRANT)
    call(people, approach_set, draft, approach=Approach.QUALITATIVE)
    item = content_of(draft).results[0].indicators[0]
    assert (item.target_text, item.target_min, item.target_max) == ("12 laporan", 0, 0)
    call(people, approach_set, draft, approach=Approach.QUANTITATIVE)
    item = content_of(draft).results[0].indicators[0]
    assert (item.target_text, item.target_min, item.target_max) == ("", 0, 0)


def test_kualitatif_stores_words_and_no_numbers(people: People, draft):
    Period.objects.update(regime=Regime.QUADRANT)
    call(people, approach_set, draft, approach=Approach.QUALITATIVE)
    data = indicator(target="5", target_text="Diterima tanpa perbaikan", direction=Direction.SPECIAL)
    section = ResultSection(ResultInput("Tersusunnya rekap"), lines(data))
    row = call(people, section_save, draft, key=uuid4(), section=section).indicators.get()
    assert (row.target_text, row.target_min, row.target_max, row.direction) == (
        "Diterima tanpa perbaikan",
        0,
        0,
        "normal",
    )


def test_a_result_in_force_stays_known_when_the_draft_drops_it(people: People, period):
    top = agreed(people.superior, people.sekda, period)
    middle = agreed(people.appraiser, people.superior, period, result_ids(top))
    revision = middle.revisions.create(number=2)
    Skp.objects.filter(pk=middle.pk).update(open_revision=revision)
    result_id = result_ids(middle)[0]
    copied = PlannedResult.objects.create(revision=revision, result_id=result_id, order=1, text="Salinan")
    indicator_id = Indicator.objects.get(result_id=result_id).pk
    PlannedIndicator.objects.create(
        planned_result=copied,
        indicator_id=indicator_id,
        order=1,
        aspect=Aspect.QUANTITY,
        text="Salinan",
        target_min=1,
        target_max=1,
    )
    call(people, result_remove, middle, "appraiser", planned_id=copied.pk)
    assert WorkResult.objects.get(pk=result_id).retired_at is None
    assert Indicator.objects.get(pk=indicator_id).retired_at is None


def test_chosen_results_of_the_superior_become_linked_drafts(people: People, period):
    above = drafted(people.appraiser, period)
    skp = started(people.owner, period)
    first, second = result_ids(above)
    version = skp.version
    adoptions = [
        Adoption(second, " Terlayaninya data bidang ", CascadeMethod.DIRECT),
        Adoption(first, "Tersusunnya laporan bidang"),
    ]
    assert call(people, results_adopt, skp, adoptions=adoptions) == 2
    made = content_of(skp).results
    assert skp.version == version + 1
    assert [(row.text, row.parent_id, row.cascade_method) for row in made] == [
        ("Terlayaninya data bidang", second, CascadeMethod.DIRECT),
        ("Tersusunnya laporan bidang", first, None),
    ]
    elsewhere = drafted(people.section_head, period)
    with pytest.raises(DomainError, match="pejabat penilai"):
        call(people, results_adopt, skp, adoptions=[Adoption(result_ids(elsewhere)[0], "Bukan dari atasan")])


@pytest.fixture
def last_year(people: People) -> Skp:
    """The owner's agreed plan of 2025, under a superior with the same words as in 2026."""
    now = moment("2025-01-08 09:00")
    period = period_create(actor=None, year=2025, now=now)
    top = agreed(people.superior, people.sekda, period, now=now)
    middle = agreed(people.appraiser, people.superior, period, result_ids(top), now)
    return agreed(people.owner, people.appraiser, period, result_ids(middle), now)


def test_last_year_s_results_are_copied_with_new_identities(people: People, last_year, period):
    above = drafted(people.appraiser, period)
    skp = started(people.owner, period)
    assert copy_sources(skp) == [last_year]
    made = call(people, results_copy, skp, source_id=last_year.pk, result_ids=set(result_ids(last_year)))
    assert made == 2
    results = content_of(skp).results
    assert [row.text for row in results] == ["Tersusunnya laporan kinerja", "Terlayaninya permintaan data"]
    assert {row.result_id for row in results}.isdisjoint(result_ids(last_year))
    # The superior has the same results this year: links are found again by their words.
    assert [row.parent_id for row in results] == list(result_ids(above))
    assert [item.text for row in results for item in row.indicators] == ["Jumlah laporan yang selesai"] * 2
    assert set(WorkResult.objects.filter(skp=skp).values_list("continues", flat=True)) == {None}


def test_nothing_else_is_copied(people: People, last_year, period, draft):
    other = Skp.objects.get(owner=people.appraiser.employee)
    for source, wanted in ((other, result_ids(other)), (last_year, result_ids(other))):
        with pytest.raises(DomainError):
            call(people, results_copy, draft, source_id=source.pk, result_ids=set(wanted))
    assert len(texts_of(draft)) == 2


def test_after_a_transfer_the_new_results_continue_the_old_ones(people: People, last_year, period, draft):
    Skp.objects.filter(pk=last_year.pk).update(
        period=period,
        lifecycle=Lifecycle.CLOSED,
        close_reason=CloseReason.TRANSFER,
        assignment=people.section_member.post,
        start=date(2026, 1, 1),
        until=date(2026, 1, 5),
    )
    old = result_ids(last_year)[0]
    call(people, results_copy, draft, source_id=last_year.pk, result_ids={old})
    assert WorkResult.objects.filter(skp=draft, continues=old).count() == 1


def realised(people: People, indicator_id: int, value: int) -> None:
    AnnualRealisation.objects.create(
        indicator_id=indicator_id, value=value, entered_at=JANUARY, entered_by=people.owner.user
    )


def test_unmet_results_are_known_from_the_year_or_its_intervals(people: People, last_year):
    assert last_year.in_force is not None
    results = read_content(last_year.in_force, last_year.scheme).results
    first, second = (row.indicators[0].indicator_id for row in results)
    assert unmet_results(results) == frozenset()
    for interval, value in ((1, 5), (2, 6)):
        Progress.objects.create(
            indicator_id=first,
            interval=interval,
            realisation=value,
            entered_at=JANUARY,
            entered_by=people.owner.user,
        )
    assert unmet_results(results) == {results[0].result_id}
    realised(people, first, 12)
    realised(people, second, 11)
    assert unmet_results(results) == {results[1].result_id}


def test_the_key_of_another_plan_s_identity_is_refused(people: People, period, draft):
    theirs = drafted(people.section_head, period).results.first()
    section = ResultSection(ResultInput("Tersusunnya rekap"), ())
    with pytest.raises(Conflict):
        call(people, section_save, draft, key=UUID(str(theirs.key)), section=section)
