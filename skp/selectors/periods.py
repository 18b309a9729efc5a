"""Periods: which there are, and which one a page shows."""

from datetime import date

from skp.models import Period


def latest_period(today: date) -> Period | None:
    """The newest period that has begun by ``today``."""
    return Period.objects.filter(year__lte=today.year).order_by("-year").first()


def periods_begun(today: date) -> list[Period]:
    """Every period that has begun by ``today``, the newest first."""
    return list(Period.objects.filter(year__lte=today.year).order_by("-year"))
