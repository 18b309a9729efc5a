"""Liveness and readiness, for probes and monitors.

``/healthz`` says that the process answers. ``/readyz`` says whether it can serve: 200 with every
check "ok", or 503 with the names of the failing ones and why. Both are public, show no data of
people and touch neither session nor user.
"""

import shutil
from collections.abc import Callable
from datetime import datetime

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor
from django.db.models import Case, F, Min, When
from django.http import HttpRequest, JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe
from django_tasks_db.models import DBTaskResult

from config.lib import clock

OK = "ok"


def database_check(now: datetime) -> str:
    """Whether the database answers."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    return OK


def migrations_check(now: datetime) -> str:
    """Whether every migration of the code has been applied."""
    executor = MigrationExecutor(connection)
    pending = len(executor.migration_plan(executor.loader.graph.leaf_nodes()))
    return f"{pending} pending" if pending else OK


def queue_check(now: datetime) -> str:
    """Whether some worker takes tasks up within ``READY_QUEUE_SECONDS``."""
    due_at = Case(When(run_after__lte=now, then=F("run_after")), default=F("enqueued_at"))
    waiting = DBTaskResult.objects.ready().aggregate(since=Min(due_at))["since"]
    age = int((now - waiting).total_seconds()) if waiting else 0
    return f"oldest task waits {age} s" if age > settings.READY_QUEUE_SECONDS else OK


def disk_check(now: datetime) -> str:
    """Whether the place of uploads and results has ``READY_FREE_MB`` megabytes left."""
    free = shutil.disk_usage(settings.VAR_DIR).free // 1_000_000
    return f"{free} MB free" if free < settings.READY_FREE_MB else OK


CHECKS: dict[str, Callable[[datetime], str]] = {
    "database": database_check,
    "migrations": migrations_check,
    "queue": queue_check,
    "disk": disk_check,
}


def outcome(check: Callable[[datetime], str], now: datetime) -> str:
    """What a check says; a database or disk that cannot be asked is a finding, not a crash."""
    try:
        return check(now)
    except (DatabaseError, OSError) as error:
        # The class alone: the text may name hosts and users.
        return f"unreachable ({type(error).__name__})"


@login_not_required
@never_cache
@require_safe
def healthz(request: HttpRequest) -> JsonResponse:
    return JsonResponse({"status": OK})


@login_not_required
@never_cache
@require_safe
def readyz(request: HttpRequest) -> JsonResponse:
    now = clock.now()
    results = {name: outcome(check, now) for name, check in CHECKS.items()}
    failing = [name for name, result in results.items() if result != OK]
    return JsonResponse(
        {"status": "failing" if failing else OK, "failing": failing, "checks": results},
        status=503 if failing else 200,
    )
