"""Rows with a span ``[start, until)``, on a day."""

from datetime import date

from django.db.models import Q

from config.lib.prepared import Given


def on_day(day: date | Given, prefix: str = "") -> Q:
    """The rows in force on ``day``; ``prefix`` leads to them, "assignments__"."""
    return Q(**{f"{prefix}start__lte": day}) & not_ended(day, prefix)


def not_ended(day: date | Given, prefix: str = "") -> Q:
    """The rows in force on ``day`` or later."""
    return Q(**{f"{prefix}until__isnull": True}) | Q(**{f"{prefix}until__gt": day})
