"""What is remembered of a topic, by FSRS. Pure: reviews and times in, memory out.

What FSRS calls a card is here a topic of a lesson, as one person knows it: two questions on one topic are two
reviews of it. FSRS' default parameters (fsrs 6.3) are used, without its steps of one and ten minutes: those
are for facts shown again within a sitting, and a topic comes back with another question, on another day.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import IntEnum
from functools import cache
from typing import Final

from fsrs import Card, Scheduler, State
from fsrs import Rating as FsrsRating

# The share of reviews that should go well: FSRS' own default; its makers recommend 0.75 to 0.95.
DESIRED_RETENTION: Final = 0.90
# Nothing is left alone for longer: what may be said changes.
LONGEST_INTERVAL_DAYS: Final = 180
# Before anything is known of somebody's memory of a topic, a question is as likely right as wrong.
UNKNOWN: Final = 0.5
# How far ahead the gain of practising is reckoned, when no call is near.
HORIZON: Final = timedelta(days=7)


class Rating(IntEnum):
    """How a review went, as FSRS counts. `EASY` is never given: an answer does not show how easy it was."""

    AGAIN = 1
    HARD = 2
    GOOD = 3

    @classmethod
    def of(cls, score: float) -> Rating:
        """Return the rating of a score from 0 to 1: all right, half of it or more, less."""
        if score >= 1 - 1e-9:
            return cls.GOOD
        return cls.HARD if score >= 0.5 else cls.AGAIN


@dataclass(frozen=True, slots=True)
class Memory:
    """The memory of one topic: `stability` in days (to 90 % recall), `difficulty` 1 to 10, UTC times."""

    stability: float
    difficulty: float
    last: datetime
    due: datetime


def replay(reviews: Iterable[tuple[datetime, Rating]]) -> Memory | None:
    """Return the memory that `reviews`, in any order, come to; None where there is none."""
    memory = None
    for at, rating in sorted(reviews):
        memory = reviewed(memory, rating, at)
    return memory


def reviewed(memory: Memory | None, rating: Rating, at: datetime) -> Memory:
    """Return `memory` after one more review."""
    at = at.astimezone(UTC)
    card, _ = _scheduler().review_card(_card(memory), FsrsRating(rating), at)
    assert card.stability is not None
    assert card.difficulty is not None
    return Memory(card.stability, card.difficulty, at, card.due)


def recall(memory: Memory | None, now: datetime) -> float:
    """Return the chance, 0 to 1, that a question on the topic goes well now. Counts in whole days."""
    if memory is None:
        return UNKNOWN
    return float(_scheduler().get_card_retrievability(_card(memory), now.astimezone(UTC)))


def gain(memory: Memory | None, now: datetime, ahead: timedelta = HORIZON) -> float:
    """Return how much likelier the topic is remembered after `ahead` if it is practised now, 0 to 1.

    What is expected over both ways the review may go: it goes well with the chance of `recall`.
    """
    well, then = recall(memory, now), now + ahead
    practised = sum(
        chance * recall(reviewed(memory, rating, now), then)
        for chance, rating in ((well, Rating.GOOD), (1 - well, Rating.AGAIN))
    )
    return max(0.0, practised - (0.0 if memory is None else recall(memory, then)))


@cache
def _scheduler() -> Scheduler:
    return Scheduler(
        desired_retention=DESIRED_RETENTION,
        learning_steps=(),
        relearning_steps=(),
        maximum_interval=LONGEST_INTERVAL_DAYS,
        enable_fuzzing=False,
    )


def _card(memory: Memory | None) -> Card:
    # The number is FSRS' own and means nothing here.
    if memory is None:
        return Card(card_id=0)
    return Card(0, State.Review, None, memory.stability, memory.difficulty, memory.due, memory.last)
