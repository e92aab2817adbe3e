"""A turn as its page shows it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from enablement.chat.turns import is_given_up, is_waiting
from enablement.models import Citation, Feedback, FeedbackReason, Turn, TurnState
from enablement.sentences import CITED_NUMBERS


@dataclass(frozen=True, slots=True)
class Part:
    """A stretch of an answer's text, and the citations right after it."""

    text: str
    citations: list[Citation]


@dataclass(frozen=True, slots=True)
class ShownTurn:
    """`state` is the turn's, or `failed` where its writer was lost; `waiting`: nobody has begun it."""

    turn: Turn
    state: str
    waiting: bool
    parts: list[Part]
    feedback: Feedback | None
    reasons: list[tuple[str, str]]


def show_turn(turn: Turn) -> ShownTurn:
    """Return `turn` with its text cut at the citations."""
    state = TurnState.FAILED if is_given_up(turn) else TurnState(turn.state)
    citations = {cited.n: cited for cited in turn.citations.all()}
    return ShownTurn(
        turn,
        state.value,
        is_waiting(turn),
        list(split_answer(turn.answer, citations)),
        getattr(turn, "feedback", None),
        [(str(value), str(label)) for value, label in FeedbackReason.choices],
    )


def split_answer(text: str, citations: Mapping[int, Citation]) -> Iterator[Part]:
    """Yield the stretches of `text`; numbers that name no citation stay text."""
    at = 0
    for match in CITED_NUMBERS.finditer(text):
        cited = [citations.get(int(number)) for number in match.group(1).split(",")]
        if None not in cited:
            # No blank before the number, so that it never stands alone at the beginning of a line.
            yield Part(text[at : match.start()].rstrip(), [one for one in cited if one])
            at = match.end()
    if text[at:].strip():
        yield Part(text[at:], [])
