"""An answer without a model: whole sentences of the knowledge base, ordered, without repetition. Pure."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from enablement.chat.relevance import rank_passages
from enablement.retrieval.search import Hit
from enablement.sentences import sentence_spans
from enablement.words import content_words

# An answer that is read on a call: three to six sentences of up to three pieces of content, most of them from
# the best passage.
MOST, FEWEST = 6, 3
PIECES = 3
FROM_FIRST, FROM_OTHERS = 3, 2
# How far behind the best passage another may be and still have a say (relevance.py). It may be further behind
# where the answer would be too short without it, but not by more than the second figure.
BEHIND, FAR_BEHIND = 0.35, 0.6
# Two sentences say the same when the shorter shares this part of its content words with the longer.
SAME = 0.7
# Begins like this: the sentence leans on the one before it.
LEANS = re.compile(
    r"^[\"“]?(?:it|its|they|their|them|this|that|these|those|he|she|so|but|and|or|then|both|either|neither"
    r"|instead|otherwise|there|in return|even then|in that case|the same|yet|also|here|such|each|one of them"
    r"|for example|say both)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Piece:
    """A sentence of a passage: the characters from `start` to `end` of its text."""

    hit: Hit
    start: int
    end: int

    @property
    def text(self) -> str:
        """The sentence on one line: line breaks in the content only wrap it."""
        return " ".join(self.hit.text[self.start : self.end].split())


def compose(
    question: str,
    hits: Sequence[Hit],
    contexts: Mapping[int, str],
    answered_by: Mapping[str, float],
    said: Hit | None = None,
) -> list[Piece]:
    """Return the sentences of an answer, in reading order. What the approved line `said` says is left out.

    `answered_by`: what answers questions like this one (answered_by.py).
    """
    found = rank_passages(question, hits, contexts, answered_by)
    ranked = [(hit, score) for hit, score in found if hit != said]
    if not ranked:
        return []
    best = ranked[0][1]
    chosen: list[Piece] = []
    used = [set(content_words(said.text))] if said else []
    for hit, score in _one_of_each(ranked):
        wanted = BEHIND if len(chosen) >= FEWEST else FAR_BEHIND
        if len(chosen) >= MOST - 1 or best - score > wanted or len({p.hit.slug for p in chosen}) == PIECES:
            break
        room = min(FROM_OTHERS if chosen else FROM_FIRST, MOST - len(chosen))
        for piece in _window(question, hit, room):
            words = set(content_words(piece.text))
            if any(_say_the_same(words, others) for others in used):
                break
            used.append(words)
            chosen.append(piece)
    return _together(chosen)


def _one_of_each(ranked: Sequence[tuple[Hit, float]]) -> list[tuple[Hit, float]]:
    """Return the best passage of each piece of content: three pieces say more than three fields of one."""
    best: dict[tuple[str, str], tuple[Hit, float]] = {}
    for hit, score in ranked:
        best.setdefault((hit.kind, hit.slug), (hit, score))
    return list(best.values())


def pieces_of(hit: Hit) -> list[Piece]:
    """Return the sentences of a passage."""
    return [Piece(hit, start, end) for start, end in sentence_spans(hit.text)]


def _window(question: str, hit: Hit, room: int) -> list[Piece]:
    """Return up to `room` sentences in a row, those that share most words with the question.

    They begin with a sentence that can stand alone; on a tie with the earliest.
    """
    pieces = pieces_of(hit)
    wanted = set(content_words(question))
    starts = [at for at, piece in enumerate(pieces) if at == 0 or not LEANS.match(piece.text)]

    def shared(start: int) -> int:
        return len(wanted & {w for piece in pieces[start : start + room] for w in content_words(piece.text)})

    at = max(starts, key=lambda start: (shared(start), -start), default=0)
    return pieces[at : at + room]


def _say_the_same(one: set[str], other: set[str]) -> bool:
    return len(one & other) >= SAME * max(1, min(len(one), len(other)))


def _together(pieces: Sequence[Piece]) -> list[Piece]:
    """Bring sentences about one subject together, in the order in which the subjects came up."""
    order = {slug: at for at, slug in enumerate(dict.fromkeys(piece.hit.slug for piece in pieces))}
    return sorted(pieces, key=lambda piece: order[piece.hit.slug])
