"""Which questions an attempt asks, in which order: pure, the randomness comes from the caller."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from random import Random
from typing import Generic, TypeVar

from quizzes.likeness import NEAR, likeness

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Drawable(Generic[T]):
    """A question that may be drawn. Those of one `family` are siblings; `words` are its longer words."""

    item: T
    topic: str
    kind: str = ""
    difficulty: str = ""
    family: str = ""
    words: frozenset[str] = frozenset()

    def is_near(self, other: Drawable[T]) -> bool:
        """Whether one attempt must not show both: siblings, and rewordings of one another."""
        if self.family and self.family == other.family:
            return True
        return bool(self.words) and likeness(self.words, other.words) >= NEAR


@dataclass(frozen=True, slots=True)
class DrawRule:
    """So many questions of a topic, of a difficulty, or of both; empty stands for any."""

    count: int
    topic: str = ""
    difficulty: str = ""

    def fits(self, question: Drawable[T]) -> bool:
        return self.topic in ("", question.topic) and self.difficulty in ("", question.difficulty)


def draw(
    questions: Sequence[Drawable[T]], count: int | None, random: Random, rules: Sequence[DrawRule] = ()
) -> list[T]:
    """Draw by `rules`, then fill up to `count` with every topic by its share, and shuffle.

    Nothing is drawn that is near to what is drawn already. A rule that cannot be filled gives what there is.
    Without rules `count` of None, or past the end, takes all; with rules None takes what they ask for.
    """
    waiting = _by_share(questions, random)
    drawn: list[Drawable[T]] = []
    for rule in rules:
        _take(drawn, [question for question in waiting if rule.fits(question)], rule.count)
    most = len(drawn) if rules and count is None else len(waiting) if count is None else count
    _take(drawn, waiting, most - len(drawn))
    random.shuffle(drawn)
    return [question.item for question in drawn]


def siblings(missed: Sequence[Drawable[T]], others: Sequence[Drawable[T]], random: Random) -> list[T]:
    """For each question that was missed, one to try: of its family, else of its topic, else itself."""
    drawn: list[Drawable[T]] = []
    for question in missed:
        waiting = list(others)
        random.shuffle(waiting)
        waiting.sort(key=lambda other: _distance(question, other))
        _take(drawn, [other for other in waiting if _distance(question, other) < _STRANGER] + [question], 1)
    random.shuffle(drawn)
    return [question.item for question in drawn]


_STRANGER = 3


def _distance(question: Drawable[T], other: Drawable[T]) -> int:
    if question.family and question.family == other.family:
        return 0
    if question.topic != other.topic:
        return _STRANGER
    return 1 if question.kind == other.kind else 2


def _take(drawn: list[Drawable[T]], waiting: Sequence[Drawable[T]], count: int) -> None:
    """Move up to `count` of `waiting` to `drawn`, passing over what is near to something there."""
    for question in waiting:
        if count <= 0:
            return
        if question not in drawn and not any(question.is_near(other) for other in drawn):
            drawn.append(question)
            count -= 1


def _by_share(questions: Sequence[Drawable[T]], random: Random) -> list[Drawable[T]]:
    """Put questions in a random order in which every beginning has each topic by its share.

    Within a topic of n questions the i-th stands at (i + u) / n with u random from 0 to 1: a topic with twice
    the questions comes twice as often.
    """
    by_topic: dict[str, list[Drawable[T]]] = defaultdict(list)
    for question in questions:
        by_topic[question.topic].append(question)
    placed: list[tuple[float, int, Drawable[T]]] = []
    for group in by_topic.values():
        random.shuffle(group)
        for index, question in enumerate(group):
            placed.append(((index + random.random()) / len(group), len(placed), question))
    return [question for _, _, question in sorted(placed, key=lambda place: place[:2])]
