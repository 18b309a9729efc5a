"""The board's numbers from duties: who is counted, for whom, and the people behind each number."""

from datetime import timedelta

import pytest

from assessments.enums import FourPredicate
from compliance.enums import Which
from compliance.models import Snapshot, SnapshotRow
from compliance.rules import Counts
from compliance.selectors.board import board_of, total_of, unit_rows
from compliance.selectors.cards import start_cards
from compliance.selectors.people import board_people, person_rows
from compliance.selectors.stages import chosen_stage, stages_of
from compliance.services.snapshots import snapshot_freeze
from skp.models import Duty
from tests.compliance.duties import CLOSE, SENT, bare_period, duty
from tests.people import NOW, People
from tests.skp.drafts import JANUARY, agreed, drafted, period_2026, submitted

pytestmark = pytest.mark.django_db


@pytest.fixture
def period(people: People):
    return bare_period()


@pytest.fixture
def stage(period):
    return chosen_stage(stages_of(period), "planning", NOW)


@pytest.fixture
def duties(people: People, period):
    """Dinas Pertama: five of six obliged, three fulfilled, one agreed, one late; the other OPD one."""
    duty(people.superior, period, fulfilled=SENT, agreed=SENT)
    duty(people.appraiser, period, fulfilled=SENT)
    duty(people.owner, period)
    duty(people.section_head, period, due=NOW + timedelta(days=1))
    duty(people.section_member, period, exempt="CLTN", fulfilled=SENT)
    duty(people.acting_member, period, fulfilled=SENT)
    duty(people.stranger, period)
    # Neither another stage nor another interval is counted along.
    duty(people.owner, period, stage="monitoring", interval=1, fulfilled=SENT)
    return period


def rows_of(person, stage) -> dict[str, tuple[Counts, FourPredicate | None]]:
    return {row.name: (row.counts, row.predicate) for row in board_of(person.viewer(), stage).rows}


FIRST = (Counts(5, 3, 1, 1), FourPredicate.BAD)
OTHER = (Counts(1, 0, 0, 1), FourPredicate.VERY_BAD)
NOBODY = (Counts(), None)


@pytest.mark.parametrize("who", ["bkpsdm_admin", "inspector", "leader", "sekda"])
def test_overseers_see_every_opd(people: People, duties, stage, who):
    rows = rows_of(getattr(people, who), stage)
    assert rows == {"Dinas Pertama": FIRST, "Dinas Kedua": OTHER, "Sekretariat Daerah": NOBODY}


def test_others_see_their_own_part_and_no_predicate_of_a_part(people: People, duties, stage):
    assert rows_of(people.opd_admin, stage) == {"Dinas Pertama": FIRST}
    assert rows_of(people.superior, stage) == {"Dinas Pertama": FIRST}
    assert rows_of(people.other_admin, stage) == {"Dinas Kedua": OTHER}
    # Bidang Satu and the section below it.
    assert rows_of(people.appraiser, stage) == {"Dinas Pertama": (Counts(3, 1, 0, 1), None)}
    assert rows_of(people.section_head, stage) == {"Dinas Pertama": (Counts(1, 0, 0, 0), None)}
    assert rows_of(people.owner, stage) == {}


def test_an_appraiser_without_a_unit_counts_the_own_people(people: People, duties, stage):
    # The acting head leads Bidang Dua; its member is appraised there.
    assert rows_of(people.acting_head, stage) == {"Dinas Pertama": (Counts(1, 1, 0, 0), None)}


def test_people_outside_of_any_opd_have_a_row_without_predicate(people: People, duties, stage):
    Duty.objects.filter(employee=people.stranger.employee).update(opd=None)
    rows = board_of(people.bkpsdm_admin.viewer(), stage).rows
    assert (rows[-1].name, rows[-1].counts, rows[-1].predicate) == ("Di luar OPD", OTHER[0], None)


def test_late_is_told_by_the_own_deadline(people: People, duties, stage):
    def late(now) -> int:
        rows = board_of(people.opd_admin.viewer(now), stage).rows
        return rows[0].counts.late

    assert late(CLOSE - timedelta(minutes=1)) == 0
    assert late(CLOSE) == 1
    assert late(NOW + timedelta(days=1)) == 2


@pytest.mark.parametrize(
    "who", ["bkpsdm_admin", "leader", "opd_admin", "superior", "appraiser", "section_head"]
)
def test_every_number_is_the_length_of_its_list(people: People, duties, stage, who):
    viewer = getattr(people, who).viewer()
    for row in board_of(viewer, stage).rows:
        numbers = (row.counts.obliged, row.counts.fulfilled, row.counts.agreed, row.counts.late)
        kinds = (Which.OBLIGED, Which.FULFILLED, Which.AGREED, Which.LATE)
        for number, which in zip(numbers, kinds, strict=True):
            assert board_people(viewer, stage, which=which, opd_id=row.opd_id or 0).count() == number
        units = unit_rows(viewer, stage, row.opd_id)
        assert sum((unit.counts for unit in units), Counts()) == row.counts
        for unit in units:
            listed = board_people(viewer, stage, opd_id=row.opd_id, unit_id=unit.unit_id)
            assert listed.count() == unit.counts.obliged


def test_the_units_of_an_opd(people: People, duties, stage):
    rows = unit_rows(people.opd_admin.viewer(), stage, people.opd.pk)
    assert [(row.name, row.counts) for row in rows] == [
        ("Bidang Dua", Counts(1, 1, 0, 0)),
        ("Bidang Satu", Counts(2, 1, 0, 1)),
        ("Dinas Pertama", Counts(1, 1, 1, 0)),
        ("Seksi Data", Counts(1, 0, 0, 0)),
    ]
    assert unit_rows(people.opd_admin.viewer(), stage, people.other_opd.pk) == []


def test_the_sum_has_no_predicate(people: People, duties, stage):
    total = total_of(board_of(people.bkpsdm_admin.viewer(), stage).rows)
    assert (total.counts, total.predicate, total.frozen) == (Counts(6, 3, 1, 2), None, None)


def test_the_people_with_their_state_and_the_plan_where_it_may_be_read(people: People, duties, stage, period):
    plan = drafted(people.owner, period)
    Duty.objects.filter(employee=people.owner.employee).update(skp=plan)
    viewer = people.opd_admin.viewer()
    rows = {row.name: row for row in person_rows(viewer, board_people(viewer, stage))}
    assert {name: row.state for name, row in rows.items()} == {
        "SURYA KADIS": Which.FULFILLED,
        "DEWI KABID": Which.FULFILLED,
        "BUDI PELAKSANA": Which.LATE,
        "AGUS KASI": Which.OPEN,
        "LINA STAF": Which.FULFILLED,
    }
    assert rows["BUDI PELAKSANA"].plan_id == plan.pk
    assert (rows["AGUS KASI"].unit_name, rows["AGUS KASI"].opd_name) == ("Seksi Data", "Dinas Pertama")
    [exempt] = person_rows(viewer, board_people(viewer, stage, which=Which.EXEMPT))
    assert (exempt.name, exempt.why_exempt) == ("TUTI STAF", "CLTN")


def test_a_plan_that_may_not_be_read_is_no_link(people: People, duties, stage, period):
    # The duty says Dinas Pertama, the plan belongs to a post of the other OPD.
    plan = drafted(people.stranger, period)
    Duty.objects.filter(employee=people.owner.employee).update(skp=plan)
    viewer = people.opd_admin.viewer()
    [row] = person_rows(viewer, board_people(viewer, stage, which=Which.LATE))
    assert (row.name, row.plan_id) == ("BUDI PELAKSANA", None)


def test_the_reason_of_an_exemption_is_not_for_appraisers(people: People, duties, stage):
    # In another unit of another OPD, appraised by the section's head all the same.
    Duty.objects.filter(employee=people.section_member.employee).update(
        unit=people.other_division, opd=people.other_opd
    )
    viewer = people.section_head.viewer()
    [row] = person_rows(viewer, board_people(viewer, stage, which=Which.EXEMPT))
    assert (row.name, row.why_exempt) == ("TUTI STAF", "")


def test_the_change_since_last_week_needs_a_snapshot_of_then(people: People, duties, stage, period):
    viewer = people.opd_admin.viewer()

    def snapshot(days: int, fulfilled: int) -> None:
        taken = Snapshot.objects.create(
            period=period,
            stage="planning",
            kind="daily",
            for_day=viewer.today - timedelta(days=days),
            taken_at=NOW - timedelta(days=days),
        )
        SnapshotRow.objects.create(
            snapshot=taken,
            opd=people.opd,
            name="Dinas Pertama",
            obliged=5,
            fulfilled=fulfilled,
            agreed=0,
            late=0,
        )

    def change():
        return board_of(viewer, stage).rows[0].change

    snapshot(6, 3)
    snapshot(15, 0)
    assert change() is None
    snapshot(9, 1)
    assert change() == 40
    snapshot(7, 2)
    assert change() == 20
    assert board_of(viewer, stage).compared_with == viewer.today - timedelta(days=7)
    # Of a part of the OPD nothing is compared.
    assert board_of(people.appraiser.viewer(), stage).rows[0].change is None


def test_start_cards_tell_overseers_and_heads(people: People, duties, period):
    now = SENT + timedelta(days=1)

    def cards(person) -> list[tuple[str, str]]:
        return [(card.title, card.figure) for card in start_cards(person.viewer(now), now)]

    assert cards(people.bkpsdm_admin) == [("Sudah memenuhi", "3"), ("Belum memenuhi", "3")]
    assert cards(people.appraiser) == [("Sudah memenuhi", "1"), ("Belum memenuhi", "2")]
    assert cards(people.owner) == []
    assert cards(people.sekda)[0] == ("Sudah memenuhi", "3")


def test_start_cards_tell_the_late_and_lead_to_them(people: People, duties, period):
    Duty.objects.filter(stage="monitoring").update(fulfilled_at=None, due_at=NOW)
    cards = start_cards(people.opd_admin.viewer(), NOW)
    assert [(card.title, card.figure) for card in cards] == [
        ("Sudah memenuhi", "0"),
        ("Belum memenuhi", "1"),
        ("Terlambat", "1"),
    ]
    assert cards[2].url.endswith("tahun=2026&tahap=monitoring-1&yang=telat")
    assert cards[0].body == "dari 1 pegawai wajib, pemantauan triwulan 1 2026"


def test_moves_of_plans_move_the_board_and_a_snapshot(people: People):
    """From the move to the frozen row, nothing written by hand."""
    period = period_2026()
    stage = chosen_stage(stages_of(period), "planning", JANUARY)
    viewer = people.opd_admin.viewer(JANUARY)
    before = board_of(viewer, stage).rows[0].counts
    assert (before.obliged, before.fulfilled, before.agreed) == (8, 0, 0)
    agreed(people.superior, people.sekda, period)
    submitted(people.section_head, period)
    after = board_of(viewer, stage).rows[0].counts
    assert (after.obliged, after.fulfilled, after.agreed) == (8, 2, 1)
    assert snapshot_freeze(stage=stage, now=CLOSE)
    frozen = board_of(people.opd_admin.viewer(NOW), stage).rows[0].frozen
    # The head of the OPD had until 14 January, and all others until the close.
    assert frozen.counts == Counts(8, 2, 1, 6)
