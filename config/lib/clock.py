"""The only place that reads the clock; entry points call it and pass the instant down."""

from datetime import datetime

from django.utils import timezone


def now() -> datetime:
    """This instant, aware, in UTC."""
    return timezone.now()
