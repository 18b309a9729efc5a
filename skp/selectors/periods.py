"""Periods: which there are, which one a page shows, their schedule and history as pages list them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.urls import reverse

from config.lib.cards import Card, Section
from config.lib.dates import format_moment, office_date, time_left
from config.lib.prepared import Given, Prepared
from orgunits.viewer import Viewer
from skp.models import Period, Window
from skp.states import Audience, Stage
from skp.year import Standing, stage_name, standing

# How many days ahead BKPSDM is told of a stage that opens or closes.
AHEAD = timedelta(days=7)
DECEMBER = 12
STAGES = tuple(Stage)


LATEST = Prepared(lambda: Period.objects.filter(year__lte=Given("year")).order_by("-year")[:1])


def latest_period(today: date) -> Period | None:
    """The newest period that has begun by ``today``."""
    return LATEST.first(year=today.year)


def periods_begun(today: date) -> list[Period]:
    """Every period that has begun by ``today``, the newest first."""
    return list(Period.objects.filter(year__lte=today.year).order_by("-year"))


def all_periods() -> list[Period]:
    """Every period with its windows, the newest first."""
    return list(Period.objects.prefetch_related("windows").order_by("-year"))


def period_of_year(year: int) -> Period | None:
    """The period of the year with its windows."""
    return Period.objects.prefetch_related("windows").filter(year=year).first()


@dataclass(frozen=True, slots=True)
class WindowRow:
    """A window as the schedule lists it; ``lacks_jpt``: the high leaders have no times of their own there."""

    window: Window
    name: str
    standing: Standing
    lacks_jpt: bool

    @property
    def for_all(self) -> bool:
        """Whether the window is the one for all."""
        return self.window.audience == Audience.ALL


def window_rows(period: Period, now: datetime) -> list[WindowRow]:
    """The schedule by opening; of one stage the high leaders' window stands below that for all."""
    windows = list(period.windows.all())
    own = {(window.stage, window.interval) for window in windows if window.audience == Audience.JPT}
    intervals = period.settings.monitoring_intervals
    starts = {
        (window.stage, window.interval): window.opens_at
        for window in windows
        if window.audience == Audience.ALL
    }

    def order(window: Window) -> tuple[datetime, int, int, bool]:
        place = (window.stage, window.interval)
        first = starts.get(place, window.opens_at)
        return (first, STAGES.index(Stage(window.stage)), window.interval, window.audience == Audience.JPT)

    return [
        WindowRow(
            window=window,
            name=stage_name(Stage(window.stage), window.interval, intervals),
            standing=standing(opens_at=window.opens_at, due_at=window.closes_at, now=now),
            lacks_jpt=window.audience == Audience.ALL and (window.stage, window.interval) not in own,
        )
        for window in sorted(windows, key=order)
    ]


def start_cards(viewer: Viewer, now: datetime) -> Sequence[Card]:
    """For BKPSDM: a period that is missing, and stages that open or close within a week."""
    if not viewer.is_bkpsdm:
        return []
    today = office_date(now)
    years = {today.year, today.year + 1} if today.month == DECEMBER else {today.year}
    periods = list(Period.objects.filter(year__gte=today.year - 1).prefetch_related("windows"))
    missing = sorted(years - {period.year for period in periods})
    cards = [
        Card(
            title=f"Buat periode {year}",
            body="Tanpa periode, pegawai belum dapat menyusun rencana tahun itu.",
            verb="Buat periode",
            url=reverse("skp:periods"),
        )
        for year in missing
    ]
    return cards + [card for period in periods for card in _week_ahead(period, now)]


def _week_ahead(period: Period, now: datetime) -> list[Card]:
    url = reverse("skp:period", args=[period.year])
    cards = []
    for row in window_rows(period, now):
        subject = f"{row.name} {period.year}" + ("" if row.for_all else " untuk pimpinan tinggi")
        opens, closes = row.window.opens_at, row.window.closes_at
        if now < opens <= now + AHEAD:
            title = f"{subject} dibuka {time_left(now, opens)}"
            cards.append(Card(title=title, body=format_moment(opens), url=url, section=Section.RUNNING))
        elif opens <= now < closes <= now + AHEAD:
            cards.append(
                Card(title=f"{subject} segera ditutup", url=url, due_at=closes, section=Section.RUNNING)
            )
    return cards
