"""Counts as they are shown: small numbers are treated as small. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from functools import lru_cache

from enablement.evaluation.metrics import wilson
from enablement.numbers import number, per_cent, per_cents

# Below this many answers a share is noise, so none is shown and nothing is concluded.
FEW = 5
# More pairs of outcomes than this make a paragraph that nobody reads.
MOST_SENTENCES = 3

NOT_ANSWERED = ""


@dataclass(frozen=True, slots=True)
class Cell:
    """How many of `n` answers were right, and when the last of them was given, where that is known."""

    n: int = 0
    right: int = 0
    last: datetime | None = field(default=None, compare=False)

    def __add__(self, other: Cell) -> Cell:
        lasts = [last for last in (self.last, other.last) if last]
        return Cell(self.n + other.n, self.right + other.right, max(lasts, default=None))

    @property
    def is_few(self) -> bool:
        return self.n < FEW

    @property
    def per_cent(self) -> int | None:
        """Whole per cent, or None where there are too few answers for one."""
        return None if self.is_few else round(100 * self.right / self.n)

    @property
    def interval(self) -> tuple[int, int]:
        """The 95 % interval of the share (Wilson), in whole per cent."""
        return interval(self.right, self.n)

    @property
    def share_text(self) -> str:
        """The share, or the bare numbers where there are too few."""
        return f"{self.right} of {self.n}" if self.is_few else per_cent(100 * self.right / self.n)

    @property
    def sure_text(self) -> str:
        """Where the share lies with 95 % certainty, and out of how many; empty where there are too few."""
        if self.is_few:
            return ""
        low, high = self.interval
        return f"{low}–{high} · n {number(self.n)}"

    @property
    def level(self) -> str:
        """The shade of the cell: `low` where the share is certainly under 80 %, `high` where it is certainly
        over 60 %, `unsure` where neither is certain; `few` and `none` for too few answers to say."""
        if self.is_few:
            return "few" if self.n else "none"
        low, high = self.interval
        return "low" if high < 80 else "high" if low > 60 else "unsure"


# A page shows a thousand shares, each with its interval in three places.
@lru_cache(maxsize=10_000)
def interval(part: int, n: int) -> tuple[int, int]:
    """Return the 95 % interval of `part` out of `n` (Wilson 1927) in whole per cent; 0 to 100 of none."""
    low, high = wilson(part, n)
    return round(100 * low), round(100 * high)


@dataclass(frozen=True, slots=True)
class Sentence:
    """One thing that the counts say, and how sure it is. `is_few`: said of too few answers to build on."""

    text: str
    is_few: bool
    sure: str = ""


@dataclass(frozen=True, slots=True)
class Taken:
    """How often statements of one outcome (`true`) were taken for another (`chosen`): `count` of `n`."""

    true: str
    chosen: str
    title: str
    count: int
    n: int

    @property
    def is_right(self) -> bool:
        return self.true == self.chosen

    @property
    def is_few(self) -> bool:
        return self.n < FEW

    @property
    def per_cent(self) -> int | None:
        return None if self.is_few else round(100 * self.count / self.n)

    @property
    def interval(self) -> tuple[int, int]:
        return interval(self.count, self.n)


@dataclass(frozen=True, slots=True)
class Confusion:
    """What was chosen against what was true, for one distinction (by slug and title).

    `outcomes` are (name, title) in the distinction's order; `counts` maps (true, chosen) to a number, with
    NOT_ANSWERED as chosen where the statement was left open.
    """

    slug: str
    distinction: str
    outcomes: tuple[tuple[str, str], ...]
    counts: Mapping[tuple[str, str], int] = field(default_factory=dict)

    @property
    def n(self) -> int:
        """Statements that were answered."""
        return sum(number for (_, chosen), number in self.counts.items() if chosen != NOT_ANSWERED)

    @property
    def has_unanswered(self) -> bool:
        return any(number and chosen == NOT_ANSWERED for (_, chosen), number in self.counts.items())

    @property
    def rows(self) -> list[tuple[str, str, list[Taken], int, int]]:
        """For each true outcome: name, title, what it was taken for, how many left open and answered."""
        return [
            (
                true,
                title,
                [
                    Taken(true, chosen, chosen_title, self.counts.get((true, chosen), 0), self.answered(true))
                    for chosen, chosen_title in self.outcomes
                ],
                self.counts.get((true, NOT_ANSWERED), 0),
                self.answered(true),
            )
            for true, title in self.outcomes
        ]

    @property
    def right(self) -> int:
        return sum(number for (true, chosen), number in self.counts.items() if true == chosen)

    def answered(self, true: str) -> int:
        """How many statements of the outcome `true` were answered, rightly or wrongly."""
        chosen = [number for (other, name), number in self.counts.items() if other == true and name]
        return sum(chosen)

    @property
    def sentences(self) -> list[Sentence]:
        """The pairs of outcomes that are taken for one another, the most frequent first."""
        return [self._sentence(*pair) for pair in self._mixed_up()[:MOST_SENTENCES]]

    @property
    def finding(self) -> str:
        """What the table comes to, for its title: the first of `sentences`, in short."""
        mixed_up, titles = self._mixed_up(), dict(self.outcomes)
        if not mixed_up:
            return f"nothing taken for anything else, out of {number(self.n)}" if self.n else "not sorted yet"
        true, chosen = mixed_up[0]
        count, of = number(self.counts[true, chosen]), number(self.answered(true))
        return f"mostly “{titles[true]}” taken for “{titles[chosen]}”, {count} of {of}"

    def _mixed_up(self) -> list[tuple[str, str]]:
        """The (true, chosen) of each pair that is mixed up, in the direction that weighs more."""
        names = [name for name, _ in self.outcomes]
        pairs = [(one, other) for index, one in enumerate(names) for other in names[index + 1 :]]
        mixed_up = sorted(
            (pair for pair in pairs if self._errors(*pair)), key=lambda pair: -self._errors(*pair)
        )
        return [
            (other, one) if self._weight(other, one) > self._weight(one, other) else (one, other)
            for one, other in mixed_up
        ]

    def _errors(self, one: str, other: str) -> int:
        return self.counts.get((one, other), 0) + self.counts.get((other, one), 0)

    def _weight(self, true: str, chosen: str) -> tuple[float, int]:
        """How frequent a mix-up is: by its share where that means something, by its number where not."""
        count = self.counts.get((true, chosen), 0)
        few = min(self.answered(true), self.answered(chosen)) < FEW
        return (0.0 if few else count / self.answered(true), count)

    def _sentence(self, one: str, other: str) -> Sentence:
        titles, taken, back = dict(self.outcomes), self.counts[one, other], self.counts.get((other, one), 0)
        of_one, of_other = self.answered(one), self.answered(other)
        text = (
            f"Takes “{titles[one]}” for “{titles[other]}” in {number(taken)} of {number(of_one)}; "
            f"the reverse in {number(back)} of {number(of_other)}."
        )
        if min(of_one, of_other) < FEW:
            return Sentence(text, is_few=True, sure=f"Too few answers to tell: it takes {FEW} of each.")
        return Sentence(text, is_few=False, sure=_how_sure(taken, of_one, back, of_other))


def _how_sure(taken: int, of_one: int, back: int, of_other: int) -> str:
    """Say whether one direction is more frequent beyond chance.

    It is where Newcombe's interval of the difference of two shares (1998, method 10) lies above 0.
    """
    low = wilson(taken, of_one)[0]
    share, other = taken / of_one, back / of_other
    spread = ((share - low) ** 2 + (wilson(back, of_other)[1] - other) ** 2) ** 0.5
    between = f"{per_cents(*interval(taken, of_one))}, with {per_cent(95)} certainty"
    if share - other - spread > 0:
        return f"That leans one way beyond chance ({between})."
    return f"Which way it leans is not certain yet ({between})."
