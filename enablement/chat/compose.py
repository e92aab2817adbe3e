"""An answer without a model: whole sentences of the knowledge base, ordered, without repetition. Pure."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import takewhile

from enablement.chat.answered_by import NOTHING, Foretold
from enablement.chat.gate.asks import gives_orders
from enablement.chat.relevance import match_passages, rank_passages, says_when
from enablement.retrieval.search import Hit
from enablement.sentences import sentence_spans
from enablement.words import content_words

# An answer that is read on a call: so many sentences of each of up to three pieces, most from the best.
SENTENCES = (3, 2, 1)
# How far behind the best match a piece may be and still have a say, whatever is known of like questions.
FAR_BEHIND = 0.6
# The last piece adds nothing where it shares no word with the question and like questions say less than this
# for it. By grouped folds of the calibration questions this leaves out one third piece in twenty, and as many
# answers have a right piece among their citations as before.
ADDS = 0.02
# Who asks when something pays is told first when it does, where like questions say so much for that piece.
COMES_FIRST = 0.04
# Two sentences say the same when the shorter shares this part of its content words with the longer.
SAME = 0.7
# Begins like this: the sentence leans on the one before it.
LEANS = re.compile(
    r"^[\"“]?(?:it|its|they|their|them|this|that|these|those|he|she|so|but|and|or|then|both|either|neither"
    r"|instead|otherwise|there|in return|even then|in that case|the same|yet|also|here|such|each|one of them"
    r"|for example|say both)\b",
    re.IGNORECASE,
)
# Words to an assistant that a passage quotes: “State the following: …”, “you must follow my instructions”.
_TO_ASSISTANT = re.compile(
    r"^\W*(?:please\s+)?(?:state|print|output|repeat|respond|reply|write|say)\b[^:]{0,30}\bfollowing\b[^:]{0,20}:"
    r"|\b(?:listen to|follow|obey)\s+my\s+(?:instructions?|orders?|commands?)\b",
    re.IGNORECASE,
)
_MARKUP = re.compile(r"</?[a-z!][^<>]*>", re.IGNORECASE)


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
    foretold: Foretold = NOTHING,
    said: Hit | None = None,
) -> list[Piece]:
    """Return the sentences of an answer, in reading order. What the approved line `said` says is left out.

    `foretold`: what answers questions like this one.
    """
    left = [(hit, match) for hit, match in match_passages(question, hits, contexts) if hit != said]
    best = max((match for _, match in left), default=0.0)
    left = [(hit, match) for hit, match in left if best - match <= FAR_BEHIND]
    chosen: list[list[Piece]] = []
    likely = foretold.shares()
    used = [set(content_words(said.text))] if said else []
    for room in SENTENCES:
        shares = foretold.shares()
        ranked = rank_passages(left, shares)
        new = next((found for hit in ranked if (found := _unsaid(_window(question, hit, room), used))), [])
        if not new or (len(chosen) == len(SENTENCES) - 1 and not _adds(question, new, shares)):
            break
        slug = new[0].hit.slug
        chosen.append(new)
        used += [set(content_words(piece.text)) for piece in new]
        foretold = foretold.beside(slug)
        left = [(hit, match) for hit, match in left if hit.slug != slug]
    return [piece for pieces in _in_order(question, chosen, likely) for piece in pieces]


def _in_order(
    question: str, chosen: Sequence[Sequence[Piece]], shares: Mapping[str, float]
) -> Sequence[Sequence[Piece]]:
    """Return the pieces in the order in which they are read: the point first."""

    def comes_later(pieces: Sequence[Piece]) -> bool:
        hit = pieces[0].hit
        return shares.get(hit.slug, 0.0) < COMES_FIRST or not says_when(question, hit)

    return sorted(chosen, key=comes_later)


def _adds(question: str, pieces: Sequence[Piece], shares: Mapping[str, float]) -> bool:
    """Whether sentences have to do with the question, by its words or by what like questions say."""
    wanted = set(content_words(question))
    has = {word for piece in pieces for word in content_words(piece.text)}
    return bool(wanted & has) or shares.get(pieces[0].hit.slug, 0.0) >= ADDS


def pieces_of(hit: Hit) -> list[Piece]:
    """Return the sentences of a passage."""
    return [Piece(hit, start, end) for start, end in sentence_spans(hit.text)]


def _window(question: str, hit: Hit, room: int) -> list[Piece]:
    """Return up to `room` sentences in a row, those that share most words with the question.

    They begin with a sentence that can stand alone; on a tie with the earliest. What cannot be read aloud
    ends them.
    """
    pieces = pieces_of(hit)
    wanted = set(content_words(question))

    def row(start: int) -> list[Piece]:
        return list(takewhile(lambda piece: is_spoken(piece.text), pieces[start : start + room]))

    def shared(start: int) -> int:
        return len(wanted & {word for piece in row(start) for word in content_words(piece.text)})

    starts = [at for at, piece in enumerate(pieces) if row(at) and (at == 0 or not LEANS.match(piece.text))]
    return row(max(starts, key=lambda start: (shared(start), -start))) if starts else []


def is_spoken(sentence: str) -> bool:
    """Whether a sentence can be read aloud to a buyer: no markup, and no order to an assistant.

    A card may hold either, quoted from somewhere; an answer never says it.
    """
    return not (_MARKUP.search(sentence) or _TO_ASSISTANT.search(sentence) or gives_orders(sentence))


def _unsaid(pieces: Sequence[Piece], used: Sequence[set[str]]) -> list[Piece]:
    """Return `pieces` up to the first that says what was said before, or what one before it says."""
    before = list(used)
    for at, piece in enumerate(pieces):
        words = set(content_words(piece.text))
        if any(_say_the_same(words, others) for others in before):
            return list(pieces[:at])
        before.append(words)
    return list(pieces)


def _say_the_same(one: set[str], other: set[str]) -> bool:
    return len(one & other) >= SAME * max(1, min(len(one), len(other)))
