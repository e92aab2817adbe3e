"""The report on one person: the same page, by the same functions, for the person and for who manages them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db.models import QuerySet

from enablement.models import Person
from quizzes.models import Answer, Attempt
from quizzes.readers import managers_of
from quizzes.release import asked_now
from quizzes.reports.counts import Cell, Confusion
from quizzes.reports.figures import empty_tables, figures_by_person
from quizzes.reports.scope import Scope, evidence_in
from quizzes.reports.standing import Standing, standings
from quizzes.reports.teams import Topic, topics_in
from quizzes.sheets.graded_sheet import GradedQuestion, graded_answers

# As many slips as fit on a page that somebody reads through.
MOST_SLIPS = 10


@dataclass(frozen=True, slots=True)
class Slip:
    """A wrong answer of the person's, and the attempt it was given in."""

    attempt: Attempt
    question: GradedQuestion


@dataclass(frozen=True, slots=True)
class PersonReport:
    """How somebody stands; attempts handed in (newest first); right answers by topic and week; what they take
    for what; the latest slips; and who else may read all this."""

    person: Person
    scope: Scope
    standing: Standing
    attempts: list[Attempt]
    topics: list[tuple[Topic, Cell]]
    weeks: list[tuple[datetime, Cell]]
    total: Cell
    confusions: list[Confusion]
    slips: list[Slip]
    readers: list[Person]


def person_report(person: Person, scope: Scope, now: datetime) -> PersonReport:
    """The report on `person` in `scope` for its reader. Whether they may read it is the caller's to ask."""
    submitted = Attempt.objects.of(person).submitted().with_objections()
    attempts = submitted.select_related("quiz").order_by("-submitted_at")
    if scope.quiz:
        attempts = attempts.filter(quiz=scope.quiz)
    starts = scope.week_starts()
    figures = figures_by_person(evidence_in(scope, [person.pk]), [person.pk], starts)[person.pk]
    meant = [lesson.pk for lesson in scope.lessons_meant]
    return PersonReport(
        person=person,
        scope=scope,
        standing=standings([person.pk], scope.quizzes_meant, meant, now)[person.pk],
        attempts=list(attempts),
        topics=[(topic, figures.cells[spot]) for spot, topic in topics_in(scope, figures.cells)],
        weeks=figures.by_week(starts),
        total=figures.total,
        confusions=figures.confusions(empty_tables()),
        # Nobody's keys are read on behalf of somebody who has not handed anything in.
        slips=_slips(person, scope.reader) if attempts else [],
        readers=readers_of(person),
    )


def _slips(person: Person, reader: Person) -> list[Slip]:
    answers: QuerySet[Answer] = Answer.objects.filter(attempt__person=person, grade__correct=False)
    # That one was wrong says much about what is right in it.
    answers = answers.exclude(question__slug__in=asked_now(reader))
    latest = answers.order_by("-attempt__submitted_at", "position").select_related("attempt__quiz")
    return [
        Slip(answer.attempt, question) for answer, question in graded_answers(latest[:MOST_SLIPS], reader)
    ]


def readers_of(person: Person) -> list[Person]:
    """Who else may read the report, by name: the managers of the person's teams. (Admins may read all.)"""
    return [reader.person for reader in managers_of(person)]
