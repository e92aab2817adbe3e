"""Many rows at once: collected by table, with ids from the tables' own sequences, then copied in."""

from __future__ import annotations

from typing import Any

from django.db import connection
from django.db.models import Model
from psycopg import sql
from psycopg.types.json import Jsonb

from enablement.models import Delivery
from quizzes.models import (
    Answer,
    Attempt,
    CoachRun,
    CoachTurn,
    Grade,
    PendingGrade,
    PracticeItem,
    PracticeSession,
    Review,
    Skill,
)


class Rows:
    """Rows of one model in the order of `columns`, parted by blanks. With `room`, ids count up."""

    def __init__(self, model: type[Model], columns: str, room: int = 0) -> None:
        self.table = model._meta.db_table
        self.columns = columns.split()
        self.rows: list[tuple[Any, ...]] = []
        self._next = reserve(self.table, room) if room else 0

    def add(self, *values: Any) -> int:
        """Keep a row without its id and return the id it gets."""
        number = self._next
        self._next += 1
        self.rows.append((number, *values))
        return number

    def add_as(self, *values: Any) -> None:
        """Keep a row whose own values hold its id."""
        self.rows.append(values)

    def copy(self, *, with_id: bool = True) -> int:
        """Write the rows and return how many."""
        columns = ["id", *self.columns] if with_id else self.columns
        into = sql.SQL("COPY {} ({}) FROM STDIN").format(
            sql.Identifier(self.table), sql.SQL(", ").join(map(sql.Identifier, columns))
        )
        with connection.cursor() as cursor, cursor.cursor.copy(into) as copying:
            for row in self.rows:
                copying.write_row(row)
        return len(self.rows)


def reserve(table: str, room: int) -> int:
    """Take `room` ids out of a table's sequence and return the first; gaps do no harm."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_get_serial_sequence(%s, 'id')", [table])
        sequence = cursor.fetchone()[0]
        cursor.execute("SELECT setval(%s, nextval(%s) + %s)", [sequence, sequence, room])
        last: int = cursor.fetchone()[0]
    return last - room + 1


def json(value: object) -> Jsonb:
    return Jsonb(value)


class Tables:
    """The tables that a history fills, each with ids for `room` rows."""

    def __init__(self, room: int) -> None:
        self.attempts = Rows(
            Attempt,
            "id person_id quiz_id number state started_at deadline submitted_at score waiting carried",
        )
        self.answers = Rows(
            Answer,
            "attempt_id question_id position option_order response client_seq saved_at",
            room,
        )
        self.grades = Rows(
            Grade,
            "answer_id score correct answered checks chosen true graded_at judge",
            room,
        )
        self.pending = Rows(
            PendingGrade,
            "answer_id state since proposal",
            room,
        )
        self.sessions = Rows(
            PracticeSession,
            "id person_id purpose started_at ended_at minutes",
        )
        self.items = Rows(
            PracticeItem,
            "session_id question_id position option_order response score answered_at surface",
            room,
        )
        self.runs = Rows(
            CoachRun,
            "id person_id scenario_id outcome turns started_at ended_at score",
        )
        self.turns = Rows(
            CoachTurn,
            "run_id number chosen text checks findings evidence score reply engine said_at",
            room,
        )
        self.skills = Rows(
            Skill,
            "person_id lesson_id topic stability difficulty last_at due_at",
            room,
        )
        self.reviews = Rows(
            Review,
            "skill_id source key score at",
            room,
        )
        self.deliveries = Rows(
            Delivery,
            "person_id surface purpose kind slug field text given_at",
            room,
        )

    def copy(self) -> dict[str, int]:
        """Write everything, what is pointed to first, and return the numbers of rows."""
        counts = {"attempts": self.attempts.copy(with_id=False)}
        counts["answers"] = self.answers.copy()
        counts["grades"] = self.grades.copy()
        counts["waiting"] = self.pending.copy()
        self.sessions.copy(with_id=False)
        counts["practice_answers"] = self.items.copy()
        counts["coach_runs"] = self.runs.copy(with_id=False)
        self.turns.copy()
        counts["skills"] = self.skills.copy()
        counts["reviews"] = self.reviews.copy()
        counts["deliveries"] = self.deliveries.copy()
        return counts
