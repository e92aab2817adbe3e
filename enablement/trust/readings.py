"""How often pieces are opened and given: what is never read, and what weighs most when it expires."""

from __future__ import annotations

from collections import Counter
from datetime import timedelta

from django.db import connection, models
from django.utils import timezone

from enablement.models import Delivery, Person, Reading
from enablement.trust.facts import Pair

# Use is counted over this many days.
USE_DAYS = 90

_COUNT = """
INSERT INTO enablement_reading (kind, slug, day, count) VALUES (%s, %s, %s, 1)
ON CONFLICT ON CONSTRAINT one_reading_per_day DO UPDATE SET count = enablement_reading.count + 1
"""


def count_reading(kind: str, slug: str, person: Person) -> None:
    """Note that a piece was opened. Editors open pieces to work on them, so theirs do not count."""
    if not person.is_editor:
        with connection.cursor() as cursor:
            cursor.execute(_COUNT, [kind, slug, timezone.now().date()])


def use_of_pieces() -> Counter[Pair]:
    """How often each piece was opened by readers or given to somebody in the last 90 days."""
    since = timezone.now() - timedelta(days=USE_DAYS)
    opened = Reading.objects.filter(day__gte=since.date()).values_list("kind", "slug")
    given = Delivery.objects.filter(given_at__gte=since).order_by().values_list("kind", "slug")
    use: Counter[Pair] = Counter()
    for kind, slug, count in opened.annotate(total=models.Sum("count")):
        use[kind, slug] += count
    for kind, slug, count in given.annotate(total=models.Count("pk")):
        use[kind, slug] += count
    return use
