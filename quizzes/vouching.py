"""Questions that rest on a line which nobody vouches for any more. They are used to grade nobody."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from enablement.trust.facts import Pair, expired_pairs
from quizzes.models import Question


def vouched_for(questions: Iterable[Question]) -> list[Question]:
    """Return `questions` without those one of whose pieces has expired; one query."""
    asked = list(questions)
    expired = expired_pairs(pair for question in asked for pair in rests_on(question))
    return [question for question in asked if not expired.intersection(rests_on(question))]


def rests_on(question: Question) -> Sequence[Pair]:
    """The pieces, by kind and slug, that say what is right."""
    pieces = (question.card, question.guide_entry, question.distinction, question.ladder)
    return [(piece.kind, piece.slug) for piece in pieces if piece is not None]
