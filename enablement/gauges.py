"""How it stands now, read from the database and the queue when a monitoring system asks."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import datetime, time

from django.db import DatabaseError, models
from django.utils import timezone
from kombu.exceptions import OperationalError
from prometheus_client.core import GaugeMetricFamily
from prometheus_client.registry import Collector
from redis.exceptions import RedisError

from config.celery import app
from enablement import outbox
from enablement.heartbeat import seconds_since_regular_work
from enablement.models import ModelCall, Verification

AWAY = (DatabaseError, RedisError, OperationalError, OSError)


def oldest_work_seconds(now: datetime) -> float:
    """Return how long the oldest work that may still be done has waited; 0 where none waits."""
    oldest = outbox.waiting().order_by("created_at").values_list("created_at", flat=True).first()
    return max(0.0, (now - oldest).total_seconds()) if oldest else 0.0


def queue_length() -> int:
    """Return how many messages the broker holds that no worker has taken. Raises one of AWAY."""
    with app.connection_for_read() as connection:
        connection.ensure_connection(max_retries=1, timeout=1)
        with connection.channel() as channel:
            return int(channel.queue_declare(queue=app.conf.task_default_queue, passive=False).message_count)


def _expired() -> float:
    last = Verification.objects.order_by("kind", "slug", "-at").distinct("kind", "slug")
    return sum(until <= timezone.now() for until in last.values_list("until", flat=True))


def _tokens_today() -> float:
    midnight = timezone.make_aware(datetime.combine(timezone.localdate(), time.min))
    both = models.Sum(models.F("tokens_read") + models.F("tokens_written"))
    return float(ModelCall.objects.filter(at__gte=midnight).aggregate(sum=both)["sum"] or 0)


GAUGES: dict[str, tuple[str, Callable[[], float | None]]] = {
    "dosay_outbox_waiting": ("Follow-up work that is still to be done.", lambda: outbox.waiting().count()),
    "dosay_outbox_oldest_seconds": (
        "Age of the oldest follow-up work that is still to be done.",
        lambda: oldest_work_seconds(timezone.now()),
    ),
    "dosay_work_given_up": ("Work that failed five times.", lambda: outbox.given_up().count()),
    "dosay_queue_messages": ("Messages that no worker has taken.", queue_length),
    "dosay_regular_work_seconds": ("Since the regular work ran last.", seconds_since_regular_work),
    "dosay_content_expired": ("Pieces whose last verification has expired.", _expired),
    "dosay_model_tokens_today": ("Tokens taken or set aside since midnight.", _tokens_today),
}


class Gauges(Collector):
    """Reads every gauge when asked. One that cannot be read is left out, and the others are told."""

    def describe(self) -> Iterator[GaugeMetricFamily]:
        # Nothing is read when this is registered.
        yield from ()

    def collect(self) -> Iterator[GaugeMetricFamily]:
        away = 0
        for name, (meaning, read) in GAUGES.items():
            try:
                value = read()
            except AWAY:
                away += 1
                continue
            if value is not None:
                yield GaugeMetricFamily(name, meaning, value=value)
        yield GaugeMetricFamily("dosay_gauges_away", "Gauges that could not be read.", value=away)
