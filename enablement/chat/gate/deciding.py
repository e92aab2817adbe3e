"""Whether to answer: the figures of a question weighed, with vectors where the encoder is there."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.conf import settings

from enablement.chat.gate.asks import gives_orders
from enablement.chat.gate.evidence import Vector, beyond, meaning_figures, nearness_of, words_figures
from enablement.chat.gate.model import Gate
from enablement.chat.passages import About
from enablement.retrieval.search import Hit
from enablement.words import content_words, spell_out

DEFINITION = re.compile(
    r"^\W*(?:so |and |ok |hi |please )*"
    r"(?:what(?:['’]?s| is| are| does)|define|explain|definition of|meaning of)\b",
    re.IGNORECASE,
)
# Each of these words says nothing alone; together they are what the content calls made-up answers.
MADE_UP = re.compile(r"\b(?:mak(?:es?|ing)|made)[ -]+(?:\w+\s+)?up\b", re.IGNORECASE)
# So many of the best hits are weighed.
WEIGHED = 12


@dataclass(frozen=True, slots=True)
class Decision:
    """`strength`: how far on the side of an answer, 0 is the threshold; `figures`: what was weighed."""

    enough: bool
    strength: float
    figures: Mapping[str, float]


def decide(question: str, vector: Vector | None, hits: Sequence[Hit], about: About, gate: Gate) -> Decision:
    """Weigh what was found for `question`; `vector` is None while the encoder is away.

    Vectors of another encoder than the gate's cannot be compared with its questions: then words decide, until
    `fit_gate` has been run with that encoder.
    """
    if MADE_UP.search(written := spell_out(question)):
        question = MADE_UP.sub("made-up answers", written)
    figures = words_figures(question, hits, about.contexts)
    if vector is not None and gate.encoder == settings.EMBEDDING_MODEL:
        figures |= meaning_figures(hits, nearness_of(vector, gate.yes, gate.no))
        strength = gate.meaning.strength(figures, beyond(vector, about.vectors_of(hits)))
        strength += gate.likeness.says(vector, gate.meaning.standard(figures))
    else:
        strength = gate.words.strength(figures)
    asks = bool(content_words(question)) and not gives_orders(question)
    enough = bool(hits) and asks and (strength >= 0 or asks_what_it_is(question, hits, about.contexts))
    return Decision(enough, strength, figures)


def asks_what_it_is(question: str, hits: Sequence[Hit], contexts: Mapping[int, str]) -> bool:
    """Whether a question asks what something is that a card or a term among `hits` is named after.

    Few words give little to weigh; the name itself is evidence enough.
    """
    wanted = set(content_words(question))
    if not wanted or not DEFINITION.match(question):
        return False
    named = (hit for hit in hits if hit.kind in ("card", "term"))
    return any(set(content_words(name)) == wanted for hit in named for name in _names(hit, contexts))


def _names(hit: Hit, contexts: Mapping[int, str]) -> list[str]:
    also = [name for name in contexts.get(hit.passage_id, "").split(", ") if name]
    return also if hit.kind == "term" else [hit.title.split(" › ")[0], *also]
