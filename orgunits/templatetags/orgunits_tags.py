"""What pages about the organisation show besides the general tags."""

from datetime import date

from django import template

from config.lib.dates import format_date
from orgunits.enums import UNKNOWN_START

register = template.Library()


@register.filter
def sejak(start: date) -> str:
    """The first day of a span; one whose beginning no file tells reads "sejak semula"."""
    return "sejak semula" if start == UNKNOWN_START else format_date(start)
