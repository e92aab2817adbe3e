"""Whether the process lives, and whether the site can do its work. For machines; no sign-in."""

from __future__ import annotations

import logging
from collections.abc import Callable

from django.core.cache import cache
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe
from redis.exceptions import RedisError

from enablement.judges.encoder import encoder_state

log = logging.getLogger(__name__)

OK = "ok"


@require_safe
@never_cache
def livez(request: HttpRequest) -> HttpResponse:
    return HttpResponse("ok\n", content_type="text/plain")


@require_safe
@never_cache
def readyz(request: HttpRequest) -> JsonResponse:
    """Say for each part `ok` or why not. 200 when all are ok, 503 otherwise."""
    checks = {name: check() for name, check in CHECKS.items()}
    ready = all(state == OK for state in checks.values())
    return JsonResponse({"ready": ready, "checks": checks}, status=200 if ready else 503)


def _database() -> str:
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except DatabaseError as error:
        log.warning("readyz: database: %s", error)
        return "The database does not answer. See that PostgreSQL runs and that DATABASE_URL is right."
    return OK


def _migrations() -> str:
    try:
        executor = MigrationExecutor(connection)
        missing = len(executor.migration_plan(executor.loader.graph.leaf_nodes()))
    except DatabaseError:
        return "Unknown while the database does not answer."
    return f"{missing} not applied yet. Run manage.py migrate." if missing else OK


def _redis() -> str:
    try:
        cache.set("readyz", 1, timeout=5)
    except (RedisError, OSError) as error:
        log.warning("readyz: redis: %s", error)
        return "Redis does not answer. See that it runs and that REDIS_URL is right."
    return OK


def _encoder() -> str:
    reasons = {
        "ready": OK,
        "loading": "The encoder is still loading. It takes a few seconds.",
        "away": "The encoder does not answer. See that it runs and that ENCODER_URL is right.",
    }
    return reasons[encoder_state()]


CHECKS: dict[str, Callable[[], str]] = {
    "database": _database,
    "migrations": _migrations,
    "redis": _redis,
    "encoder": _encoder,
}
