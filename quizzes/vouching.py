"""Questions that rest on a line which nobody vouches for any more. They are used to grade nobody."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import chain
from typing import Any, Final

from django.db.models import QuerySet

from enablement.models import Card, Distinction, GuideEntry, Ladder
from enablement.trust.facts import Pair, expired_pairs
from quizzes.models import Question

# The pieces that say what is right, by the field that names each.
PIECES: Final = {
    "card": Card.kind,
    "guide_entry": GuideEntry.kind,
    "distinction": Distinction.kind,
    "ladder": Ladder.kind,
}


def vouched_for(questions: Iterable[Question]) -> list[Question]:
    """Return `questions` without those one of whose pieces has expired; one query."""
    asked = list(questions)
    expired = expired_pairs(pair for question in asked for pair in rests_on(question))
    return [question for question in asked if not expired.intersection(rests_on(question))]


def vouched_values(questions: QuerySet[Question], *names: str) -> list[tuple[Any, ...]]:
    """Return the values called `names` of what vouched_for would keep; two queries, and no whole row."""
    rows = list(questions.values_list(*names, *(f"{field}__slug" for field in PIECES)))
    pieces = [
        [(kind, slug) for kind, slug in zip(PIECES.values(), row[len(names) :], strict=True) if slug]
        for row in rows
    ]
    expired = expired_pairs(chain.from_iterable(pieces))
    return [
        row[: len(names)] for row, rests in zip(rows, pieces, strict=True) if not expired.intersection(rests)
    ]


def rests_on(question: Question) -> Sequence[Pair]:
    """The pieces, by kind and slug, that say what is right."""
    pieces = [(kind, getattr(question, field)) for field, kind in PIECES.items()]
    return [(kind, piece.slug) for kind, piece in pieces if piece is not None]
