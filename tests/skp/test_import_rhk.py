"""import_rhk on small workbooks: whose rows, which are refused, what a second run leaves alone."""

import json
from datetime import date
from decimal import Decimal
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import transaction

from accounts.models import AuditEvent
from config.lib.xlsx import WorkbookError
from orgunits.models import Employee, EmployeeNip
from skp.enums import CascadeMethod, Perspective, ResultKind, ResultSource, SkpEvent
from skp.imports.comparing import compare_rows
from skp.imports.running import preview_file
from skp.imports.writing import Overtaken, apply_comparison
from skp.models import Duty, Indicator, Move, PlannedIndicator, PlannedResult, Revision, Skp, WorkResult
from skp.services.editing import ResultInput, result_remove, result_save
from skp.services.moves import skp_submit
from skp.states import Action, Lifecycle
from tests.factories import AssignmentFactory
from tests.people import make_people
from tests.skp.drafts import JANUARY, period_2026, started
from tests.skp.rhk_books import HEADERS, MARCH, book, planned, row, run
from tests.workbooks import sheet

pytestmark = pytest.mark.django_db


@pytest.fixture
def people():
    return make_people()


@pytest.fixture
def period():
    return period_2026()


def chain(people):
    """Head, division head and member of Dinas Pertama, each serving the one above."""
    return [
        row(people.superior, "R1", PERSPEKTIF="proses bisnis"),
        row(people.appraiser, "R2", KODE_RHK_ATASAN="R1", METODE_CASCADING="direct"),
        row(people.owner, "R3", KODE_RHK_ATASAN="R2", METODE_CASCADING="non-direct"),
        row(people.owner, "R3", KODE_RHK_ATASAN="R2", METODE_CASCADING="non-direct", ASPEK="waktu"),
    ]


def error(report):
    (finding,) = report.errors
    return finding.code, finding.row, finding.column


def counts(report):
    return report.created, report.updated, report.unchanged


def test_writes_the_drafts_of_the_owners_with_their_links(people, period):
    report = run(period, *chain(people))
    assert (len(report.results), len(report.people), report.open_links, report.errors) == (3, 3, set(), [])
    assert report.started == Skp.objects.count() == 3
    head, middle, staff = planned("R1"), planned("R2"), planned("R3")
    assert (middle.parent, staff.parent) == (head.result, middle.result)
    assert (head.source, head.perspective) == (ResultSource.AGREEMENT, Perspective.PROCESS)
    assert (head.cascade_method, staff.cascade_method) == ("", CascadeMethod.NON_DIRECT)
    assert (staff.source, staff.scope) == ("", 1)
    items = list(PlannedIndicator.objects.filter(planned_result=staff).values_list("aspect", "rollup"))
    assert items == [("quantity", "sum"), ("time", "last")]
    assert staff.result.import_opd_id == people.opd.pk
    assert staff.revision.number == 1
    assert staff.revision.skp.open_revision == staff.revision
    assert Move.objects.filter(action=Action.EDIT, actor=None).count() == 3
    assert AuditEvent.objects.filter(kind=SkpEvent.RHK_IMPORTED).count() == 1
    # The duties of the owners know the plans.
    assert Duty.objects.filter(skp__isnull=False).values("employee").distinct().count() == 3


def test_a_second_run_changes_nothing(people, period):
    run(period, *chain(people))
    before = [
        list(model.objects.order_by("pk").values())
        for model in (Skp, Revision, WorkResult, Indicator, PlannedResult, PlannedIndicator, Move, AuditEvent)
    ]
    report = run(period, *chain(people))
    assert counts(report) == (0, 0, 3)
    assert (len(report.results), len(report.people), report.started) == (3, 3, 0)
    after = [
        list(model.objects.order_by("pk").values())
        for model in (Skp, Revision, WorkResult, Indicator, PlannedResult, PlannedIndicator, Move, AuditEvent)
    ]
    assert after == before


def test_a_changed_row_changes_only_its_result_and_keeps_identities(people, period):
    run(period, *chain(people))
    kept = set(Indicator.objects.values_list("pk", flat=True))
    version = planned("R3").revision.skp.version
    rows = chain(people)
    rows[3]["TARGET MAX"] = 15.5
    report = run(period, *rows)
    assert counts(report) == (0, 1, 2)
    assert set(Indicator.objects.values_list("pk", flat=True)) == kept
    assert planned("R3").indicators.get(aspect="time").target_max == Decimal("15.5")
    assert planned("R3").revision.skp.version == version + 1
    assert planned("R2").revision.skp.version == 0


def test_columns_are_found_by_header_in_any_order_among_others(people, period):
    extra = tuple(f"KOLOM {n}" for n in range(40))
    headers = (*extra[:20], *reversed(HEADERS), *extra[20:], "Lingkup", "Pemberi_Tugas", "SUMBER")
    rows = [
        row(people.superior, "R1", **{"KOLOM 3": "x"}, SUMBER="inisiatif"),
        row(people.owner, "R9", JENIS="TAMBAHAN", Lingkup="3", Pemberi_Tugas="x"),
    ]
    rows[1]["Pemberi_Tugas"] = "Sekretaris Daerah"
    report = run(period, *rows, headers=headers)
    assert report.errors == []
    assert planned("R1").source == ResultSource.INITIATIVE
    extra_result = planned("R9")
    assert (extra_result.kind, extra_result.scope) == (ResultKind.ADDITIONAL, 3)
    assert extra_result.assigned_by == "Sekretaris Daerah"


def test_an_additional_result_without_assigner_names_the_appraiser(people, period):
    run(period, row(people.owner, "R9", JENIS="TAMBAHAN", METODE_CASCADING="", KODE_RHK_ATASAN="R1"))
    found = planned("R9")
    assert found.assigned_by == people.appraiser.employee.full_name
    assert (found.cascade_method, found.open_parent_code, found.parent) == ("", "", None)


def test_rows_that_cannot_be_taken_are_refused_one_by_one(people, period):
    nobody = row(people.owner, "R8", NIP="'198512012018041001")
    cases = [
        (nobody, ("person_unknown", "NIP")),
        (row(people.owner, "R8", NIP=1.98512012018041e17), ("nip_numeric", "NIP")),
        (row(people.owner, "R8", NIP="123"), ("nip_length", "NIP")),
        (row(people.stranger, "R8"), ("other_opd", "NIP")),
        (row(people.owner, "R2"), ("code_owner", "KODE RHK")),
        (row(people.appraiser, "R2", KODE_RHK_ATASAN=""), ("code_text", "RENCANA HASIL KERJA")),
        (row(people.owner, "R8", KODE_RHK_ATASAN="R3"), ("parent_own", "KODE RHK ATASAN")),
        (row(people.owner, ""), ("empty", "KODE RHK")),
        (row(people.owner, "R8", ASPEK="mutu"), ("word", "ASPEK")),
        (row(people.owner, "R8", JENIS="POKOK"), ("word", "JENIS")),
        (row(people.owner, "R8", TARGET_MIN="banyak"), ("number", "TARGET MIN")),
        (row(people.owner, "R8", TARGET_MIN=-1.0), ("number", "TARGET MIN")),
        (row(people.owner, "R8", TARGET_MIN=13.0), ("target_range", "TARGET MIN")),
        (row(people.owner, "R8", SATUAN=""), ("empty", "SATUAN")),
        (row(people.owner, "R8", RENCANA_HASIL_KERJA="x" * 2001), ("too_long", "RENCANA HASIL KERJA")),
    ]
    good = chain(people)
    report = run(period, *good, *(case for case, _ in cases))
    found = sorted((finding.row, finding.code, finding.column) for finding in report.errors)
    assert found == [(len(good) + 2 + index, code, column) for index, (_, (code, column)) in enumerate(cases)]
    assert {finding.fix_by for finding in report.errors} == {"BKPSDM", "OPD Dinas Pertama"}
    assert all(finding.message.endswith(".") for finding in report.errors)
    assert report.results == {"R1", "R2", "R3"}
    assert not PlannedResult.objects.filter(result__import_code="R8").exists()


def test_a_fifth_indicator_is_refused_and_a_repeated_row_merged(people, period):
    rows = [row(people.owner, "R3", INDIKATOR_KINERJA_INDIVIDU=f"Jumlah laporan {n}") for n in range(5)]
    report = run(period, *rows, rows[0])
    assert error(report) == ("too_many_indicators", 6, "INDIKATOR KINERJA INDIVIDU")
    assert report.merged == 1
    assert planned("R3").indicators.count() == 4


def test_a_missing_parent_leaves_an_open_link_that_a_later_import_joins(people, period):
    report = run(period, *chain(people)[2:])
    assert report.open_links == {"R3"}
    assert (planned("R3").open_parent_code, planned("R3").parent) == ("R2", None)
    again = run(period, *chain(people)[2:])
    assert (again.open_links, counts(again)) == ({"R3"}, (0, 0, 1))
    # The superior's rows come in a file of their own; R3 stands in none of it.
    later = run(period, *chain(people)[:2])
    assert (later.open_links, later.joined) == (set(), 1)
    assert (planned("R3").open_parent_code, planned("R3").parent) == ("", planned("R2").result)
    assert run(period, *chain(people)).open_links == set()


def test_a_link_that_the_owner_picked_is_not_undone(people, period):
    run(period, *chain(people)[:2], *chain(people)[2:])
    run(period, row(people.appraiser, "R5"))
    skp = planned("R3").revision.skp
    data = ResultInput(
        text=planned("R3").text,
        parent_id=planned("R5").result_id,
        cascade_method=CascadeMethod.NON_DIRECT,
    )
    result_save(
        actor=people.owner.viewer(JANUARY),
        skp_id=skp.pk,
        version=skp.version,
        data=data,
        now=JANUARY,
        planned_id=planned("R3").pk,
    )
    rows = chain(people)[2:]
    for one in rows:
        one["KODE RHK ATASAN"] = "R77"
    report = run(period, *rows)
    assert (counts(report), report.open_links) == ((0, 0, 1), set())
    assert planned("R3").parent == planned("R5").result


def test_submitted_and_agreed_plans_are_reported_not_changed(people, period):
    run(period, *chain(people), row(people.owner, "R4", KODE_RHK_ATASAN="R77"))
    skp = planned("R3").revision.skp
    skp_submit(actor=people.owner.viewer(JANUARY), skp_id=skp.pk, version=skp.version, now=JANUARY)
    same = run(period, *chain(people))
    assert (counts(same), same.errors) == ((0, 0, 3), [])
    rows = chain(people)
    rows[2]["TARGET MAX"] = rows[2]["TARGET MIN"] = 20.0
    changed = run(period, *rows, row(people.owner, "R6"), row(people.appraiser, "R77"))
    assert [(one.code, one.row) for one in changed.errors] == [
        ("plan_submitted", 4),
        ("plan_submitted", 5),
        ("plan_submitted", 6),
    ]
    assert changed.results == {"R1", "R2", "R77"}
    assert planned("R4").open_parent_code == "R77"
    assert changed.joined == 0
    assert planned("R3").indicators.filter(target_max=20).count() == 0
    Revision.objects.filter(skp=skp).update(state="agreed")
    Skp.objects.filter(pk=skp.pk).update(in_force=skp.open_revision_id, open_revision=None)
    agreed = run(period, row(people.owner, "R6"))
    assert error(agreed) == ("plan_agreed", 2, "KODE RHK")
    assert run(period, *chain(people)).errors == []


def test_rows_belong_to_the_post_of_the_first_day_also_after_a_transfer(people, period):
    old = people.owner.post
    type(old).objects.filter(pk=old.pk).update(until=date(2026, 2, 1))
    AssignmentFactory(employee=people.owner.employee, unit=people.other_division, start=date(2026, 2, 1))
    starter = AssignmentFactory(unit=people.division, start=date(2026, 2, 10))
    newcomer = type(people.owner)(starter)
    report = run(period, *chain(people), row(newcomer, "R6", KODE_RHK_ATASAN="R2"))
    assert report.errors == []
    moved = planned("R3").revision.skp
    assert (moved.assignment, moved.start, moved.until) == (old, date(2026, 1, 1), date(2026, 2, 1))
    assert planned("R6").revision.skp.start == date(2026, 2, 10)
    elsewhere = run(
        period, row(people.other_appraiser, "R1"), row(people.owner, "R7"), row(people.stranger, "R2")
    )
    assert error(elsewhere) == ("other_opd", 3, "NIP")


def test_a_closed_plan_is_still_written(people, period):
    skp = started(people.owner, period)
    Skp.objects.filter(pk=skp.pk).update(lifecycle=Lifecycle.CLOSED, close_reason="transfer")
    assert run(period, *chain(people)).errors == []
    assert planned("R3").revision.skp == skp


def test_codes_restart_in_each_opd_and_period(people, period):
    run(period, row(people.superior, "R1"))
    run(period, row(people.other_superior, "R1"))
    assert WorkResult.objects.filter(import_code="R1").count() == 2


def test_a_code_of_another_plan_is_refused_until_that_plan_is_cancelled(people, period):
    run(period, row(people.owner, "R1"))
    taken = run(period, row(people.appraiser, "R1"))
    assert error(taken) == ("code_taken", 2, "KODE RHK")
    Skp.objects.filter(owner=people.owner.employee).update(lifecycle=Lifecycle.CANCELLED)
    assert run(period, row(people.appraiser, "R1")).errors == []
    assert planned("R1").revision.skp.owner == people.appraiser.employee


def test_an_earlier_nip_still_finds_its_owner(people, period):
    rows = chain(people)
    person = people.owner.employee
    EmployeeNip.objects.create(employee=person, nip=person.nip, replaced_at=MARCH)
    Employee.objects.filter(pk=person.pk).update(nip="198001012005011999")
    assert run(period, *rows).errors == []


def test_a_removed_result_comes_back_with_its_identity_when_others_serve_it(people, period):
    run(period, *chain(people))
    before = planned("R2").result_id
    skp = planned("R2").revision.skp
    result_remove(
        actor=people.appraiser.viewer(JANUARY),
        skp_id=skp.pk,
        version=skp.version,
        planned_id=planned("R2").pk,
        now=JANUARY,
    )
    assert WorkResult.objects.get(pk=before).retired_at is not None
    report = run(period, *chain(people))
    assert report.created == 1
    assert planned("R2").result_id == before
    assert WorkResult.objects.get(pk=before).retired_at is None


def test_preview_writes_nothing_and_says_the_same(people, period):
    file = book(*chain(people))
    preview = preview_file(file=file, period=period, now=MARCH)
    assert not Skp.objects.exists()
    assert preview.as_json() == run(period, *chain(people)).as_json()


def test_a_draft_saved_between_comparing_and_writing_stops_the_run(people, period):
    run(period, *chain(people))
    rows = chain(people)
    rows[2]["RENCANA HASIL KERJA"] = rows[3]["RENCANA HASIL KERJA"] = "Terlaksananya pekerjaan lain"
    compared = compare_rows(period, book(*rows).rows, today=date(2026, 3, 2))
    skp, now_planned = planned("R3").revision.skp, planned("R3")
    data = ResultInput(text="Diketik pemiliknya sementara itu", parent_id=now_planned.parent_id)
    result_save(
        actor=people.owner.viewer(JANUARY),
        skp_id=skp.pk,
        version=skp.version,
        data=data,
        now=JANUARY,
        planned_id=now_planned.pk,
    )
    with pytest.raises(Overtaken), transaction.atomic():
        apply_comparison(compared, actor=None, now=MARCH)
    assert planned("R3").text == "Diketik pemiliknya sementara itu"
    # write_drafts compares anew and then writes.
    assert counts(run(period, *rows)) == (0, 1, 2)


def test_the_command_speaks_json_and_refuses_what_is_no_such_workbook(people, period, tmp_path):
    path = tmp_path / "apa saja.xlsx"
    path.write_bytes(sheet(HEADERS, [*chain(people), row(people.stranger, "R9")]))
    out = StringIO()
    call_command("import_rhk", path, period=2026, dry_run=True, json=True, stdout=out)
    answer = json.loads(out.getvalue())
    assert (answer["results"], answer["people"], answer["open_links"], answer["created"]) == (3, 3, 0, 3)
    assert answer["errors"][0].keys() == {"file", "row", "column", "code", "message", "fix_by"}
    assert not Skp.objects.exists()
    refused = tmp_path / "ditolak.xlsx"
    call_command("import_rhk", path, period=2026, refused=refused, stdout=out)
    assert Skp.objects.count() == 3
    assert refused.stat().st_size > 0
    with pytest.raises(CommandError, match="Periode 2031 belum dibuat"):
        call_command("import_rhk", path, period=2031)
    with pytest.raises(CommandError, match="tidak dapat dibuka"):
        call_command("import_rhk", tmp_path / "tiada.xlsx", period=2026)
    with pytest.raises(WorkbookError, match="kolom ini tidak ada: KODE RHK"):
        book({"NIP": "1", "SATUAN": "x"}, headers=("NIP", "SATUAN"))
