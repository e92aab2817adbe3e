"""What somebody may assign, and to whom: as the form offers it, and as it comes back."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from typing import Final

from enablement.models import Lesson, Person, Role, Team
from quizzes.assignments.audience import managed_people
from quizzes.assignments.giving import BadAssignment, Wanted
from quizzes.models import Quiz

ROLES: Final = (Role.REP, Role.MANAGER, Role.EDITOR)
_GONE = "Choose {} from the list: this one is not there, or not any more."


@dataclass(frozen=True, slots=True)
class Choices:
    """(value, text) pairs in groups, for what to do and for whom."""

    what: list[tuple[str, list[tuple[str, str]]]]
    whose: list[tuple[str, list[tuple[str, str]]]]

    @property
    def has_something(self) -> bool:
        """Whether there is anything to do that could be assigned."""
        return any(options for _, options in self.what)


def choices_for(maker: Person) -> Choices:
    """Return what `maker` may choose from."""
    quizzes = Quiz.objects.visible_to(maker).released().for_all()
    lessons = list(Lesson.objects.visible_to(maker).released())
    teams = Team.objects.managed_by(maker)
    people = sorted(managed_people(maker), key=lambda one: one.name.casefold())
    return Choices(
        what=[
            ("Pass a quiz", [(f"quiz:{quiz.slug}", quiz.title) for quiz in quizzes]),
            ("Read a lesson", [(f"lesson:{lesson.slug}", lesson.title) for lesson in lessons]),
            ("Practise a lesson", [(f"practice:{lesson.slug}", lesson.title) for lesson in lessons]),
        ],
        whose=[
            ("Teams", [(f"team:{team.slug}", team.name) for team in teams]),
            ("Roles", [(f"role:{role}", f"Everybody who is a {role.label.lower()}") for role in ROLES]),
            ("People", [(f"person:{one.username}", one.name) for one in people]),
        ],
    )


def read_wanted(maker: Person, what: str, whose: str, answers: str) -> Wanted:
    """Return what was chosen, as far as `maker` may choose it. Raises BadAssignment."""
    kind, _, slug = what.replace("\0", "").partition(":")
    audience = _audience(maker, whose.replace("\0", ""))
    if kind == "quiz":
        quiz = (
            Quiz.objects.visible_to(maker)
            .released()
            .for_all()
            .filter(slug=slug)
            .select_related("lesson")
            .first()
        )
        if quiz is not None:
            return replace(audience, quiz=quiz)
    lesson = Lesson.objects.visible_to(maker).released().filter(slug=slug).first()
    if lesson is not None and kind in ("lesson", "practice"):
        return replace(audience, lesson=lesson, answers=_count(answers) if kind == "practice" else 0)
    raise BadAssignment(_GONE.format("what is to be done"))


def _audience(maker: Person, whose: str) -> Wanted:
    kind, _, name = whose.partition(":")
    if kind == "team" and (team := Team.objects.managed_by(maker).filter(slug=name).first()):
        return Wanted(team=team)
    if kind == "person" and (person := managed_people(maker).filter(username=name).first()):
        return Wanted(person=person)
    if kind == "role" and name in ROLES:
        return Wanted(role=name)
    raise BadAssignment(_GONE.format("who is to do it"))


def _count(answers: str) -> int:
    if not (answers.isascii() and answers.isdigit() and len(answers) < 4 and int(answers)):
        raise BadAssignment("Say in a whole number how many questions are to be practised.")
    return int(answers)


def read_day(text: str) -> date:
    """Return a day as browsers send it. Raises BadAssignment."""
    try:
        return date.fromisoformat(text.strip()[:10])
    except ValueError:
        raise BadAssignment("Choose a day for when it is due.") from None
