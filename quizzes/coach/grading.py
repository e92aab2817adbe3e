"""One turn of a rep's, judged: which checks it meets, and how the buyer goes on. Pure.

What the judges heard is passed in. A point of which they are not sure is left open: it counts neither way.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

# Findings at these levels are said to a buyer's face; a hint is for the writer alone.
COUNTED_LEVELS: Final = frozenset({"block", "warn"})
KIND, WORDING = "kind", "wording"


class State(StrEnum):
    """What is known of a check."""

    MET = "met"
    NOT_MET = "not_met"
    OPEN = "open"


class Branch(StrEnum):
    """How the buyer goes on."""

    RIGHT = "right"
    WRONG = "wrong"
    WORDING = "wording"


@dataclass(frozen=True, slots=True)
class HeardPoint:
    """What the judge heard of one point: met or not, sure or not, and the words that are nearest."""

    name: str
    title: str
    met: bool
    sure: bool
    quote: str


@dataclass(frozen=True, slots=True)
class Heard:
    """A turn as the judges heard it. `chosen` is empty where the turn does not ask for the kind."""

    chosen: str
    true: str
    chosen_title: str
    true_title: str
    levels: Sequence[str]
    points: Sequence[HeardPoint]
    asks_kind: bool


@dataclass(frozen=True, slots=True)
class CoachCheck:
    """One yes/no check of a turn, with the rep's own words that meet it."""

    name: str
    title: str
    state: State
    quote: str = ""


@dataclass(frozen=True, slots=True)
class TurnGrade:
    """How a turn came out: `score` 0 to 1 over the checks that are not open."""

    checks: tuple[CoachCheck, ...]
    score: float
    branch: Branch


def grade_turn(heard: Heard) -> TurnGrade:
    """Return the grade of a turn. The wording check is always there, so the score always means something."""
    checks = [*_kind(heard), _wording(heard), *(_point(point) for point in heard.points)]
    decided = [check for check in checks if check.state != State.OPEN]
    score = sum(check.state == State.MET for check in decided) / len(decided)
    return TurnGrade(tuple(checks), score, _branch(checks))


def _kind(heard: Heard) -> list[CoachCheck]:
    if not heard.asks_kind:
        return []
    if heard.chosen == heard.true:
        return [CoachCheck(KIND, f"Hears the kind of problem: {heard.true_title}", State.MET)]
    title = f"Hears the kind of problem: it is “{heard.true_title}”, not “{heard.chosen_title}”"
    return [CoachCheck(KIND, title, State.NOT_MET)]


def _wording(heard: Heard) -> CoachCheck:
    said = COUNTED_LEVELS.intersection(heard.levels)
    return CoachCheck(WORDING, "Keeps to what may be said", State.NOT_MET if said else State.MET)


def _point(point: HeardPoint) -> CoachCheck:
    if not point.sure:
        return CoachCheck(point.name, point.title, State.OPEN)
    if point.met:
        return CoachCheck(point.name, point.title, State.MET, point.quote)
    return CoachCheck(point.name, point.title, State.NOT_MET)


def _branch(checks: Sequence[CoachCheck]) -> Branch:
    """The buyer stumbles over a forbidden claim first, then over a wrong kind or most points missed."""
    states = {check.name: check.state for check in checks}
    if states[WORDING] == State.NOT_MET:
        return Branch.WORDING
    points = [check.state for check in checks if check.name not in (KIND, WORDING)]
    missed = sum(state == State.NOT_MET for state in points)
    if states.get(KIND) == State.NOT_MET or 2 * missed > len(points):
        return Branch.WRONG
    return Branch.RIGHT
