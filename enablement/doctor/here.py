"""The parts of the site itself. Each check answers in one sentence."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable

from django.conf import settings
from django.core.cache import cache
from django.db import DatabaseError, connection
from django.utils import timezone
from kombu.exceptions import OperationalError
from redis.exceptions import RedisError

from config.celery import app
from enablement import outbox
from enablement.doctor.diagnosis import Health
from enablement.doctor.tables import how_tables_stand
from enablement.gauges import oldest_work_seconds
from enablement.heartbeat import LATE_AFTER_SECONDS, seconds_since_regular_work
from enablement.judges.encoder import encoder_state
from enablement.judges.starter_examples import stale_adapters
from enablement.models import Head, Lesson, Passage, State
from enablement.numbers import number, per_cent
from enablement.retrieval.asking import serving_encoder
from enablement.sign_on.provider.metadata import keys_of, metadata_of, provider
from enablement.sign_on.provider.refusals import Refused

# PostgreSQL stops at a full disk; an import and the next backup want some room as well.
LOW_DISK_GIB = 2.0
FULL_DISK_GIB = 0.2
LOW_DISK_SHARE = 0.85
# Seconds. Slack's requests are refused from 300 on (SIGNATURE_WINDOW_SECONDS).
CLOCK_WARNS_AT, CLOCK_IS_WRONG_AT = 60.0, 300.0
# Seconds; `verify` holds the same to be broken.
WORK_IS_LATE_AFTER = 300.0


def _configuration() -> tuple[Health, str]:
    notes = []
    if settings.DEMO:
        notes.append("demo mode lets anybody in as a demo person")
    if not settings.OPENAI_API_KEY:
        notes.append("no language model is set, so answers come from the knowledge base's own sentences")
    if not settings.SLACK_SIGNING_SECRET:
        notes.append("Slack is not set up")
    if not settings.MAIL.host:
        notes.append("no mail server is set, so mail goes to the log")
    return Health.OK, f"The settings can be read ({'; '.join(notes) or 'everything is set'})."


def _database() -> tuple[Health, str]:
    try:
        with connection.cursor() as cursor:
            cursor.execute("SHOW server_version")
            (version,) = cursor.fetchone() or ("",)
        tables = how_tables_stand()
    except DatabaseError:
        return Health.BAD, "PostgreSQL does not answer. Start it with make run, or see DATABASE_URL."
    if tables.missing:
        return Health.BAD, f"PostgreSQL {version}: {tables.sentence}"
    if tables.unknown:
        return Health.WARN, f"PostgreSQL {version}: {tables.sentence}"
    return Health.OK, f"PostgreSQL {version}, the tables are up to date."


def _extension() -> tuple[Health, str]:
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT extversion FROM pg_extension WHERE extname = 'vector'")
            row = cursor.fetchone()
    except DatabaseError:
        return Health.BAD, "Unknown while PostgreSQL does not answer."
    if row is None:
        return (
            Health.BAD,
            "pgvector is missing. Install it for this server, then run CREATE EXTENSION vector.",
        )
    return Health.OK, f"pgvector {row[0]}."


def _clock() -> tuple[Health, str]:
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT clock_timestamp()")
            (theirs,) = cursor.fetchone() or (timezone.now(),)
    except DatabaseError:
        return Health.BAD, "Unknown while PostgreSQL does not answer."
    return clock_diagnosis((timezone.now() - theirs).total_seconds())


def clock_diagnosis(ahead: float) -> tuple[Health, str]:
    """Say how far (seconds) this machine's clock is ahead of the database's, and what follows. Pure."""
    off, way = abs(ahead), "ahead of" if ahead > 0 else "behind"
    if off <= CLOCK_WARNS_AT:
        return Health.OK, "This machine and the database agree on the time."
    health = Health.BAD if off > CLOCK_IS_WRONG_AT else Health.WARN
    return health, (
        f"This machine’s clock is {number(off)} seconds {way} the database’s: deadlines of quizzes move, "
        "and Slack’s requests are refused from 300 on. Switch time synchronisation on, on both."
    )


def _encoder() -> tuple[Health, str]:
    match encoder_state():
        case "ready":
            return Health.OK, f"The encoder answers ({settings.EMBEDDING_MODEL})."
        case "loading":
            return Health.WARN, "The encoder is still loading. Ask again in ten seconds."
        case _:
            return Health.BAD, "The encoder does not answer. Start it with make run, or see ENCODER_URL."


def _queue() -> tuple[Health, str]:
    try:
        cache.set("doctor", 1, timeout=5)
        workers = app.control.ping(timeout=1.0)
    except (RedisError, OperationalError, OSError):
        return Health.BAD, "Redis does not answer; work waits in the database. Start it, or see REDIS_URL."
    if not workers:
        return Health.BAD, "No worker answers; work waits. Start one with make run."
    return Health.OK, f"Redis answers, workers: {len(workers)}."


def _work() -> tuple[Health, str]:
    try:
        given_up = outbox.given_up().count()
    except DatabaseError:
        return Health.BAD, "Unknown while PostgreSQL does not answer."
    if given_up:
        return (
            Health.WARN,
            f"{given_up} pieces of work failed {outbox.MAX_TRIES} times. See the status page, “Try again”.",
        )
    oldest = oldest_work_seconds(timezone.now())
    if oldest > WORK_IS_LATE_AFTER:
        return (
            Health.WARN,
            f"The oldest work has waited for {number(oldest / 60)} minutes. Is the worker busy, or away?",
        )
    return Health.OK, "No work has been given up, and none is late."


def _regular_work() -> tuple[Health, str]:
    try:
        ago = seconds_since_regular_work()
    except RedisError:
        return Health.BAD, "Unknown while Redis does not answer."
    if ago is None:
        return Health.WARN, "Nobody knows when the regular work ran last. Start beat and a worker (make run)."
    if ago > LATE_AFTER_SECONDS:
        return Health.BAD, (
            f"The regular work ran last {number(ago / 60)} minutes ago, so reminders, deadlines and mail "
            "wait. Start beat, and see that a worker is free."
        )
    return Health.OK, f"The regular work ran {number(ago)} seconds ago."


def _content() -> tuple[Health, str]:
    try:
        lessons = Lesson.objects.filter(state=State.RELEASED).count()
        passages, bare = Passage.objects.count(), Passage.objects.filter(dense=None).count()
        heads = Head.objects.count()
    except DatabaseError:
        return Health.BAD, "Unknown while PostgreSQL does not answer."
    if not lessons:
        return Health.WARN, "There is no released lesson. Run manage.py load_lessons."
    if (serving := serving_encoder()) != settings.EMBEDDING_MODEL:
        read = Passage.objects.exclude(next_hash="").count()
        return Health.WARN, (
            f"{settings.EMBEDDING_MODEL} takes over the search and has read {read} of {passages} passages; "
            f"until all are read the vectors of {serving} serve. The worker goes on by itself."
        )
    if bare:
        return Health.WARN, f"{bare} of {passages} passages wait for their vectors. Run manage.py reindex."
    if not heads:
        return Health.WARN, "The judges have not learnt yet. Run manage.py train_judges."
    return Health.OK, f"{lessons} lessons, {passages} passages, {heads} heads."


def _adapters() -> tuple[Health, str]:
    stale = stale_adapters(settings.ROOT / "fixtures")
    if stale:
        reasons = "; ".join(f"{task}: {', '.join(found)}" for task, found in stale.items())
        return Health.WARN, f"{reasons}. Run manage.py train_judges --adapters, then start the site again."
    return Health.OK, "The adapters of the judges fit the encoder and their examples."


def _sign_on() -> tuple[Health, str]:
    known = provider()
    steps = f"a second step is needed by {settings.SECOND_STEP.lower()}"
    if known is None:
        return Health.OK, f"People sign in with passwords and passkeys; {steps}."
    try:
        keys = keys_of(metadata_of(known.issuer))
    except Refused as refused:
        return Health.BAD, f"{known.issuer}: {refused.reason}. See OIDC_ISSUER and docs/sign-on.md."
    if not keys:
        return Health.BAD, f"{known.issuer} publishes no keys. See OIDC_ISSUER and docs/sign-on.md."
    return Health.OK, f"{known.issuer} answers with {len(keys)} keys; {steps}."


def _disk() -> tuple[Health, str]:
    usage = shutil.disk_usage(settings.DATA_FOLDER)
    free, full = usage.free / 1024**3, usage.used / usage.total
    if not os.access(settings.DATA_FOLDER, os.W_OK):
        return Health.BAD, "The data folder cannot be written. Mount its disk for writing, or see DOSAY_DATA."
    if free < FULL_DISK_GIB:
        return Health.BAD, f"Only {number(free, 1)} GiB are free for the data. Make room now."
    if full > LOW_DISK_SHARE:
        return (
            Health.WARN,
            f"The disk with the data is {per_cent(100 * full)} full. Make room soon.",
        )
    if free < LOW_DISK_GIB:
        return Health.WARN, f"Only {number(free, 1)} GiB are free for the data. Make room soon."
    return Health.OK, f"{number(free)} GiB are free for the data."


CHECKS: dict[str, Callable[[], tuple[Health, str]]] = {
    "configuration": _configuration,
    "database": _database,
    "extension": _extension,
    "clock": _clock,
    "encoder": _encoder,
    "queue": _queue,
    "regular work": _regular_work,
    "work": _work,
    "content": _content,
    "adapters": _adapters,
    "sign-on": _sign_on,
    "disk": _disk,
}
