"""The report on one person: the same page for the person and for those who manage them."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import QuerySet

from enablement.models import Person, Team
from quizzes.models import Answer, Attempt
from quizzes.reports.counts import Cell, Confusion
from quizzes.reports.figures import Standing, confusions, standings, topic_cells
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
    """Attempts handed in (newest first), right answers by topic, confusion tables, and the latest slips."""

    person: Person
    standing: Standing
    attempts: list[Attempt]
    topics: list[tuple[str, Cell]]
    confusions: list[Confusion]
    slips: list[Slip]
    readers: list[Person]


def person_report(person: Person, reader: Person) -> PersonReport:
    """The report on `person` for `reader`. Whether they may read it is the caller's to ask."""
    attempts = list(Attempt.objects.of(person).submitted().select_related("quiz").order_by("-submitted_at"))
    people = [person.pk]
    return PersonReport(
        person=person,
        standing=standings(people).get(person.pk, Standing()),
        attempts=attempts,
        topics=list(topic_cells(people)[person.pk].items()),
        confusions=confusions(people)[person.pk],
        # Nobody's keys are read on behalf of somebody who has not handed anything in.
        slips=_slips(person, reader) if attempts else [],
        readers=readers_of(person),
    )


def _slips(person: Person, reader: Person) -> list[Slip]:
    answers: QuerySet[Answer] = Answer.objects.filter(attempt__person=person, grade__correct=False)
    latest = answers.order_by("-attempt__submitted_at", "position").select_related("attempt__quiz")
    return [
        Slip(answer.attempt, question) for answer, question in graded_answers(latest[:MOST_SLIPS], reader)
    ]


def readers_of(person: Person) -> list[Person]:
    """Who else may read the report, by name: the managers of the person's teams. (Admins may read all.)"""
    managers = {manager for team in _teams(person) for manager in team.managers.all() if manager.is_manager}
    return sorted(managers - {person}, key=lambda manager: manager.name.casefold())


def _teams(person: Person) -> QuerySet[Team]:
    return Team.objects.filter(members=person).prefetch_related("managers")
