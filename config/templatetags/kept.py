"""Parts of lists that are rendered once for the same values and kept, in each process.

A list is asked again and again while few of its rows change, and rendering the rows is most of its work.
"""

from collections.abc import Hashable
from functools import lru_cache

from django import template
from django.db.models import Model
from django.template.loader import render_to_string
from django.urls import get_script_prefix
from django.utils.safestring import SafeString

register = template.Library()

# Up to 1 kB each.
KEPT = 4096


@register.simple_tag
def kept(template_name: str, **values: Hashable) -> SafeString:
    """The template rendered with ``values`` alone.

    They say everything that it shows, the time left too, and equal ones look the same. Addresses may be
    left to the template: what was rendered is kept for the place where the application is mounted.
    TypeError for what can change under the same hash, rows of the database, or has none, such as lists.
    """
    for value in values.values():
        if isinstance(value, Model):
            raise TypeError(f"{type(value).__name__} is equal to itself also when it says something else.")
    return _kept(template_name, get_script_prefix(), tuple(values.items()))


@lru_cache(maxsize=KEPT)
def _kept(template_name: str, prefix: str, values: tuple[tuple[str, Hashable], ...]) -> SafeString:
    return SafeString(render_to_string(template_name, dict(values)).strip())
