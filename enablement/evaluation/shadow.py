"""A collection of one's own for measuring: temporary tables in front of the real ones.

PostgreSQL looks a table up among the temporary ones first, so inside `shadow_tables()` the product's own
SQL, unchanged, indexes and searches what was put there and cannot reach the knowledge base.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection, transaction

from enablement.models import Collection, Lesson, Lexeme, Passage, State

SHADOWED = (Lesson, Passage, Lexeme, Collection)


@contextmanager
def shadow_tables() -> Iterator[Lesson]:
    """Give an empty collection with one released lesson, and take all of it away at the end."""
    with transaction.atomic():
        with connection.cursor() as cursor:
            # Temporary tables have buffers of their own; the usual 8 MB would measure nothing but reads.
            cursor.execute("SET LOCAL temp_buffers = '1GB'")
            for model in SHADOWED:
                table = connection.ops.quote_name(model._meta.db_table)
                cursor.execute(
                    f"CREATE TEMPORARY TABLE {table} "
                    f"(LIKE {table} INCLUDING DEFAULTS INCLUDING IDENTITY INCLUDING GENERATED "
                    "INCLUDING INDEXES) ON COMMIT DROP"
                )
        yield Lesson.objects.create(slug="measured", title="Measured", state=State.RELEASED)
        transaction.set_rollback(True)
