"""What an older version is given to carry over: people, and one handed-in attempt made into very many."""

from __future__ import annotations

import json

from psycopg import Connection, sql

from tests.upgrade.releases import Release

PEOPLE = 500
# Runs inside the older version, by its own models.
MAKE_PEOPLE = f"""
from enablement.models import Person
numbers = range({PEOPLE})
Person.objects.bulk_create(Person(username=f"rep-{{n}}", first_name="Rep", last_name=str(n)) for n in numbers)
"""
SIGN_IN = """
import json
from django.conf import settings
from django.test import Client
from enablement.models import Person
cookies = []
for person in Person.objects.filter(username__startswith="rep-", is_active=True).order_by("pk")[:8]:
    client = Client()
    client.force_login(person)
    name = settings.SESSION_COOKIE_NAME
    cookies.append(f"{name}={client.cookies[name].value}")
print("COOKIES", json.dumps(cookies))
"""
COPIES = """
CREATE TEMP TABLE copies AS
SELECT a.id AS old, gen_random_uuid() AS new, p.id AS person, 1000 + row_number() OVER () AS number
FROM quizzes_attempt a CROSS JOIN enablement_person p CROSS JOIN generate_series(1, %s)
WHERE a.state = 'submitted' AND p.username LIKE 'rep-%%' LIMIT %s
"""


def make_people(release: Release) -> None:
    """Add people by the release's own models."""
    release.manage("shell", "-c", MAKE_PEOPLE)


def signed_in(release: Release) -> list[str]:
    """Sign a few of them in and return their cookies."""
    printed = release.manage("shell", "-c", SIGN_IN)
    line = next(line for line in printed.splitlines() if line.startswith("COOKIES "))
    return list(json.loads(line.removeprefix("COOKIES ")))


def make_attempts(database: Connection, wanted: int) -> None:
    """Copy the handed-in attempts, with answers and grades, until there are so many."""
    # The database refuses answers for what is handed in; nobody is answering here.
    database.execute("SET session_replication_role = replica")
    database.execute(COPIES, [wanted // PEOPLE + 1, wanted])
    _copy(
        database,
        "quizzes_attempt",
        {"id": "c.new", "person_id": "c.person", "number": "c.number"},
        "c.old = o.id",
    )
    _copy(database, "quizzes_answer", {"attempt_id": "c.new"}, "c.old = o.attempt_id")
    _copy(
        database,
        "quizzes_grade",
        {"answer_id": "n.id"},
        "c.old = (SELECT attempt_id FROM quizzes_answer WHERE id = o.answer_id) "
        "JOIN quizzes_answer n ON n.attempt_id = c.new "
        "AND n.position = (SELECT position FROM quizzes_answer WHERE id = o.answer_id)",
    )
    database.execute("SET session_replication_role = origin")
    database.execute("DROP TABLE copies")
    database.execute("ANALYZE")


def _copy(database: Connection, table: str, changed: dict[str, str], joined: str) -> None:
    """Insert rows of a table anew for each copy, with some columns changed; `id` is given anew."""
    names = [
        row[0]
        for row in database.execute(
            "SELECT column_name FROM information_schema.columns WHERE table_name = %s", [table]
        ).fetchall()
        if row[0] != "id" or "id" in changed
    ]
    values = [sql.SQL(changed[name]) if name in changed else sql.Identifier("o", name) for name in names]
    database.execute(
        sql.SQL("INSERT INTO {table} ({names}) SELECT {values} FROM {table} o JOIN copies c ON ").format(
            table=sql.Identifier(table),
            names=sql.SQL(", ").join(map(sql.Identifier, names)),
            values=sql.SQL(", ").join(values),
        )
        + sql.SQL(joined)
    )
