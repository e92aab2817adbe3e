"""A note's figures: before it, with it, and in the re-check, side by side."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from django.db.models import QuerySet

from enablement.models import Person
from quizzes.coaching.comparing import Share, verdict
from quizzes.coaching.focus import LOOKED_BACK, Focus, grades_about, read_focuses, share_of
from quizzes.models import Attempt, CoachingNote, Grade, Quiz
from quizzes.release import asked_now


@dataclass(frozen=True, slots=True)
class Stage:
    """One column: what it is called, and the answers in it; `attempt` where it is one that can be opened."""

    title: str
    total: Share
    by_focus: list[Share]
    attempt: Attempt | None = None


@dataclass(frozen=True, slots=True)
class Comparison:
    """Before, with the note, in the re-check."""

    focuses: list[Focus]
    before: Stage
    during: Stage
    after: Stage

    @property
    def stages(self) -> list[Stage]:
        return [self.before, self.during, self.after]

    @property
    def rows(self) -> list[tuple[str, list[tuple[str, Share]]]]:
        """A line for each thing that the note is about, with each stage's title and share."""
        return [
            (focus.title, [(stage.title, stage.by_focus[at]) for stage in self.stages])
            for at, focus in enumerate(self.focuses)
        ]

    @property
    def verdict(self) -> str:
        """One honest sentence; before the re-check is answered, that it is not."""
        if self.after.attempt is None:
            return "The re-check is not answered yet, so there is nothing to compare."
        return verdict(self.before.total, self.after.total)


def comparison_of(note: CoachingNote, reader: Person) -> Comparison:
    """Return the figures of a note. Of each set the first attempt that was handed in counts.

    What the reader is asked in a quiz of their own now is left out: a count of one answer tells how it was.
    """
    focuses = read_focuses(note.focus)
    asked = asked_now(reader)

    def stage(
        title: str, about: Callable[[QuerySet[Grade]], QuerySet[Grade]], attempt: Attempt | None
    ) -> Stage:
        def share(focuses: list[Focus]) -> Share:
            grades = grades_about(note.person, focuses).exclude(answer__question__slug__in=asked)
            return share_of(about(grades))

        return Stage(title, share(focuses), [share([focus]) for focus in focuses], attempt)

    earliest = note.made_at - LOOKED_BACK
    during, after = _first(note, note.items), _first(note, note.recheck)
    return Comparison(
        focuses,
        stage(
            f"Before ({LOOKED_BACK.days} days)",
            lambda grades: grades.filter(
                answer__attempt__submitted_at__lt=note.made_at, answer__attempt__submitted_at__gte=earliest
            ),
            None,
        ),
        stage("With the note", lambda grades: grades.filter(answer__attempt=during), during),
        stage("Re-check", lambda grades: grades.filter(answer__attempt=after), after),
    )


def _first(note: CoachingNote, quiz: Quiz | None) -> Attempt | None:
    if quiz is None:
        return None
    tries = Attempt.objects.submitted().filter(person=note.person_id, quiz=quiz)
    return tries.order_by("number").first()
