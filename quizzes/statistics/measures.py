"""Figures of classical test theory, for one item and for a quiz. Pure.

They are meant for first attempts at one key, as Brightspace's are: on a second go people remember the first.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import exp, fsum, log, sqrt
from statistics import fmean, median
from typing import Final

# Two items are compared where at least this many people answered both.
FEWEST_IN_COMMON: Final = 10
# The point of the normal distribution that leaves 2.5 % above it.
Z_95: Final = 1.959964


@dataclass(frozen=True, slots=True)
class Given:
    """One person's answer to one item: `score` 0 to 1, what was chosen, and the seconds it took, if known."""

    attempt: str
    item: int
    score: float
    chosen: tuple[str, ...] = ()
    seconds: float | None = None


@dataclass(frozen=True, slots=True)
class OptionFigures:
    """How often an option was chosen, out of `n`, and how its choosers did on the rest (0 to 1)."""

    name: str
    count: int
    n: int
    rest: float | None

    @property
    def per_cent(self) -> int:
        return round(100 * self.count / self.n) if self.n else 0


@dataclass(frozen=True, slots=True)
class ItemFigures:
    """One item. `difficulty` is the mean score, so a high one is easy; `discrimination` from -1 to 1.

    Discrimination is corrected: the item is compared with the mean of the others in the same attempt. None
    where it cannot be worked out. `seconds` is the median.
    """

    item: int
    n: int
    difficulty: float
    discrimination: float | None
    seconds: float | None
    options: tuple[OptionFigures, ...]


@dataclass(frozen=True, slots=True)
class Reliability:
    """Cronbach's alpha (KR-20 where items are right or wrong), with the limits of its 95 % interval.

    `estimated`: people answered different items, so it comes from the mean correlation of the pairs.
    """

    alpha: float
    low: float
    high: float
    people: int
    items: int
    estimated: bool = False


def item_figures(
    given: Sequence[Given], options: Mapping[int, Sequence[str]] | None = None
) -> dict[int, ItemFigures]:
    """Return the figures of every item that occurs. `options` holds the names of each item's options."""
    by_attempt: dict[str, list[Given]] = {}
    by_item: dict[int, list[Given]] = {}
    for one in given:
        by_attempt.setdefault(one.attempt, []).append(one)
        by_item.setdefault(one.item, []).append(one)
    rest = {(one.attempt, one.item): _rest(one, by_attempt[one.attempt]) for one in given}
    return {
        item: _figures(item, answers, rest, (options or {}).get(item, ()))
        for item, answers in by_item.items()
    }


def correlation(xs: Sequence[float], ys: Sequence[float]) -> float | None:
    """Return Pearson's correlation; None under three pairs or where one side does not vary."""
    if len(xs) < 3:
        return None
    mean_x, mean_y = fmean(xs), fmean(ys)
    over = fsum((x - mean_x) * (y - mean_y) for x, y in zip(xs, ys, strict=True))
    under = sqrt(fsum((x - mean_x) ** 2 for x in xs) * fsum((y - mean_y) ** 2 for y in ys))
    return over / under if under > 1e-12 else None


def reliability(given: Sequence[Given]) -> Reliability | None:
    """Return how consistently the items measure; None for fewer than two items or four people.

    Cronbach (1951) where everybody answered the same items. Otherwise the standardised form, over pairs that
    at least FEWEST_IN_COMMON people answered. The interval is Bonett's (2002): the logarithm of 1 - alpha has
    a standard error of sqrt(2k / ((k - 1)(n - 2))).
    """
    rows: dict[str, dict[int, float]] = {}
    for one in given:
        rows.setdefault(one.attempt, {})[one.item] = one.score
    people, asked = len(rows), {item for row in rows.values() for item in row}
    if people < 4 or len(asked) < 2:
        return None
    complete = all(len(row) == len(asked) for row in rows.values())
    items = len(asked) if complete else round(fmean(len(row) for row in rows.values()))
    alpha = _alpha(rows, sorted(asked)) if complete else _standardised(rows, sorted(asked), items)
    if alpha is None or items < 2:
        return None
    error = Z_95 * sqrt(2 * items / ((items - 1) * (people - 2)))
    spread = log(max(1e-9, 1 - alpha))
    return Reliability(alpha, 1 - exp(spread + error), 1 - exp(spread - error), people, items, not complete)


def _figures(
    item: int, answers: Sequence[Given], rest: Mapping[tuple[str, int], float | None], names: Sequence[str]
) -> ItemFigures:
    pairs = [(one.score, others) for one in answers if (others := rest[one.attempt, item]) is not None]
    times = [one.seconds for one in answers if one.seconds is not None]
    return ItemFigures(
        item=item,
        n=len(answers),
        difficulty=fmean(one.score for one in answers),
        discrimination=correlation([score for score, _ in pairs], [others for _, others in pairs]),
        seconds=median(times) if times else None,
        options=tuple(_option(name, answers, rest) for name in names),
    )


def _option(
    name: str, answers: Sequence[Given], rest: Mapping[tuple[str, int], float | None]
) -> OptionFigures:
    choosers = [one for one in answers if name in one.chosen]
    others = [value for one in choosers if (value := rest[one.attempt, one.item]) is not None]
    return OptionFigures(name, len(choosers), len(answers), fmean(others) if others else None)


def _rest(one: Given, attempt: Sequence[Given]) -> float | None:
    others = [other.score for other in attempt if other.item != one.item]
    return fmean(others) if others else None


def _alpha(rows: Mapping[str, Mapping[int, float]], items: Sequence[int]) -> float | None:
    total = _variance([fsum(row.values()) for row in rows.values()])
    if total <= 1e-12:
        return None
    parts = fsum(_variance([row[item] for row in rows.values()]) for item in items)
    return len(items) / (len(items) - 1) * (1 - parts / total)


def _standardised(rows: Mapping[str, Mapping[int, float]], items: Sequence[int], length: int) -> float | None:
    found = []
    for place, one in enumerate(items):
        for other in items[place + 1 :]:
            both = [(row[one], row[other]) for row in rows.values() if one in row and other in row]
            if len(both) >= FEWEST_IN_COMMON:
                value = correlation([pair[0] for pair in both], [pair[1] for pair in both])
                found += [] if value is None else [value]
    if not found:
        return None
    mean = fmean(found)
    under = 1 + (length - 1) * mean
    return length * mean / under if under > 1e-12 else None


def _variance(values: Sequence[float]) -> float:
    mean = fmean(values)
    return fsum((value - mean) ** 2 for value in values) / (len(values) - 1)
