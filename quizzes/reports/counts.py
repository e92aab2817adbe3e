"""Counts as they are shown: small numbers are treated as small. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace

# Below this many answers a share is noise, so none is shown and nothing is concluded.
FEW = 5
# More pairs of outcomes than this make a paragraph that nobody reads.
MOST_SENTENCES = 3

NOT_ANSWERED = ""


@dataclass(frozen=True, slots=True)
class Cell:
    """How many of `n` answers were right."""

    n: int = 0
    right: int = 0

    def __add__(self, other: Cell) -> Cell:
        return Cell(self.n + other.n, self.right + other.right)

    @property
    def is_few(self) -> bool:
        return self.n < FEW

    @property
    def per_cent(self) -> int | None:
        """Whole per cent, or None where there are too few answers for one."""
        return None if self.is_few else round(100 * self.right / self.n)

    @property
    def level(self) -> str:
        """The shade of the cell: `none`, `few`, or `low`, `middle`, `high` (under 60, under 80, from 80)."""
        share = self.per_cent
        if share is None:
            return "few" if self.n else "none"
        return "low" if share < 60 else "middle" if share < 80 else "high"


@dataclass(frozen=True, slots=True)
class Sentence:
    """One thing that the counts say. `is_few`: said of too few answers to build on."""

    text: str
    is_few: bool


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
    def rows(self) -> list[tuple[str, str, list[tuple[str, int, bool]], int, int]]:
        """For each true outcome: name, title, (title, count, is right) for each chosen, open, answered."""
        return [
            (
                true,
                title,
                [
                    (chosen_title, self.counts.get((true, chosen), 0), chosen == true)
                    for chosen, chosen_title in self.outcomes
                ],
                self.counts.get((true, NOT_ANSWERED), 0),
                self.answered(true),
            )
            for true, title in self.outcomes
        ]

    def answered(self, true: str) -> int:
        """How many statements of the outcome `true` were answered, rightly or wrongly."""
        chosen = [number for (other, name), number in self.counts.items() if other == true and name]
        return sum(chosen)

    @property
    def sentences(self) -> list[Sentence]:
        """The pairs of outcomes that are taken for one another, the most frequent first."""
        names = [name for name, _ in self.outcomes]
        pairs = [(one, other) for index, one in enumerate(names) for other in names[index + 1 :]]
        mixed_up = sorted(
            (pair for pair in pairs if self._errors(*pair)), key=lambda pair: -self._errors(*pair)
        )
        return [self._sentence(*pair) for pair in mixed_up[:MOST_SENTENCES]]

    def _errors(self, one: str, other: str) -> int:
        return self.counts.get((one, other), 0) + self.counts.get((other, one), 0)

    def _sentence(self, one: str, other: str) -> Sentence:
        if self.counts.get((other, one), 0) > self.counts.get((one, other), 0):
            one, other = other, one
        titles, taken, back = dict(self.outcomes), self.counts[one, other], self.counts.get((other, one), 0)
        of_one, of_other = self.answered(one), self.answered(other)
        text = (
            f"Takes “{titles[one]}” for “{titles[other]}” in {taken} of {of_one}; "
            f"the reverse in {back} of {of_other}."
        )
        return Sentence(text, is_few=min(of_one, of_other) < FEW)


def merged(confusions: Iterable[Confusion]) -> list[Confusion]:
    """One table for each distinction, with the counts of all `confusions` over it added up."""
    tables: dict[str, Confusion] = {}
    for confusion in confusions:
        known = tables.get(confusion.slug)
        counts = dict(known.counts) if known else {}
        for pair, number in confusion.counts.items():
            counts[pair] = counts.get(pair, 0) + number
        tables[confusion.slug] = replace(confusion, counts=counts)
    return list(tables.values())
