"""System checks of the installation, for the people who run it.

``manage.py check`` and every command that starts the application refuse values that cannot
work; ``manage.py check --deploy`` names what would be unsafe with real data.
"""

from ipaddress import ip_address
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.core import checks
from django.core.checks import CheckMessage, Error

from config.lib.colour import parse_hex
from config.lib.dates import ZONE_NAMES


def check_environment(app_configs: object, **kwargs: Any) -> list[CheckMessage]:
    """Values that no installation can work with."""
    problems: list[CheckMessage] = []
    if settings.TIME_ZONE not in ZONE_NAMES:
        problems.append(
            Error(
                f"OFFICE_TIME_ZONE is {settings.TIME_ZONE!r}, which is no zone of Indonesia.",
                hint=f"Use one of {', '.join(ZONE_NAMES)}.",
                id="skp.E001",
            )
        )
    if settings.MODE == "production" and settings.DEBUG:
        problems.append(
            Error(
                "DEBUG is on in production: error pages would show data and settings to everyone.",
                hint="Remove DEBUG from the environment.",
                id="skp.E002",
            )
        )
    if settings.PROXY_COUNT < 0:
        problems.append(Error("PROXY_COUNT must be 0 or more.", id="skp.E003"))
    try:
        parse_hex(settings.REGENCY_COLOUR)
    except ValueError:
        problems.append(
            Error(
                f"REGENCY_COLOUR is {settings.REGENCY_COLOUR!r}, which is no colour.",
                hint="Write it as #rrggbb, such as #0f5c63.",
                id="skp.E004",
            )
        )
    if settings.EMAIL_TIMEOUT < 1:
        problems.append(Error("EMAIL_TIMEOUT must be 1 second or more.", id="skp.E005"))
    return problems


def check_production(app_configs: object, **kwargs: Any) -> list[CheckMessage]:
    """Settings that are unsafe with the data of real people."""
    problems: list[CheckMessage] = []
    if settings.MODE != "production":
        problems.append(
            checks.Warning(
                "The application runs in development mode; every page says so in a banner.",
                hint="Set SKP_MODE=production and the variables listed in docs/operations.md.",
                id="skp.W001",
            )
        )
    if "*" in settings.ALLOWED_HOSTS:
        problems.append(
            checks.Warning(
                "ALLOWED_HOSTS accepts every host name.",
                hint="Name the addresses under which the application is reached.",
                id="skp.W002",
            )
        )
    if settings.EMAIL_BACKEND.endswith(("console.EmailBackend", "dummy.EmailBackend")):
        problems.append(
            checks.Warning(
                "Mail goes nowhere: EMAIL_URL names no mail server.",
                hint="For example EMAIL_URL=smtp+tls://user:password@mail.example.go.id:587",
                id="skp.W003",
            )
        )
    problems += _public_address()
    return problems


def _public_address() -> list[CheckMessage]:
    """PUBLIC_URL stands in the QR codes of documents, made once; strangers must reach it."""
    try:
        address = urlsplit(settings.PUBLIC_URL)
        host = address.hostname or ""
        sound = address.scheme == "https" and not (
            address.path.strip("/") or address.query or address.fragment
        )
    except ValueError:
        host, sound = "", False
    if sound and "." in host and not _is_private(host):
        return []
    return [
        checks.Warning(
            f"PUBLIC_URL is {settings.PUBLIC_URL!r}: the QR codes of issued documents would lead nowhere.",
            hint="Set it to the address under which everybody reaches the application, such as "
            "https://skp.example.go.id, before the first document is issued.",
            id="skp.W004",
        )
    ]


def _is_private(host: str) -> bool:
    """Whether it is a numeric address of one machine or office, or a name that only those know."""
    try:
        return not ip_address(host).is_global
    except ValueError:
        return host.endswith((".localhost", ".local", ".internal"))
