"""Which topics to practise, in which order, and with which questions. Pure; the randomness comes in."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from random import Random
from zoneinfo import ZoneInfo

from quizzes.practice.days import is_due
from quizzes.practice.memory import HORIZON, Memory, gain


@dataclass(frozen=True, slots=True)
class Topic:
    """A topic of a lesson (both by slug), what is remembered of it, and how weak a spot it is, 0 to 1."""

    lesson: str
    topic: str
    memory: Memory | None = None
    weakness: float = 0.0


@dataclass(frozen=True, slots=True)
class Candidate:
    """A question that may be asked, by id. `seen_at` is when the person last met it in any version."""

    question: int
    lesson: str
    topic: str
    seen_at: datetime | None = None


def for_today(topics: Sequence[Topic], now: datetime, zone: ZoneInfo, room: int) -> list[Topic]:
    """Return at most `room` topics for an everyday session: those due first, then new ones, by gain.

    What does not fit is not carried over as a debt: tomorrow it is weighed again with the rest.
    """
    due = [one for one in topics if one.memory is not None and is_due(one.memory.due, now, zone)]
    new = [one for one in topics if one.memory is None]
    return [*_by_gain(due, now, HORIZON), *_by_gain(new, now, HORIZON)][: max(0, room)]


def before_call(topics: Sequence[Topic], lesson: str, now: datetime, room: int) -> list[Topic]:
    """Return the topics of `lesson` of which practising now helps most today, whether due or not.

    Where there are fewer topics than room, they come round again with other questions.
    """
    ranked = _by_gain([one for one in topics if one.lesson == lesson], now, timedelta())
    return [ranked[place % len(ranked)] for place in range(room)] if ranked else []


def with_questions(
    topics: Sequence[Topic], candidates: Sequence[Candidate], random: Random
) -> list[tuple[Topic, Candidate]]:
    """Give each topic a question of its own: one never met, else the one met longest ago. None twice."""
    pools: dict[tuple[str, str], list[Candidate]] = {}
    for candidate in candidates:
        pools.setdefault((candidate.lesson, candidate.topic), []).append(candidate)
    for pool in pools.values():
        random.shuffle(pool)
        pool.sort(key=lambda one: one.seen_at.timestamp() if one.seen_at else 0.0, reverse=True)
    chosen = []
    for topic in topics:
        if pool := pools.get((topic.lesson, topic.topic), []):
            chosen.append((topic, pool.pop()))
    return chosen


def weakness_of(counts: Mapping[str, int]) -> float:
    """Return 0 to 1 for how often a topic went wrong of late: one slip is 1/2, two are 2/3, three 3/4."""
    slips = sum(counts.values())
    return slips / (slips + 1)


def _by_gain(topics: Sequence[Topic], now: datetime, ahead: timedelta) -> list[Topic]:
    def worth(one: Topic) -> float:
        return gain(one.memory, now, ahead) * (1 + one.weakness)

    return sorted(topics, key=lambda one: (-worth(one), one.lesson, one.topic))
