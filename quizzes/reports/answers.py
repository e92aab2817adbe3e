"""The answers that a figure is made of: on the page, in the export and in the API, the same rows."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from django.db.models import Q, QuerySet
from django.urls import reverse

from enablement.models import LadderStep, Outcome, Person
from enablement.roles import may_lead
from quizzes.kinds import QuestionKind
from quizzes.models import Evidence, EvidenceSource
from quizzes.release import asked_now, held_back, taking_now, without_asked
from quizzes.reports.scope import Scope, members_of

# Beside the scope, what a figure may be narrowed to.
FIGURES: Final = ("person", "topic", "distinction", "true", "chosen", "result", "week", "question")
OPEN: Final = "open"
# What tells answers apart by how they came out.
TELLING: Final = ("true", "chosen", "result")
HELD_BACK: Final = "Shown once the quiz is passed."
HELD_NOW: Final = "Shown once you have handed in what you have open."


@dataclass(frozen=True, slots=True)
class AnswerRow:
    """One answer as it is shown: what was chosen against what is true, and where it may be read in full.

    `is_held_back`: the quiz keeps its key from the reader for now, and with it what the question was.
    `correct` is None while the reader has the question open in a quiz: with what was chosen, which the
    attempt's page shows, it would say what is right.
    """

    username: str
    name: str
    at: datetime
    source: str
    lesson: str
    topic: str
    quiz: str
    question: str
    kind: str
    version: int | None
    true: str
    chosen: str
    answered: bool
    correct: bool | None
    url: str
    is_held_back: bool

    @property
    def sorts(self) -> bool:
        """Whether the question sorts something, so that one outcome is true and one was chosen."""
        return bool(self.true or self.chosen)

    @property
    def result(self) -> str:
        if self.correct is None:
            return "Held back"
        return "Right" if self.correct else "Wrong" if self.answered else "Left open"


def answers_in(scope: Scope, given: Mapping[str, str]) -> QuerySet[Evidence]:
    """Return what the reader may see of the answers in a scope that `given` asks for, the newest first.

    Without managing anybody, or where `person` is the reader, it is their own. What the reader has open in a
    quiz is left out where answers are told apart by how they came out.
    """
    reader, wanted = scope.reader, {name: given.get(name, "").strip() for name in FIGURES}
    seen = Evidence.objects.visible_to(reader)
    if wanted["person"]:
        person = Person.objects.visible_to(reader).filter(username=wanted["person"]).first()
        seen = seen.filter(person=person) if person else seen.none()
    elif may_lead(reader):
        seen = seen.filter(person__in=[one.person.pk for one in members_of(scope)])
    else:
        seen = seen.filter(person=reader)
    found = scope.narrow(seen)
    if any(wanted[name] for name in TELLING):
        found = without_asked(found, reader)
    for name, lookup in (
        ("topic", "topic"),
        ("distinction", "distinction__slug"),
        ("true", "true"),
        ("question", "question__slug"),
    ):
        if wanted[name]:
            found = found.filter(**{lookup: wanted[name]})
    return found.filter(_chosen(wanted["chosen"]), _result(wanted["result"]), _week(scope, wanted["week"]))


def _chosen(name: str) -> Q:
    if name == OPEN:
        return Q(answered=False)
    return Q(chosen=name) if name else Q()


def _result(name: str) -> Q:
    return {"right": Q(correct=True), "wrong": Q(correct=False)}.get(name, Q())


def _week(scope: Scope, day: str) -> Q:
    """The week that begins on `day`, in the scope's zone."""
    starts = scope.week_starts()
    for number, start in enumerate(starts):
        if start.date().isoformat() == day:
            until = Q(at__lt=starts[number + 1]) if number + 1 < len(starts) else Q()
            return Q(at__gte=start) & until
    return Q(pk__in=[]) if day else Q()


_FIELDS: Final = (
    "person_id",
    "person__username",
    "person__first_name",
    "person__last_name",
    "at",
    "source",
    "lesson__title",
    "topic",
    "quiz_id",
    "quiz__title",
    "question__slug",
    "question__prompt",
    "question__kind",
    "question__version",
    "coach_turn__run__scenario__title",
    "distinction_id",
    "true",
    "chosen",
    "answered",
    "correct",
    "grade__answer__attempt_id",
)


def answer_rows(answers: QuerySet[Evidence], reader: Person) -> Iterator[AnswerRow]:
    """Yield the rows of `answers` in their order, read in chunks where they are many. Six queries."""
    titles, own, anybodys = outcome_titles(), held_back(reader), taking_now(reader)
    asked = set(asked_now(reader))
    for row in answers.values(*_FIELDS).iterator(chunk_size=2_000):
        quiz, is_own = row["quiz_id"], row["person_id"] == reader.pk
        is_open = quiz in anybodys or row["question__slug"] in asked
        yield _row(row, titles, HELD_NOW if is_open else HELD_BACK if is_own and quiz in own else "")


def _row(row: Mapping[str, Any], titles: Mapping[tuple[int | None, str], str], held: str) -> AnswerRow:
    """`held` says why its key is kept back; empty where it is shown."""

    def titled(name: str) -> str:
        return titles.get((row["distinction_id"], name), name)

    asked = row["question__prompt"] or row["coach_turn__run__scenario__title"] or ""
    attempt = row["grade__answer__attempt_id"]
    full = f"{row['person__first_name']} {row['person__last_name']}".strip()
    return AnswerRow(
        username=row["person__username"],
        name=full or row["person__username"],
        at=row["at"],
        source=EvidenceSource(row["source"]).label,
        lesson=row["lesson__title"],
        topic=row["topic"],
        quiz=row["quiz__title"] or "",
        question=held or asked,
        kind="" if held or not row["question__kind"] else QuestionKind(row["question__kind"]).label,
        version=None if held else row["question__version"],
        true="" if held else titled(row["true"]),
        chosen="" if held else titled(row["chosen"]),
        answered=row["answered"],
        correct=None if held == HELD_NOW else row["correct"],
        url=reverse("attempt-result", args=[attempt]) if attempt else "",
        is_held_back=bool(held),
    )


def outcome_titles() -> dict[tuple[int | None, str], str]:
    """The titles of outcomes, by distinction and name, and of a ladder's steps, which have no distinction."""
    outcomes = Outcome.objects.order_by().values_list("distinction", "name", "title")
    steps = LadderStep.objects.order_by().values_list("slug", "title")
    titles: dict[tuple[int | None, str], str] = {(None, slug): title for slug, title in steps}
    return titles | {(distinction, name): title for distinction, name, title in outcomes}
