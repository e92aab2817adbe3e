"""Questions that content has moved away from: what changed under them is for a person to look at again."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import QuerySet

from enablement.lessons.canonical import data_hash
from enablement.models import Card, Distinction, GuideEntry, Ladder, State
from quizzes.models import Question
from quizzes.models.questions import Origin


@dataclass(frozen=True, slots=True)
class ToReview:
    """A question that waits for a person, and why."""

    question: Question
    reason: str


def content_now(question: Question) -> str:
    """Return a hash of the content that a question rests on, as it stands now; empty where there is none."""
    pieces = [
        _card(question.card),
        _entry(question.guide_entry),
        _distinction(question.distinction),
        _ladder(question.ladder),
    ]
    said = [piece for piece in pieces if piece is not None]
    return data_hash(said) if said else ""


def review_queue(questions: Iterable[Question]) -> list[ToReview]:
    """Return those of `questions` that a person has to look at: proposals, and what content moved away from.

    A question is measured from when it was made or last vouched for; one made before that was kept is not.
    """
    found = []
    for question in questions:
        if question.state == State.DRAFT:
            found.append(ToReview(question, f"{Origin(question.origin).label}: nobody has looked at it yet"))
        elif question.state == State.RELEASED and _has_moved(question):
            found.append(ToReview(question, "What it rests on has changed since"))
    return found


def _has_moved(question: Question) -> bool:
    return question.content_seen not in ("", content_now(question))


def with_content(questions: QuerySet[Question]) -> QuerySet[Question]:
    """`questions` with everything that `content_now` reads."""
    linked = questions.select_related("card", "guide_entry", "distinction", "ladder", "lesson")
    return linked.prefetch_related("distinction__outcomes", "ladder__steps")


def _card(card: Card | None) -> list[str] | None:
    if card is None:
        return None
    return [
        card.title,
        card.what_it_is,
        card.what_it_does,
        card.where_it_comes_from,
        card.what_makes_it_distinct,
    ]


def _entry(entry: GuideEntry | None) -> list[str] | None:
    return None if entry is None else [entry.dont_say, entry.do_say, entry.why]


def _distinction(distinction: Distinction | None) -> list[list[str]] | None:
    if distinction is None:
        return None
    return [[row.name, row.title, row.meaning, row.say] for row in distinction.outcomes.all()]


def _ladder(ladder: Ladder | None) -> list[list[str]] | None:
    return None if ladder is None else [[step.slug, step.title, step.text] for step in ladder.steps.all()]
