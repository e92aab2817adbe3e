"""Charts as numbers for an SVG: where each mark stands, and the sentence that says what they show. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from quizzes.reports.counts import Cell
from quizzes.reports.standing import TITLES, State

# In the units of the drawing; it is as wide as its place on the page.
WIDTH, HEIGHT = 720, 220
LEFT, RIGHT, TOP, BOTTOM = 44, 12, 12, 30
BAR_HEIGHT: Final = 44
# A change smaller than this is none that anybody should act on.
CHANGE: Final = 3


@dataclass(frozen=True, slots=True)
class Point:
    """A week (its first day): its place, and that of the ends of its interval; None for too few answers."""

    x: float
    y: float | None
    low: float | None
    high: float | None
    cell: Cell
    week: date
    label: bool = False


@dataclass(frozen=True, slots=True)
class Trend:
    """Right answers by week. `lines` are stretches of weeks without a gap, as the points of a polyline."""

    title: str
    points: list[Point]
    lines: list[str]
    band: list[str]
    ticks: list[tuple[int, float]]
    width: int = WIDTH
    height: int = HEIGHT
    left: int = LEFT
    right: int = WIDTH - RIGHT
    bottom: int = HEIGHT - BOTTOM


def trend(weeks: Sequence[tuple[datetime, Cell]], whose: str) -> Trend | None:
    """Return the chart over `weeks` (their beginnings and counts); None where there is nothing to draw."""
    if sum(not cell.is_few for _, cell in weeks) < 2:
        return None
    step = (WIDTH - LEFT - RIGHT) / max(1, len(weeks) - 1)
    every = -(-len(weeks) // 8)
    points = [
        _point(LEFT + step * place, start, cell, place % every == 0)
        for place, (start, cell) in enumerate(weeks)
    ]
    stretches = _stretches(points)
    return Trend(
        title=trend_title(weeks, whose),
        points=points,
        lines=[_pairs((point.x, point.y) for point in stretch) for stretch in stretches],
        band=[
            _pairs([(one.x, one.high) for one in stretch] + [(one.x, one.low) for one in reversed(stretch)])
            for stretch in stretches
        ],
        ticks=[(share, _y(share)) for share in (0, 25, 50, 75, 100)],
    )


def trend_title(weeks: Sequence[tuple[datetime, Cell]], whose: str) -> str:
    """Say what the first and the second half of the weeks come to, and whether that is a change."""
    half = len(weeks) // 2
    before, after = sum((c for _, c in weeks[:half]), Cell()), sum((c for _, c in weeks[half:]), Cell())
    if before.is_few or after.is_few:
        return f"{whose}: too few answers to tell whether anything changes"
    one, other = before.per_cent or 0, after.per_cent or 0
    first, second = before.share_text, after.share_text
    apart = before.interval[1] < after.interval[0] or after.interval[1] < before.interval[0]
    if not apart or abs(one - other) < CHANGE:
        return f"{whose}: about the same throughout, {first} right before and {second} since"
    way = "up" if other > one else "down"
    return f"{whose}: {way} from {first} right in the first half of the time to {second} in the second"


def topics_title(topics: Iterable[tuple[str, Cell]], whose: str) -> str:
    """Say on which of `topics` (as in addresses) answers are right least often, where there are enough."""
    told = [(topic, cell) for topic, cell in topics if not cell.is_few]
    if not told:
        return f"{whose}, by topic: too few answers to tell where it goes worst"
    topic, cell = min(told, key=lambda one: one[1].right / one[1].n)
    name = topic.replace("-", " ").capitalize()
    return f"{whose}, by topic: right least often on “{name}”, {cell.share_text}"


def _point(x: float, start: datetime, cell: Cell, label: bool) -> Point:
    if cell.is_few:
        return Point(round(x, 1), None, None, None, cell, start.date(), label)
    low, high = cell.interval
    return Point(round(x, 1), _y(100 * cell.right / cell.n), _y(low), _y(high), cell, start.date(), label)


def _y(per_cent: float) -> float:
    return round(TOP + (HEIGHT - TOP - BOTTOM) * (1 - per_cent / 100), 1)


def _stretches(points: Sequence[Point]) -> list[list[Point]]:
    """Weeks in a row that have enough answers: over the others nothing is drawn, for nothing is known."""
    found: list[list[Point]] = [[]]
    for point in points:
        if point.y is None:
            found.append([])
        else:
            found[-1].append(point)
    return [stretch for stretch in found if stretch]


def _pairs(places: object) -> str:
    return " ".join(f"{x},{y}" for x, y in places)  # type: ignore[attr-defined]


@dataclass(frozen=True, slots=True)
class Part:
    """A part of the bar: how many, from where to how wide, and where its number stands."""

    state: State
    title: str
    count: int
    x: float
    width: float

    @property
    def middle(self) -> float:
        return round(self.x + self.width / 2, 1)

    @property
    def shows_number(self) -> bool:
        return self.width >= 34


@dataclass(frozen=True, slots=True)
class Bar:
    """How many people stand how, in one bar."""

    title: str
    parts: list[Part]
    width: int = WIDTH
    height: int = BAR_HEIGHT


def readiness(states: Mapping[State, int]) -> Bar | None:
    """Return the bar over how many people are in each state; None for nobody."""
    people, x, parts = sum(states.values()), 0.0, []
    if not people:
        return None
    for state in State:
        width = round(WIDTH * states.get(state, 0) / people, 1)
        parts.append(Part(state, TITLES[state], states.get(state, 0), round(x, 1), width))
        x += width
    ready, stuck = states.get(State.READY, 0), states.get(State.STUCK, 0)
    of = "1 person" if people == 1 else f"{people} people"
    tail = "nobody is stuck" if not stuck else f"{stuck} {'is' if stuck == 1 else 'are'} stuck"
    return Bar(f"{ready} of {of} ready, {tail}", parts)
