"""Who is not obliged by a document, and for how long it must hold (rules.md §8)."""

from dataclasses import dataclass
from datetime import date

from config.lib.dates import covers
from config.lib.decisions import ALLOWED, Decision, refused
from skp.enums import ExemptionKind
from skp.settings import PlanSettings


@dataclass(frozen=True, slots=True)
class ExemptionFacts:
    """A valid exemption during ``[start, until)``."""

    kind: ExemptionKind
    start: date
    until: date


def exempts(exemption: ExemptionFacts, day: date, settings: PlanSettings) -> bool:
    """Whether the exemption lifts the duty of a stage whose reference day is ``day``."""
    return covers(exemption.start, exemption.until, day) and bool(long_enough(exemption, settings))


def long_enough(exemption: ExemptionFacts, settings: PlanSettings) -> Decision:
    """Whether its span is one that exempts; the refusal says what the period's settings ask."""
    start, until = exemption.start, exemption.until
    match exemption.kind:
        case ExemptionKind.STUDY:
            if until < months_later(start, settings.study_min_months):
                return refused(
                    f"Tugas belajar mengecualikan mulai {settings.study_min_months} bulan;"
                    " masa ini lebih pendek."
                )
        case ExemptionKind.MATERNITY | ExemptionKind.SICKNESS:
            if (until - start).days <= settings.leave_over_days:
                return refused(
                    f"Cuti mengecualikan bila lebih dari {settings.leave_over_days} hari;"
                    " masa ini lebih pendek."
                )
        case ExemptionKind.NEW_IN_POST:
            if until > months_later(start, settings.new_in_post_months):
                return refused(
                    f"Masa dalam jabatan baru dikecualikan paling lama {settings.new_in_post_months} bulan."
                )
    return ALLOWED


def months_later(day: date, months: int) -> date:
    """The day so many months later, the month's last where it has no such day."""
    month = day.month - 1 + months
    year, month = day.year + month // 12, month % 12 + 1
    first_of_next = date(year + month // 12, month % 12 + 1, 1)
    last = (first_of_next - date.resolution).day
    return date(year, month, min(day.day, last))
