"""A demo regency for tests: seeded by the command at a given instant, with its people by key."""

from datetime import UTC, datetime
from io import StringIO

from django.core.management import call_command

from config.lib import clock
from orgunits.models import Employee
from orgunits.selectors.viewers import viewer_for
from orgunits.viewer import Viewer

TODAY = datetime(2026, 11, 22, 5, 0, tzinfo=UTC)
FEW = 90


def seed(monkeypatch, now: datetime = TODAY, **options) -> str:
    """What the command prints."""
    monkeypatch.setattr(clock, "now", lambda: now)
    out = StringIO()
    call_command("seed_demo", stdout=out, **{"employees": FEW, **options})
    return out.getvalue()


def person(key: str) -> Employee:
    """Somebody of the cast or the crowd."""
    people = Employee.objects.select_related("user")
    return people.get(user__username=key) if key == "bupati" else people.get(external_id=f"DEMO-{key}")


def viewer(key: str, now: datetime) -> Viewer:
    """The same person as the application sees them at ``now``."""
    user = person(key).user
    assert user is not None
    return viewer_for(user, now)
