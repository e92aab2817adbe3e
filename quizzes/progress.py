"""Where a person stands with each quiz."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Count

from enablement.models import Person
from quizzes.models import Attempt, Quiz, Retakes


@dataclass(frozen=True, slots=True)
class QuizProgress:
    """A quiz, how many questions an attempt has, and the person's attempts. `handed_in` is newest first."""

    quiz: Quiz
    questions: int
    open: Attempt | None
    handed_in: list[Attempt]

    @property
    def last(self) -> Attempt | None:
        return self.handed_in[0] if self.handed_in else None

    @property
    def last_scored(self) -> Attempt | None:
        """The last one of which anything is graded."""
        return next((attempt for attempt in self.handed_in if attempt.score is not None), None)

    @property
    def best(self) -> Attempt | None:
        return max(self.handed_in, key=lambda attempt: attempt.score or 0.0, default=None)

    @property
    def may_start(self) -> bool:
        """Whether the quiz lets them begin, or begin again."""
        return self.last is None or self.quiz.retakes != Retakes.NONE

    @property
    def is_passed(self) -> bool:
        return self.best is not None and self.best.is_passed


def progress(person: Person, slug: str | None = None) -> list[QuizProgress]:
    """The person's progress in every quiz that they may see, or in the one called `slug`. Two queries.

    What was put together for them alone is there by its name only. Of a single quiz, the attempts know how
    many objections were made to their grades.
    """
    quizzes = Quiz.objects.visible_to(person).select_related("lesson").annotate(asked=Count("places"))
    attempts = Attempt.objects.of(person).select_related("quiz").order_by("-number")
    if slug is None:
        quizzes = quizzes.for_all()
    else:
        quizzes, attempts = quizzes.filter(slug=slug), attempts.filter(quiz__slug=slug).with_objections()
    mine: dict[int, list[Attempt]] = {}
    for attempt in attempts:
        mine.setdefault(attempt.quiz_id, []).append(attempt)
    return [_progress(quiz, mine.get(quiz.pk, [])) for quiz in quizzes]


def _progress(quiz: Quiz, attempts: list[Attempt]) -> QuizProgress:
    return QuizProgress(
        quiz=quiz,
        questions=_asked(quiz),
        open=next((attempt for attempt in attempts if attempt.is_open), None),
        handed_in=[attempt for attempt in attempts if not attempt.is_open],
    )


def _asked(quiz: Quiz) -> int:
    """How many questions an attempt has, as far as the quiz says it."""
    listed: int = getattr(quiz, "asked", 0)
    by_rules = sum(rule.count for rule in quiz.draw_rules)
    wanted = quiz.draws or by_rules or listed
    return max(wanted, by_rules) if quiz.from_bank else min(wanted, listed)
