"""Which stage of which year a page of the board speaks of."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from compliance.rules import board_windows, present_window, stage_label
from config.lib.prepared import Given, Prepared
from skp.deadlines import WindowFacts
from skp.models import Period, Window
from skp.selectors.plans import window_facts
from skp.settings import PlanSettings
from skp.states import Audience, Stage

WINDOWS = Prepared(
    lambda: (
        Window.objects.filter(period__year__lte=Given("year"))
        .select_related("period")
        .order_by("-period__year")
    )
)
# The columns that choose a stage's rows, for prepared queries; ``BoardStage.given`` are their values.
GIVEN_STAGE = {"period": Given("period"), "stage": Given("stage"), "interval": Given("interval")}


@dataclass(frozen=True, slots=True)
class BoardStage:
    """A stage, with its interval, of a period; ``key`` names it in addresses, "monitoring-2"."""

    period: Period
    window: WindowFacts
    key: str
    label: str
    settings: PlanSettings

    @property
    def rows(self) -> dict[str, object]:
        """The columns that choose its rows, of duties as of snapshots."""
        return {"period": self.period, "stage": self.window.stage.value, "interval": self.window.interval}

    @property
    def given(self) -> dict[str, int | str]:
        """The same as the values of ``GIVEN_STAGE``."""
        return {"period": self.period.pk, "stage": self.window.stage.value, "interval": self.window.interval}


def stages_begun(today: date) -> dict[Period, list[BoardStage]]:
    """The stages of every period that has begun by ``today``, the newest first; one query.

    A period has windows from its first moment, so none is missed by asking for these.
    """
    windows: dict[Period, list[WindowFacts]] = {}
    for row in WINDOWS.rows(year=today.year):
        facts = WindowFacts(
            Stage(row.stage), Audience(row.audience), row.interval, row.opens_at, row.closes_at
        )
        windows.setdefault(row.period, []).append(facts)
    return {period: _stages(period, found) for period, found in windows.items()}


def stages_of(period: Period) -> list[BoardStage]:
    """Every stage of the period that has a window for all, in the order in which they close; one query."""
    return _stages(period, window_facts(period))


def _stages(period: Period, windows: Iterable[WindowFacts]) -> list[BoardStage]:
    known = board_windows(windows)
    intervals = max((row.interval for row in known), default=0)
    settings = period.settings
    return [
        BoardStage(period, row, _key(row), stage_label(row.stage, row.interval, intervals), settings)
        for row in known
    ]


def _key(window: WindowFacts) -> str:
    return f"{window.stage.value}-{window.interval}" if window.interval else window.stage.value


def chosen_stage(stages: list[BoardStage], key: str, now: datetime) -> BoardStage | None:
    """The stage of that key; for an empty one the stage that matters now. None for an unknown key."""
    if key:
        return next((stage for stage in stages if stage.key == key), None)
    present = present_window([stage.window for stage in stages], now)
    return next((stage for stage in stages if stage.window == present), None)


def period_judged(begun: Mapping[Period, list[BoardStage]], now: datetime) -> Period | None:
    """The newest period whose assessment has opened, else the newest; None without any."""
    opened = (
        period
        for period, stages in begun.items()
        if any(row.window.stage == Stage.ASSESSMENT and row.window.opens_at <= now for row in stages)
    )
    return next(opened, next(iter(begun), None))
