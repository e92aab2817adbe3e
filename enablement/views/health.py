"""Whether the process lives, and whether the site can do its work. For machines; no sign-in."""

from __future__ import annotations

import logging
import shutil
from collections.abc import Callable, Collection

from django.conf import settings
from django.core.cache import cache
from django.db import DatabaseError, connection
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe
from redis.exceptions import RedisError

from enablement.doctor.here import FULL_DISK_GIB, WORK_IS_LATE_AFTER
from enablement.doctor.tables import how_tables_stand
from enablement.gauges import oldest_work_seconds
from enablement.judges.encoder import encoder_state

log = logging.getLogger(__name__)

OK = "ok"
UNKNOWN = "Unknown while the database does not answer."


@require_safe
@never_cache
def livez(request: HttpRequest) -> HttpResponse:
    return HttpResponse("ok\n", content_type="text/plain")


@require_safe
@never_cache
def readyz(request: HttpRequest) -> JsonResponse:
    """Say for each part `ok` or why not, and all together `ready`, `degraded` or `down`.

    503 while `down`: pages cannot be given. And 503 while something is away that this process has not found
    yet: it has just been started, and whoever came would get half a site. What goes away later makes the site
    `degraded` with 200: all web processes miss it alike, and sending nobody to any of them helps nobody.
    """
    checks = {name: check() for name, check in CHECKS.items()}
    state = STARTED.state(frozenset(name for name, said in checks.items() if said != OK))
    body = {"ready": state == "ready", "state": state, "checks": checks}
    return JsonResponse(body, status=503 if state == "down" else 200)


class Started:
    """What this process has found in order at least once."""

    def __init__(self, parts: Collection[str], needed: Collection[str]) -> None:
        self._still_to_find, self._needed = set(parts), frozenset(needed)

    def state(self, ill: Collection[str]) -> str:
        """Return `ready`, `degraded` or `down`, and remember what was found."""
        self._still_to_find &= set(ill)
        if not ill:
            return "ready"
        return "down" if self._needed & set(ill) or self._still_to_find else "degraded"


def _database() -> str:
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except DatabaseError as error:
        log.warning("readyz: database: %s", error)
        return "The database does not answer. See that PostgreSQL runs and that DATABASE_URL is right."
    return OK


def _migrations() -> str:
    """Tables of a newer version are no reason to send people elsewhere; `doctor` tells."""
    try:
        tables = how_tables_stand()
    except DatabaseError:
        return UNKNOWN
    return tables.sentence if tables.missing else OK


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


def _work() -> str:
    try:
        waited = oldest_work_seconds(timezone.now())
    except DatabaseError:
        return UNKNOWN
    if waited > WORK_IS_LATE_AFTER:
        return f"Work has waited for {waited / 60:.0f} minutes. See that a worker and beat run."
    return OK


def _disk() -> str:
    free = shutil.disk_usage(settings.DATA_FOLDER).free / 1024**3
    return OK if free >= FULL_DISK_GIB else f"Only {free:.1f} GiB are free for the data. Make room now."


CHECKS: dict[str, Callable[[], str]] = {
    "database": _database,
    "migrations": _migrations,
    "redis": _redis,
    "encoder": _encoder,
    "work": _work,
    "disk": _disk,
}
# Late work is no fault of a process that has just been started.
STARTED = Started(parts=("database", "migrations", "redis", "encoder"), needed=("database", "migrations"))
