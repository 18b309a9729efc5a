"""Which scheme a post plans in, and which days of a year its plan covers (rules.md §3)."""

from datetime import date

from skp.enums import Approach, Regime, Scheme

# Eselon II.a and II.b, the high-leadership posts of a regency.
JPT_ECHELONS = frozenset({"21", "22"})


def scheme_of(*, echelon: str, is_head: bool, unit_is_opd: bool, unit_is_standalone: bool) -> Scheme:
    """``jpt`` for eselon II and for heads of an OPD or of a stand-alone unit, else ``ja_jf``."""
    if echelon in JPT_ECHELONS or (is_head and (unit_is_opd or unit_is_standalone)):
        return Scheme.JPT
    return Scheme.JA_JF


def plan_span(year: int, start: date, until: date | None) -> tuple[date, date] | None:
    """The part of the year, half-open, in which the assignment ``[start, until)`` stands; None outside it."""
    first = max(start, date(year, 1, 1))
    last = min(until or date.max, date(year + 1, 1, 1))
    return (first, last) if first < last else None


def approaches_of(regime: Regime) -> tuple[Approach, ...]:
    """The approaches in which a plan of the regime may be written; ``numeric`` scores measured targets
    only (rules.md §3).
    """
    if regime == Regime.NUMERIC:
        return (Approach.QUANTITATIVE,)
    return (Approach.QUANTITATIVE, Approach.QUALITATIVE)
