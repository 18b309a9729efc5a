"""The interim predicate of an OPD and what the board reads off its counts. Pure (rules.md §7)."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from assessments.enums import FourPredicate
from skp.deadlines import WindowFacts
from skp.settings import PlanSettings
from skp.states import Audience, Stage


@dataclass(frozen=True, slots=True)
class Counts:
    """People of one stage: ``obliged``, and of these who fulfilled it, whose plan is agreed, who is late.

    Late: obliged, not fulfilled, and the own deadline has passed.
    """

    obliged: int = 0
    fulfilled: int = 0
    agreed: int = 0
    late: int = 0

    @property
    def unfulfilled(self) -> int:
        """Obliged people who have not fulfilled the stage."""
        return self.obliged - self.fulfilled

    @property
    def percent(self) -> Decimal | None:
        """Fulfilled in percent of the obliged, unrounded; None when nobody is obliged."""
        return Decimal(self.fulfilled * 100) / self.obliged if self.obliged else None

    def __add__(self, other: "Counts") -> "Counts":
        return Counts(
            self.obliged + other.obliged,
            self.fulfilled + other.fulfilled,
            self.agreed + other.agreed,
            self.late + other.late,
        )


def opd_predicate(counts: Counts, settings: PlanSettings) -> FourPredicate | None:
    """The interim predicate by the share of those who fulfilled, unrounded; None when nobody is obliged.

    Compared in whole numbers, so that exactly 90 % is Memuaskan and one person fewer is not.
    """
    if not counts.obliged:
        return None
    reached = counts.fulfilled * 100
    for word, threshold in share_thresholds(settings).items():
        if reached >= threshold * counts.obliged:
            return word
    return FourPredicate.VERY_BAD


def share_thresholds(settings: PlanSettings) -> dict[FourPredicate, int]:
    """From how many percent of the obliged on an OPD has each predicate, best first; the worst has none."""
    return {
        FourPredicate.SATISFACTORY: settings.opd_memuaskan_from,
        FourPredicate.GOOD: settings.opd_baik_from,
        FourPredicate.BAD: settings.opd_buruk_from,
    }


def change_in_points(now: Counts, before: Counts | None) -> Decimal | None:
    """By how many percent points the share moved, unrounded; None where one of the two has no share."""
    if before is None or now.percent is None or before.percent is None:
        return None
    return now.percent - before.percent


def board_windows(windows: Iterable[WindowFacts]) -> list[WindowFacts]:
    """The windows for everybody in the order in which they close; objections count from receipt."""
    known = [row for row in windows if row.audience == Audience.ALL and row.stage != Stage.OBJECTION]
    return sorted(known, key=lambda row: (row.closes_at, row.opens_at))


def present_window(windows: Iterable[WindowFacts], now: datetime) -> WindowFacts | None:
    """The window that matters at ``now``: the open one that closes first, else the one that closed last.

    Before any has opened the first; None for a period without windows.
    """
    known = board_windows(windows)
    running = [row for row in known if row.opens_at <= now < row.closes_at]
    closed = [row for row in known if row.closes_at <= now]
    return next(iter(running[:1] or closed[-1:] or known[:1]), None)


def stage_label(stage: Stage, interval: int, intervals: int) -> str:
    """ "Perencanaan", "Pemantauan triwulan 2"; ``intervals``: how many the year has, 4 or 12."""
    if stage != Stage.MONITORING:
        return str(stage.label)
    return f"{stage.label} {'bulan' if intervals > 4 else 'triwulan'} {interval}"
