"""Whether to answer: the figures of a question weighed, with vectors where the encoder is there."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.conf import settings

from enablement.chat.gate.evidence import Vector, beyond, meaning_figures, nearness_of, words_figures
from enablement.chat.gate.model import Gate
from enablement.chat.passages import About
from enablement.retrieval.search import Hit
from enablement.words import content_words


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
    figures = words_figures(question, hits, about.contexts)
    weights, rest = gate.words, None
    if vector is not None and gate.encoder == settings.EMBEDDING_MODEL:
        figures |= meaning_figures(hits, nearness_of(vector, gate.yes, gate.no))
        weights, rest = gate.meaning, beyond(vector, about.vectors_of(hits))
    strength = weights.strength(figures, rest)
    enough = bool(hits) and bool(content_words(question)) and strength >= 0
    return Decision(enough, strength, figures)
