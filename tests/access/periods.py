"""Who gets what from periods and calendar: BKPSDM manages, the inspectorate reads, all see the year."""

from collections.abc import Mapping

from skp.models import Period, Window
from tests.access.row import Row, everyone
from tests.people import People
from tests.skp.drafts import period_2026


def _period() -> Period:
    return Period.objects.first() or period_2026()


def a_period(people: People) -> Mapping[str, object]:
    return {"year": _period().year}


def of_the_period(people: People) -> Mapping[str, object]:
    """For an address without arguments that shows the period there is."""
    _period()
    return {}


def windows(people: People) -> "dict[str, Window]":
    """The planning windows: that for all, and that of the high leaders."""
    return {window.audience: window for window in _period().windows.filter(stage="planning")}


def window_for_all(people: People) -> Mapping[str, object]:
    return {**a_period(people), "window_id": windows(people)["all"].pk}


def window_of_leaders(people: People) -> Mapping[str, object]:
    return {**a_period(people), "window_id": windows(people)["jpt"].pk}


# Columns:                  anon own  appr supr opdA othA strg bkpS insp lead
READS = "302 403 403 403 403 403 403 200 200 403"
CHANGES = "302 403 403 403 403 403 403 200 403 403"
PERIODS = (
    everyone("skp:calendar", 302, 200, of_the_period),
    everyone("assessments:scoring_settings", 302, 200),
    Row("skp:periods", READS, of_the_period),
    Row("skp:period", READS, a_period),
    Row("skp:period_settings", READS, a_period),
    Row("skp:period_history", READS, a_period),
    Row("skp:period_settings_edit", CHANGES, a_period),
    Row("skp:window", CHANGES, window_for_all),
    Row("skp:window_open", CHANGES, window_for_all),
    Row("skp:window_close", CHANGES, window_for_all),
    Row("skp:window_jpt", CHANGES, window_for_all),
    Row("skp:window_remove", CHANGES, window_of_leaders),
    Row("assessments:recompute_results", CHANGES.replace("200", "302"), a_period, "post"),
)
