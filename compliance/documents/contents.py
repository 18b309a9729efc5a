"""What the recapitulations say, as plain values. No day, so that one is issued anew only when it differs."""

from collections.abc import Mapping
from datetime import date
from decimal import ROUND_HALF_UP, Decimal

from django.conf import settings

from assessments.documents.figures import two
from assessments.enums import FourPredicate
from assessments.selectors.achievements import last_day_of
from compliance.exports.results import answer_text
from compliance.results import Tally, final_of
from compliance.selectors.yearly_recaps import (
    OpdLine,
    RecapLine,
    recap_lines,
    regency_lines,
    tally_of,
)
from config.lib.numbers import show_percent
from orgunits.selectors.units import heads_on
from skp.enums import Regime
from skp.models import Period
from skp.selectors.documents import opd_head
from skp.selectors.parties import frozen_party

Content = Mapping[str, object]
TENTH = Decimal("0.1")


def opd_recap_content(period: Period, opd_id: int, day: date) -> Content:
    """D10: the obliged people of the OPD; ``day``: on which its head and its name are looked up."""
    lines = recap_lines(period, opd_id)
    totals = tally_of(lines)
    return {
        **_head(period, opd_id, day),
        "lines": [_person(line) for line in lines],
        "totals": [[str(word.label), totals[word.value]] for word in FourPredicate],
        "without": totals[""],
        "count": len(lines),
    }


def regency_recap_content(period: Period, root_id: int, day: date) -> Content:
    """D11: every OPD and their sum, of which there is no predicate; ``root_id``: the unit of the regency."""
    lines = regency_lines(period, day)
    whole = sum((line.tally for line in lines), Tally())
    total = OpdLine(None, "Jumlah", sum(line.planned for line in lines), whole)
    return {
        **_head(period, root_id, day),
        # The regency's name stands over it already.
        "opd": "",
        "words": [str(word.label) for word in FourPredicate],
        "lines": [_opd(line, period) for line in lines],
        "total": _opd(total, None),
    }


def _head(period: Period, unit_id: int, day: date) -> Content:
    """The unit in whose name it is signed, and its head on the day, as far as there is one."""
    unit = opd_head(unit_id, day)
    heads = heads_on([unit_id], day).get(unit_id, ())
    return {
        "year": period.year,
        "start": date(period.year, 1, 1),
        "last_day": last_day_of(period),
        "regency": settings.REGENCY_NAME,
        "opd": unit.name,
        "place": unit.place,
        "head": frozen_party(heads[0].pk, day) if heads else None,
    }


def _person(line: RecapLine) -> Content:
    return {
        "name": line.employee.full_name,
        "nip": line.employee.nip or "",
        "grade": line.employee.grade,
        "title": line.title,
        "status": line.status,
        "skp": two(line.skp_value),
        "behaviour": two(line.behaviour),
        "final": two(line.final),
        "national": line.national,
        "four": line.four,
        "note": line.note,
    }


def _opd(line: OpdLine, period: Period | None) -> Content:
    """A line of D11; without ``period`` that of the sum, which has no predicate."""
    tally = line.tally
    answer = final_of(tally, Regime(period.regime), period.settings) if period else None
    return {
        "name": line.name,
        "obliged": tally.obliged,
        "planned": line.planned,
        "planned_share": _share(line.planned, tally.obliged),
        "scored": tally.scored,
        "scored_share": _share(tally.scored, tally.obliged),
        "mean": two(tally.mean),
        "counted": tally.counted,
        "words": [tally.words.get(word, 0) for word in FourPredicate],
        "without": tally.without_word,
        "predicate": answer_text(answer),
    }


def _share(part: int, whole: int) -> str:
    return show_percent((Decimal(part * 100) / whole).quantize(TENTH, ROUND_HALF_UP) if whole else None)
