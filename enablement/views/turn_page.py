"""A turn as its page shows it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from enablement.chat.turns import is_given_up, is_waiting
from enablement.models import Citation, Feedback, FeedbackReason, Turn, TurnState
from enablement.own_forms import day
from enablement.sentences import CITED_NUMBERS
from enablement.trust.facts import UNOWNED, Trust, trust_of


@dataclass(frozen=True, slots=True)
class Source:
    """A citation, and who vouches for its line since when, as a sentence."""

    cited: Citation
    vouched: str


@dataclass(frozen=True, slots=True)
class Part:
    """A stretch of an answer's text, and the sources right after it."""

    text: str
    sources: list[Source]


@dataclass(frozen=True, slots=True)
class ShownTurn:
    """`state` is the turn's, or `failed` where its writer was lost; `waiting`: nobody has begun it.

    `line`: where the line to say stands. `to_pin`: line and answer without numbers, for an editor to pin.
    """

    turn: Turn
    state: str
    waiting: bool
    parts: list[Part]
    sources: list[Source]
    line: Source | None
    to_pin: str
    feedback: Feedback | None
    reasons: list[tuple[str, str]]


def show_turn(turn: Turn) -> ShownTurn:
    """Return `turn` with its text cut at the citations."""
    state = TurnState.FAILED if is_given_up(turn) else TurnState(turn.state)
    sources = {source.cited.n: source for source in _sources(turn)}
    parts = list(split_answer(turn.answer, sources))
    return ShownTurn(
        turn,
        state.value,
        is_waiting(turn),
        parts,
        list(sources.values()),
        next((source for source in sources.values() if source.cited.quote == turn.say), None),
        _to_pin(turn.say, "".join(part.text for part in parts)),
        getattr(turn, "feedback", None),
        [(str(value), str(label)) for value, label in FeedbackReason.choices],
    )


def _to_pin(line: str, answer: str) -> str:
    """Return the line and the answer, once where the answer is but the line."""
    said = " ".join(answer.split()) == " ".join(line.split())
    return line if said else f"{line}\n\n{answer}".strip()


def _sources(turn: Turn) -> Iterator[Source]:
    cited = list(turn.citations.all())
    trust = trust_of((one.kind, one.slug) for one in cited)
    for one in cited:
        yield Source(one, vouching(trust.get((one.kind, one.slug), UNOWNED)))


def vouching(trust: Trust) -> str:
    """Say who answers for a line and when they verified it."""
    if not trust.owner:
        return "Nobody answers for this line yet."
    if trust.verified_at is None:
        return f"{trust.owner} answers for this line and has not verified it yet."
    return f"{trust.owner} answers for this line, verified on {day(trust.verified_at)}."


def split_answer(text: str, sources: Mapping[int, Source]) -> Iterator[Part]:
    """Yield the stretches of `text`; numbers that name no citation stay text."""
    at = 0
    for match in CITED_NUMBERS.finditer(text):
        cited = [sources.get(int(number)) for number in match.group(1).split(",")]
        if None not in cited:
            # No blank before the number, so that it never stands alone at the beginning of a line.
            yield Part(text[at : match.start()].rstrip(), [one for one in cited if one])
            at = match.end()
    if text[at:].strip():
        yield Part(text[at:], [])
