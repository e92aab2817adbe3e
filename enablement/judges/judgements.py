"""What is asked about an answer, and what comes of it. Pure."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Asked:
    """A question, the ways in which a good answer says it (each is enough), and an answer."""

    question: str
    says: tuple[str, ...]
    answer: str


@dataclass(frozen=True, slots=True)
class Judgement:
    """Whether the answer says it; where in the answer; how likely; and whether that is sure or for a person.

    `start` and `end` count characters of the answer. Not met, they mark what came nearest. `agreed` is how
    likely by pieces alone that deny nothing where nothing is to be denied, and the other way about: words in
    common cannot tell a statement from its denial, so what must not be fooled by one goes by this figure.
    """

    met: bool
    start: int
    end: int
    confidence: float
    sure: bool
    agreed: float
