"""What pages about the organisation show besides the general tags."""

from datetime import date
from functools import lru_cache

from django import template
from django.urls import get_script_prefix, reverse

from config.lib.dates import format_date
from orgunits.enums import UNKNOWN_START

register = template.Library()


@register.filter
def sejak(start: date) -> str:
    """The first day of a span; one whose beginning no file tells reads "sejak semula"."""
    return "sejak semula" if start == UNKNOWN_START else format_date(start)


@register.simple_tag
def person_address(pk: int) -> str:
    """The address of a person's page, for lists: the resolver is asked once, not in each row."""
    before, after = _person_address(get_script_prefix())
    return f"{before}{pk}{after}"


@lru_cache(maxsize=8)
def _person_address(prefix: str) -> tuple[str, str]:
    """What stands before and after the key; ``prefix`` is where the application is mounted."""
    before, _, after = reverse("orgunits:person", args=[0]).rpartition("0")
    return before, after
