"""The regency's real files, whole: imported once, looked at from all sides, imported again."""

import io
import json
import zipfile
from collections import Counter
from datetime import UTC, date, datetime

import pytest
from django.db import transaction
from django.db.models import Count

from orgunits.enums import AssignmentKind, EmploymentKind, LegalPosition, RowVerdict, UnitKind
from orgunits.imports.reading import read_directory
from orgunits.imports.running import compare_sources, import_sources
from orgunits.lines import lines_recompute_all
from orgunits.models import (
    Assignment,
    Employee,
    EmployeeNip,
    ImportBatch,
    ImportRow,
    LegalPositionSpan,
    OrgUnit,
    OrgUnitSpan,
)
from orgunits.selectors.days import on_day
from tests.workbooks import repacked

NOW = datetime(2026, 11, 2, 3, 0, tzinfo=UTC)
TODAY = date(2026, 11, 2)
LATER = datetime(2026, 11, 20, 3, 0, tzinfo=UTC)


@pytest.fixture(scope="module")
def sources(siasn_dir):
    return read_directory(siasn_dir)


@pytest.fixture(scope="module")
def expected(siasn_dir):
    return json.loads((siasn_dir / "expected.json").read_text())["accepted"]


@pytest.fixture(scope="module")
def report(sources, django_db_setup, django_db_blocker):
    """The import, done once for this module and taken back at its end."""
    with django_db_blocker.unblock(), transaction.atomic():
        yield import_sources(actor=None, sources=sources, as_of=TODAY, now=NOW)
        transaction.set_rollback(True)


@pytest.fixture
def regency(report, db):
    return report


def test_counts_are_those_expected(regency, expected):
    answer = regency.as_json()
    assert {name: answer[name] for name in ("units", "people", "acting", "transfers")} == {
        name: expected[name] for name in ("units", "people", "acting", "transfers")
    }
    assert len(answer["errors"]) == expected["refused_rows"]
    assert answer["merged"] == expected["merged_rows"]
    warnings = Counter(warning["code"] for warning in answer["warnings"])
    assert warnings.pop("leader") == 2
    assert warnings == expected["warnings"]
    assert answer["created"]["people"] == Employee.objects.count() == expected["people"]
    assert OrgUnit.objects.count() == OrgUnitSpan.objects.count() == expected["units"]


def test_database_counts_are_those_expected(regency, expected):
    assert Employee.objects.filter(employment_kind=EmploymentKind.CPNS).count() == expected["cpns"]
    legal = LegalPositionSpan.objects.filter(on_day(TODAY)).values_list("position").annotate(Count("pk"))
    assert {str(LegalPosition(word).label): count for word, count in legal} == expected["legal_position"]
    shared = Employee.objects.values("email").annotate(n=Count("pk")).filter(n__gt=1)
    assert sum(row["n"] for row in shared) == expected["emails_shared_by_people"]
    headed = Assignment.objects.filter(on_day(TODAY), kind=AssignmentKind.DEFINITIVE, is_head=True)
    vacant = OrgUnit.objects.exclude(pk__in=headed.values("unit")).count()
    assert vacant == expected["units_without_definitive_head"]


def test_each_refused_row_has_one_error_with_its_first_fault(regency):
    codes = Counter(finding.code for finding in regency.errors)
    assert codes == {"unit_unknown": 7, "two_units": 6, "nip_length": 5, "nip_numeric": 4}
    assert len({(finding.file, finding.row) for finding in regency.errors}) == 22
    assert all(finding.message.endswith(".") and finding.fix_by for finding in regency.errors)
    first, second = [finding for finding in regency.errors if finding.row in (147, 974)][:2]
    assert "baris 974" in first.message
    assert "baris 147" in second.message
    assert {finding.fix_by for finding in regency.errors if finding.code == "nip_length"} == {"SIASN"}


def test_units_hang_together(regency):
    kinds = Counter(OrgUnitSpan.objects.values_list("kind", flat=True))
    assert (kinds[UnitKind.REGENCY], kinds[UnitKind.OPD]) == (1, 60)
    setda = OrgUnitSpan.objects.get(name="SEKRETARIAT DAERAH").unit
    opds = OrgUnitSpan.objects.filter(kind=UnitKind.OPD)
    assert opds.filter(appraised_by=setda).count() == 59
    assert not opds.exclude(opd_id__gt=0).exists()
    school = OrgUnitSpan.objects.get(name="SD NEGERI 116 TANJUNG BAHARI")
    assert school.kind == UnitKind.SERVICE
    assert school.opd.spans.get().name == "DINAS PENDIDIKAN DAN KEBUDAYAAN"


def test_transferred_people_are_in_their_new_units(regency, sources):
    rows = next(source for source in sources if source.name.startswith("Mutasi")).rows
    assert len(rows) == 60
    for row in rows:
        person = Employee.objects.get(nip=row.text("NIP").strip("'"))
        post = person.assignments.get(on_day(TODAY), kind=AssignmentKind.DEFINITIVE)
        assert post.unit.external_id == row.text("UNOR BARU ID")
        assert (post.position_title, post.decree) == (row.text("JABATAN BARU"), row.text("NOMOR SK"))
        old = person.assignments.get(until=post.start)
        assert old.unit.external_id == row.text("UNOR LAMA ID")
        assert old.end_reason.startswith("Mutasi ke ")


def test_names_are_tidied_but_never_calculated(regency):
    assert Employee.objects.filter(name='=HYPERLINK("http://example.invalid","KLIK")').count() == 1
    assert not Employee.objects.filter(name__contains="  ").exists()
    assert Employee.objects.get(nip="197603122001031001").name == "Slamet Purnomo Basri"


def test_everybody_can_be_given_an_account_and_nobody_has_a_password(regency):
    people = Employee.objects.select_related("user")
    assert all(
        person.user is not None
        and person.user.username == person.nip
        and not person.user.has_usable_password()
        for person in people
    )


def test_stored_lines_are_the_computed_ones(regency):
    difference = lines_recompute_all()
    assert (difference.created, difference.deleted) == (0, 0)


def test_acting_officials_lead_until_their_last_day(regency):
    acting = Assignment.objects.exclude(kind=AssignmentKind.DEFINITIVE)
    assert acting.count() == 43
    one = acting.get(decree="800/427/BKPSDM/2026")
    assert (one.start, one.until) == (date(2026, 4, 20), date(2026, 7, 20))
    assert one.position_title == "KEPALA BAGIAN UMUM"
    assert one.shown_title == "Plt. KEPALA BAGIAN UMUM"


def test_second_import_changes_nothing(regency, sources):
    before = _fingerprint()
    again = import_sources(actor=None, sources=sources, as_of=date(2026, 11, 20), now=LATER)
    answer = again.as_json()
    assert set(answer["created"].values()) == set(answer["updated"].values()) == {0}
    assert answer["unchanged"] == {"units": 789, "people": 7964, "acting": 43, "transfers": 60}
    assert len(answer["errors"]) == 22
    assert _fingerprint() == before


def test_comparing_alone_writes_nothing(regency, sources):
    batches = ImportBatch.objects.count()
    before = _fingerprint()
    compare_sources(sources, date(2026, 11, 20))
    assert (ImportBatch.objects.count(), _fingerprint()) == (batches, before)


def test_changed_copy_changes_exactly_that(regency, siasn_dir, tmp_path):
    changed = _changed_copy(siasn_dir, tmp_path)
    people, posts, spans = Employee.objects.count(), Assignment.objects.count(), OrgUnitSpan.objects.count()
    again = import_sources(actor=None, sources=read_directory(changed), as_of=date(2026, 11, 20), now=LATER)
    answer = again.as_json()
    assert answer["updated"] == {"units": 1, "people": 1, "acting": 1, "transfers": 0}
    assert set(answer["created"].values()) == {0}
    assert (Employee.objects.count(), Assignment.objects.count()) == (people, posts + 1)

    renamed = OrgUnit.objects.get(spans__name="SEKSI BARU DARI UJI")
    assert OrgUnitSpan.objects.count() == spans + 1
    assert [span.start for span in renamed.spans.order_by("start")] == [date(1900, 1, 1), date(2026, 11, 20)]

    promoted = Employee.objects.get(nip="199804162020032001")
    old, new = promoted.assignments.order_by("start")
    assert (old.until, new.start, new.until) == (date(2026, 10, 1), date(2026, 10, 1), None)
    assert (new.position_title, new.functional_level) == ("DOKTER AHLI MADYA", "Ahli Madya")

    ended = Assignment.objects.get(decree="800/427/BKPSDM/2026")
    assert ended.until == date(2026, 5, 1)
    rows = ImportRow.objects.filter(batch__as_of=date(2026, 11, 20), verdict=RowVerdict.UPDATE)
    assert rows.count() == 3
    assert EmployeeNip.objects.count() == 0
    difference = lines_recompute_all()
    assert (difference.created, difference.deleted) == (0, 0)


def _changed_copy(siasn_dir, folder):
    """One unit renamed, one person promoted, one Plt ended early; all else as it was."""
    edits = {
        "HierarkiUnor.xlsx": ("SEKSI PELAYANAN UMUM<", [("SEKSI PELAYANAN UMUM", "SEKSI BARU DARI UJI")]),
        "Data PNS.xlsx": (
            "'199804162020032001",
            # The date of the grade stands before that of the post, and is the same.
            [
                ("01-10-2024", "01-10-2026"),
                ("DOKTER AHLI MUDA", "DOKTER AHLI MADYA"),
                ("01-10-2024", "01-10-2026"),
            ],
        ),
        "Daftar Plt.xlsx": ("'197206232001012001", [("19-07-2026", "30-04-2026")]),
    }
    for path in siasn_dir.glob("*.xlsx"):
        if path.name in edits:
            (folder / path.name).write_bytes(_edited(path.read_bytes(), *edits[path.name]))
        else:
            (folder / path.name).symlink_to(path.resolve())
    return folder


def _edited(data, key, changes):
    """The workbook with texts changed where they first stand from ``key`` on."""
    part = "xl/worksheets/sheet1.xml"
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        text = archive.read(part).decode()
    before, found, after = text.partition(key)
    tail = found + after
    for old, new in changes:
        assert old in tail
        tail = tail.replace(old, new, 1)
    return repacked(data, add={part: (before + tail).encode()})


def _fingerprint():
    """Everything that an unchanged import must leave alone."""
    return (
        Employee.objects.aggregate(n=Count("pk"), v=Count("version"))["n"],
        list(Employee.objects.order_by("pk").values_list("version", flat=True)[:50]),
        list(Assignment.objects.order_by("pk").values_list("pk", "start", "until", "is_head", "version")),
        list(OrgUnitSpan.objects.order_by("pk").values_list("pk", "name", "start", "until")),
        LegalPositionSpan.objects.count(),
    )
