"""The warning that every page of an unsafe installation carries."""

from django.conf import settings
from django.http import HttpRequest


def insecure_mode(request: HttpRequest) -> dict[str, bool]:
    """``insecure_mode``: whether the page must warn that this is no place for real data."""
    return {"insecure_mode": settings.DEBUG or settings.MODE != "production"}
