"""The database refuses to change the audit, whoever asks; two ways stay open, and both are narrow."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

import pytest
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from enablement.audit import note
from enablement.audit.keeping import TAKE_NAMES_OUT, forget_before, take_names_out
from enablement.models import AuditEvent, Person

TABLE = "enablement_auditevent"


@pytest.fixture
def row(ada: Person) -> AuditEvent:
    return note(ada, "change", "team", "north", before={"who": "Ada Okafor"}, after={"who": ["nobody"]})


def run(sql: str) -> None:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute(sql)


@pytest.fixture
def as_anybody() -> Iterator[None]:
    """Without what lets tests empty their tables."""
    run("SET dosay.audit_may_be_emptied = ''")
    yield
    run("SET dosay.audit_may_be_emptied = 'on'")


@pytest.mark.usefixtures("row", "as_anybody")
@pytest.mark.parametrize(
    "sql",
    [
        f"UPDATE {TABLE} SET verb = 'nothing'",
        f"UPDATE {TABLE} SET actor_id = NULL",
        f"UPDATE {TABLE} SET before = NULL",
        f"DELETE FROM {TABLE}",
        f"TRUNCATE {TABLE}",
        "DELETE FROM enablement_person",
    ],
)
def test_sql_cannot_change_or_remove_a_row(sql: str) -> None:
    with pytest.raises(IntegrityError):
        run(sql)
    assert AuditEvent.objects.filter(verb="change", subject="north", actor__username="ada").exists()


@pytest.mark.parametrize("column", ["verb", "kind", "subject", "at", "actor_id", "request", "channel"])
def test_taking_names_out_changes_nothing_that_was_done(row: AuditEvent, column: str) -> None:
    value = {"at": "now()", "actor_id": "NULL"}.get(column, "'x'")
    both = f"SET LOCAL {TAKE_NAMES_OUT} = 'on'; UPDATE {TABLE} SET {column} = {value}"
    with pytest.raises(IntegrityError):
        run(both)


def test_names_are_taken_out_of_what_rows_tell(row: AuditEvent, ada: Person) -> None:
    with transaction.atomic():
        assert take_names_out(ada, ["Ada Okafor"], ["Ada"], "somebody") == 1
    row.refresh_from_db()
    assert (row.actor, row.before, row.after) == (ada, {"who": "somebody"}, {"who": ["nobody"]})
    with pytest.raises(IntegrityError):
        run(f"UPDATE {TABLE} SET before = NULL")


def test_what_is_old_is_forgotten_and_the_forgetting_is_noted(row: AuditEvent) -> None:
    forget_before(row.at)
    note(None, "change", "team", "south")
    assert forget_before(row.at + timedelta(microseconds=1)) >= 1
    forgotten, kept = AuditEvent.objects.all()[:2]
    assert not AuditEvent.objects.filter(pk=row.pk).exists()
    assert (forgotten.verb, kept.subject) == ("forget_audit", "south")


@pytest.mark.usefixtures("row")
def test_forgetting_what_is_old_forgets_nothing_else() -> None:
    forget_before(timezone.now() - timedelta(days=1))
    with pytest.raises(IntegrityError):
        run(f"DELETE FROM {TABLE}")
