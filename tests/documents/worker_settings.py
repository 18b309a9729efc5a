"""Settings of a worker under test: the kinds of the tests, a short lease, little patience with locks."""

from config.settings import *  # noqa: F403
from config.settings import DATABASES

JOB_KINDS = [
    f"tests.documents.kinds.{name}"
    for name in ("count_parts", "one_long_step", "steps_without_items", "refuse", "break_down")
]
JOB_LEASE_SECONDS = 2
if DATABASES["default"]["ENGINE"] == "django.db.backends.sqlite3":
    DATABASES["default"]["OPTIONS"]["timeout"] = 1  # type: ignore[index]
