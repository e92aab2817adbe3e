"""An answer without a model: whole sentences of the knowledge base, ordered, without repetition. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import takewhile

from enablement.chat.aloud import LEANS, is_told, kept_promises, leans_back
from enablement.chat.answered_by import NOTHING, Foretold
from enablement.chat.definitions import is_meaning, under_its_name
from enablement.chat.relevance import (
    answers_just_that,
    match_passages,
    only_defines,
    rank_passages,
    says_when,
    telling_words,
)
from enablement.retrieval.search import Hit
from enablement.sentences import sentence_spans
from enablement.trust.facts import Pair
from enablement.words import content_words

# An answer that is read on a call: so many sentences of each of up to three pieces, most from the best.
SENTENCES = (3, 2, 1)
# How far behind the best match a piece may be and still have a say, whatever is known of like questions.
FAR_BEHIND = 0.6
# The last piece adds nothing where like questions say less for it than this part of what they say for the
# first, and it shares fewer telling words with the question. By grouped folds this leaves out one third piece
# in four, of which one in thirteen would have been right, and loses an answer in 175 its only right piece.
ADDS, TELLING_WORDS = 0.2, 2
# Who asks when something pays is told first when it does, where like questions say so much for that piece.
COMES_FIRST = 0.04
# A question with this part of the content words of a script's own is the one that the script replies to.
SAME_QUESTION = 0.6
# A definition that nobody asked for makes way for a piece that as much speaks for: this part of its share.
ENOUGH_SPEAKS = 0.5
# By the chance that a piece answers (to_the_point.py): so likely it is told besides the first; and where the
# first itself is less likely than this, the last place is for what else may be meant.
LIKELY, SURE = 0.5, 0.9
# No other meaning is as good as out of the question.
LEAST_LIKELY = 0.05
# A definition that nobody asked for makes way for a piece that is nearly as likely; so likely beside the best
# a spoken answer to just that question leads.
NEARLY_AS_LIKELY = 0.8
# Two sentences say the same when the shorter shares this part of its content words with the longer.
SAME = 0.7


@dataclass(frozen=True, slots=True)
class Piece:
    """A sentence of a passage: the characters from `start` to `end` of its text."""

    hit: Hit
    start: int
    end: int

    @property
    def text(self) -> str:
        """The sentence on one line: line breaks in the content only wrap it."""
        sentence = " ".join(self.hit.text[self.start : self.end].split())
        begins = self.start == 0 and is_meaning(self.hit)
        return under_its_name(self.hit, sentence) if begins else sentence


def compose(
    question: str,
    hits: Sequence[Hit],
    contexts: Mapping[int, str],
    foretold: Foretold = NOTHING,
    said: Hit | None = None,
    points: Mapping[str, Hit] | None = None,
    likely: Mapping[Pair, float] | None = None,
) -> list[Piece]:
    """Return the sentences of an answer, in reading order. What the approved line `said` says is left out.

    With an approved line there is one piece less, since the line answers too.
    `foretold`: what answers questions like this one. `points`: by the key of an aside, what is said for it.
    `likely`: by kind and slug the chance that a piece answers; without it, matches and like questions decide.
    """
    points, likely = points or {}, likely or {}
    left = [
        (hit, match)
        for hit, match in match_passages(question, hits, contexts)
        if said is None or hit.key != said.key
    ]
    best = max((match for _, match in left), default=0.0)
    left = [(hit, match) for hit, match in left if best - match <= FAR_BEHIND]
    telling, shares = telling_words(question, hits), foretold.shares()
    chosen: list[list[Piece]] = []

    def adds(pieces: Sequence[Piece]) -> bool:
        first, share = (shares.get(row[0].hit.slug, 0.0) for row in (chosen[0], pieces))
        return _adds(telling, question, pieces, first, share)

    used = [set(content_words(said.text))] if said else []
    before = [said.pair] if said else []
    if said:
        foretold = foretold.beside(said.slug)
    for room in SENTENCES[: len(SENTENCES) - len(before)]:
        ranked = rank_passages(left, foretold.shares())
        if likely:
            ranked = _likely_first(ranked, likely, before + [row[0].hit.pair for row in chosen])
        rows = (_window(question, points.get(hit.key, hit), room, contexts) for hit in ranked)
        new = next((found for row in rows if (found := _unsaid(row, used))), [])
        if not new or (not likely and len(chosen) == len(SENTENCES) - 1 and not adds(new)):
            break
        piece = new[0].hit
        chosen.append(new)
        used += [set(content_words(one.text)) for one in new]
        foretold = foretold.beside(piece.slug)
        left = [(hit, match) for hit, match in left if hit.pair != piece.pair]
    enough = NEARLY_AS_LIKELY if likely else ENOUGH_SPEAKS
    firsts = [pieces[0].hit for pieces in chosen]
    told = [likely.get(hit.pair, 0.0) if likely else shares.get(hit.slug, 0.0) for hit in firsts]
    ordered = _in_order(question, chosen, contexts, told, enough)
    return [piece for pieces in ordered for piece in pieces]


def _likely_first(ranked: Sequence[Hit], likely: Mapping[Pair, float], chosen: Sequence[Pair]) -> list[Hit]:
    """Return of `ranked` what may stand next to the `chosen` pieces, best first.

    The likeliest leads, and what is likely goes with it. Where the first is not sure, the last place is for
    what is ranked first beside it, likely or not: the question may be meant in another way.
    """
    by_chance = sorted(ranked, key=lambda hit: -likely.get(hit.pair, 0.0))
    if not chosen:
        return by_chance
    good = [hit for hit in by_chance if likely.get(hit.pair, 0.0) >= LIKELY]
    if likely.get(chosen[0], 0.0) >= SURE:
        return good
    if good and len(chosen) < len(SENTENCES) - 1:
        return good
    return [hit for hit in ranked if likely.get(hit.pair, 0.0) >= LEAST_LIKELY]


def _in_order(
    question: str,
    chosen: Sequence[Sequence[Piece]],
    contexts: Mapping[int, str],
    told: Sequence[float],
    enough: float,
) -> Sequence[Sequence[Piece]]:
    """Return the pieces in the order in which they are read: the point first. `told`: what speaks for each.

    What something is comes after what is said of it, where the question asks for that and `enough` speaks for
    it: that part of what speaks for the definition. A spoken answer to just that question leads.
    """

    def place(at: int) -> tuple[bool, bool, bool]:
        hit, others = chosen[at][0].hit, max([*told[:at], *told[at + 1 :]], default=0.0)
        beside = told[at] < enough * others or not answers_just_that(question, hit, contexts)
        later = told[at] < COMES_FIRST or not says_when(question, hit)
        return beside, later, only_defines(question, hit) and others >= enough * told[at]

    return [chosen[at] for at in sorted(range(len(chosen)), key=place)]


def _adds(telling: set[str], question: str, pieces: Sequence[Piece], first: float, share: float) -> bool:
    """Whether the last sentences have to do with the question, by its words or by what like questions say.

    `first` is what these say for the first piece, `share` what for this one.
    """
    if only_defines(question, pieces[0].hit) and share < ENOUGH_SPEAKS * first:
        return False
    shared = len(telling & {word for piece in pieces for word in content_words(piece.text)})
    return shared >= TELLING_WORDS or (share >= ADDS * first if first else bool(shared))


def pieces_of(hit: Hit) -> list[Piece]:
    """Return the sentences of a passage."""
    return [Piece(hit, start, end) for start, end in sentence_spans(hit.text)]


def _window(question: str, hit: Hit, room: int, contexts: Mapping[int, str]) -> list[Piece]:
    """Return up to `room` sentences in a row, those that share most words with the question.

    They begin with a sentence that can stand alone, not right after one that is left out; on a tie with the
    earliest. What cannot be read aloud ends them, and so does what announces more than they hold.
    """
    pieces = _told_in(hit)
    wanted = set(content_words(question))

    def row(start: int) -> list[Piece]:
        further = pieces[start : start + room]
        spoken = list(takewhile(lambda piece: is_told(question, piece.text, at_start=not start), further))
        return spoken[: kept_promises([piece.text for piece in spoken])]

    def shared(start: int) -> int:
        return len(wanted & {word for piece in row(start) for word in content_words(piece.text)})

    def begins(at: int) -> bool:
        if at == 0 and hit.kind == "script":
            return _replies(wanted, pieces[0], contexts.get(hit.passage_id, ""))
        if at == 0:
            return True
        cut = any(not is_told(question, piece.text, at_start=False) for piece in pieces[:at])
        return not (cut or leans_back(pieces[at].text) or is_meaning(hit))

    if answers_just_that(question, hit, contexts) and row(0):
        return row(0)
    starts = [at for at in range(len(pieces)) if row(at) and begins(at)]
    return row(max(starts, key=lambda start: (shared(start), -start))) if starts else []


def _told_in(hit: Hit) -> list[Piece]:
    """Return the sentences of a passage, without the question that a spoken answer ends with."""
    pieces = pieces_of(hit)
    asks_back = hit.kind == "script" and len(pieces) > 1 and pieces[-1].text.endswith("?")
    return pieces[:-1] if asks_back else pieces


def replies(question: str, hit: Hit, contexts: Mapping[int, str]) -> bool:
    """Whether a line makes sense to who asks `question`: an entry's stands alone, a spoken answer may not."""
    if hit.kind != "script":
        return True
    return _replies(set(content_words(question)), pieces_of(hit)[0], contexts.get(hit.passage_id, ""))


def _replies(wanted: set[str], first: Piece, asked: str) -> bool:
    """Whether the first sentence of a spoken answer makes sense to who asked for `wanted`.

    “Only if the system helps.” replies to the script's own question, `asked`, and to no other.
    """
    its = set(content_words(asked))
    if its and len(wanted & its) >= SAME_QUESTION * len(its):
        return True
    return bool(wanted & set(content_words(first.text))) and not LEANS.match(first.text)


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
