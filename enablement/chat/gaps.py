"""What the knowledge base could not answer: open until the same question is answered."""

from __future__ import annotations

from django.db.models import Expression, F, Func, TextField, Value
from django.db.models.functions import Lower, Trim
from django.utils import timezone

from enablement.models import Gap, Turn


def open_gap(turn: Turn) -> Gap:
    """Note that the question of `turn` found no answer."""
    return Gap.objects.create(turn=turn, question=turn.question)


def close_gaps(question: str) -> int:
    """Close the open gaps that ask `question`, whoever asked. Return how many.

    Where it cannot be answered for somebody after all (another team's lesson did), asking opens a gap anew.
    """
    gaps = Gap.objects.filter(closed_at=None).annotate(asked=_words(F("question")))
    return gaps.filter(asked=_words(Value(question, output_field=TextField()))).update(
        closed_at=timezone.now()
    )


def _words(text: Expression | F) -> Expression:
    """The words of `text` in lower case, one blank between: case and signs make no other question of it.

    Both sides of a comparison go through PostgreSQL, so that they agree on what a letter is.
    """
    apart = Func(
        text, Value(r"\W+"), Value(" "), Value("g"), function="regexp_replace", output_field=TextField()
    )
    return Trim(Lower(apart))
