"""How often pieces are opened and given: what is never read, and what weighs most when it expires."""

from __future__ import annotations

from collections import Counter
from datetime import date, datetime, timedelta

from django.db import connection, models
from django.utils import timezone

from enablement.models import CardOpening, Delivery, Person, Reading
from enablement.roles import may_edit
from enablement.trust.facts import Pair

# Use is counted over this many days.
USE_DAYS = 90

# Whether a card helped is asked of half a year (quizzes/reports/content.py).
OPENINGS_KEPT = timedelta(days=185)

# One trip to the database: a page that is read waits for it.
_COUNT = """
WITH opened AS (
    INSERT INTO enablement_cardopening (person_id, slug, day, at)
    SELECT %(person)s, %(slug)s, %(day)s, %(now)s WHERE %(kind)s = 'card'
    ON CONFLICT ON CONSTRAINT one_card_opening_per_day DO NOTHING
)
INSERT INTO enablement_reading (kind, slug, day, count) VALUES (%(kind)s, %(slug)s, %(day)s, 1)
ON CONFLICT ON CONSTRAINT one_reading_per_day DO UPDATE SET count = enablement_reading.count + 1
"""


def count_reading(kind: str, slug: str, person: Person) -> None:
    """Note that a piece was opened, and of a card by whom.

    Editors open pieces to work on them, so theirs do not count.
    """
    if not may_edit(person):
        now = timezone.now()
        row: dict[str, int | str | date | datetime] = {
            "person": person.pk,
            "kind": kind,
            "slug": slug,
            "day": now.date(),
            "now": now,
        }
        with connection.cursor() as cursor:
            cursor.execute(_COUNT, row)


def forget_openings() -> None:
    """Drop who opened which card where nothing is made of it any more."""
    CardOpening.objects.filter(at__lt=timezone.now() - OPENINGS_KEPT).delete()


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
