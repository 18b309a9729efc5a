"""The office of BKPSDM with its own workbook, in the regency of the national export, and its documents."""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from documents.enums import DocumentKind, IssuedState
from documents.models import IssuedDocument
from documents.services import document_bytes
from orgunits.imports.reading import read_directory
from orgunits.imports.running import import_sources
from orgunits.models import Assignment
from orgunits.selectors.viewers import unit_ids_below
from skp.cascade import Cascade, Standing
from skp.content import PlanContent
from skp.enums import Scheme
from skp.imports.results import RhkReport
from skp.imports.running import import_file, read_path
from skp.models import Period, PlannedResult, Receipt, Revision, Skp
from skp.selectors.cascade import cascade_of, lines_of_units
from skp.selectors.content import read_content
from skp.selectors.documents import PLAN, RECEIPT
from skp.selectors.plans import plan_facts, with_facts
from skp.services.periods import period_create
from skp.services.plan_files import plan_files
from tests.lib.pdfs import text_of
from tests.people import Person
from tests.skp.drafts import JANUARY, decided
from tests.skp.facts import moment

DAY = JANUARY.date()
# After the transfers of 1 April.
APRIL = moment("2026-04-02 09:00")
D1, D2, D4, D5, D15 = (DocumentKind(f"D{number}") for number in (1, 2, 4, 5, 15))


@dataclass(frozen=True)
class Office:
    """An OPD whose people plan in ``period``, as its workbook ``report`` says."""

    period: Period
    opd_id: int
    report: RhkReport

    def plans(self) -> list[Skp]:
        """All plans, with what was sent last."""
        return list(Skp.objects.filter(period=self.period).select_related("open_revision").order_by("pk"))

    def cascade(self) -> Cascade:
        """Where everybody stands in January."""
        units = unit_ids_below([self.opd_id], DAY)
        return cascade_of(self.period, DAY, lines_of_units(units), with_provisional=True)

    def levels(self) -> list[list[Standing]]:
        """The people with a plan, the head first, then those below level by level."""
        people, by_depth = self.cascade(), dict[int, list[Standing]]()
        for person in people.inside():
            if person.skp_id is not None:
                by_depth.setdefault(people.depth_of(person), []).append(person)
        return [by_depth[depth] for depth in sorted(by_depth)]


def imported_office(directory: Path) -> Office:
    """The regency of the export with the drafts of BKPSDM's workbook, on 8 January."""
    import_sources(actor=None, sources=read_directory(directory), as_of=DAY, now=JANUARY)
    period = period_create(actor=None, year=2026, now=JANUARY)
    workbook = read_path(directory / "RHK BKPSDM.xlsx")
    report = import_file(file=workbook, period=period, actor=None, now=JANUARY)
    opd_id = PlannedResult.objects.earliest("pk").result.import_opd_id
    assert opd_id is not None
    return Office(period, opd_id, report)


def owner_of(skp: Skp) -> Person:
    """Whose plan it is, in the plan's post."""
    return Person(skp.assignment)


def appraiser_of(skp_id: int) -> Person:
    """Who decides on the plan in January."""
    facts = plan_facts(with_facts(Skp.objects.filter(pk=skp_id)).get(), today=DAY)
    return Person(Assignment.objects.get(pk=facts.appraiser_assignment_id))


def agree(skp_id: int) -> None:
    """As the appraiser of the day, who has looked at what was sent."""
    decided(appraiser_of(skp_id), Skp.objects.get(pk=skp_id), JANUARY)


@dataclass(frozen=True)
class Cast:
    """The head's plan with the results that he rewords and gives up, and plans of people who serve them.

    ``untouched`` serves the reworded one; the other three serve what is given up.
    """

    head: Skp
    reworded: int
    lost: int
    words: dict[int, str]
    untouched: Skp
    mender: Skp
    leaver: Skp
    keeper: Skp


def cast_of(office: Office) -> Cast:
    """Of those right under the head who lead nobody and stay in their posts."""
    people = office.cascade()
    head = Skp.objects.get(pk=office.levels()[0][0].skp_id)
    planned = list(head.in_force.results.order_by("order"))
    lost, reworded = planned[2].result_id, planned[3].result_id
    direct = {one.skp_id for one in people.direct(head.owner_id) if not people.direct(one.employee_id)}
    serving = {
        result: set(PlannedResult.objects.filter(parent=result).values_list("revision__skp", flat=True))
        for result in (lost, reworded)
    }
    staying = Skp.objects.filter(pk__in=direct, assignment__until=None)
    mender, leaver, keeper = staying.filter(pk__in=serving[lost]).order_by("pk")
    untouched = staying.filter(pk__in=serving[reworded] - serving[lost]).earliest("pk")
    words = {row.result_id: row.text for row in planned}
    return Cast(head, reworded, lost, words, untouched, mender, leaver, keeper)


def said_by(skp: Skp) -> PlanContent:
    """What the plan says that is in force, with the texts and revision numbers frozen from its superior's."""
    skp.refresh_from_db()
    return read_content(skp.in_force, Scheme(skp.scheme))


def issued_of(skp: Skp) -> dict[DocumentKind, list[IssuedDocument]]:
    """Every document of the plan by kind, by number; the valid ones are those that its files are made of."""
    found: dict[DocumentKind, list[IssuedDocument]] = {}
    receipts = Receipt.objects.filter(revision__skp=skp).values_list("pk", flat=True)
    subjects = [(PLAN, str(skp.pk)), *((RECEIPT, str(pk)) for pk in receipts)]
    for row in IssuedDocument.objects.order_by("number"):
        if (row.subject_type, row.subject_id) in subjects:
            found.setdefault(DocumentKind(row.kind), []).append(row)
    valid = [rows[-1] for kind, rows in found.items() if kind in (D1, D2, D5)]
    files = [file.data for file in plan_files(skp_id=skp.pk, actor_id=None, now=APRIL)]
    assert sorted(files) == sorted(document_bytes(row) for row in valid)
    return found


def standing(rows: list[IssuedDocument]) -> list[tuple[int, bool]]:
    """Of each document its revision, and whether a later one has taken its place."""
    for row in rows:
        row.refresh_from_db()
    return [(row.revision, row.state == IssuedState.SUPERSEDED) for row in rows]


def prints(document: IssuedDocument, shown: Iterable[str], hidden: Iterable[str]) -> None:
    """Its PDF has all words of ``shown`` and none of ``hidden``."""
    text = text_of(document_bytes(document))
    assert [words for words in shown if words not in text] == []
    assert [words for words in hidden if words in text] == []


def receipts_prove(skp: Skp, receipts: list[IssuedDocument]) -> None:
    """Each sending has a receipt of its own, replaced by none, with the hash of what was sent."""
    sent_ones = list(Revision.objects.filter(skp=skp).order_by("number"))
    assert standing(receipts) == [(revision.number, False) for revision in sent_ones]
    hashes = [json.loads(one.content_text)["plan_hash"] for one in receipts]
    assert hashes == [revision.content_hash for revision in sent_ones]
    prints(receipts[-1], [hashes[-1]], hashes[:-1])
