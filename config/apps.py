"""The project as an application: its system checks, its log context and its own migration."""

from typing import Any

import structlog
from django.apps import AppConfig
from django.conf import settings
from django.core import checks
from django.http import HttpRequest
from django_structlog import signals

from config.checks import check_environment, check_production
from config.logs import client_address


def bind_address(sender: object, request: HttpRequest, **kwargs: Any) -> None:
    """Put the client's address on every log line of the request."""
    structlog.contextvars.bind_contextvars(ip=client_address(request, settings.PROXY_COUNT))


class ProjectConfig(AppConfig):
    name = "config"
    verbose_name = "SKP"

    def ready(self) -> None:
        checks.register(check_environment)
        checks.register(check_production, checks.Tags.security, deploy=True)
        signals.bind_extra_request_metadata.connect(bind_address, dispatch_uid="config.bind_address")
