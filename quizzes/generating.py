"""Questions made from content by rule. They are proposals: nobody is asked one that no person has looked at.

Pure: entries and comparisons in, questions with the sentence each was made from out.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from quizzes.likeness import NEAR, content_words, likeness
from quizzes.linting import LENGTH_RATIO
from quizzes.schema import ChoiceItem, OptionItem

WRONG_OPTIONS: Final = 3


@dataclass(frozen=True, slots=True)
class EntryText:
    """A guide entry, as far as a question is made from it."""

    slug: str
    do_say: str
    why: str
    breaks: Sequence[str]
    card: str | None = None


@dataclass(frozen=True, slots=True)
class TraitText:
    """One row of a comparison: what is said of each card (by slug and title)."""

    slug: str
    title: str
    cells: Sequence[tuple[str, str, str]]


@dataclass(frozen=True, slots=True)
class Proposal:
    """A question and the stretch of content that it was made from."""

    item: ChoiceItem
    source_quote: str


def from_entry(entry: EntryText) -> Proposal | None:
    """Which of these lines can you stand by? None where too few wrong lines are about as long."""
    wrong = [line for line in entry.breaks if about_as_long(entry.do_say, line)][:WRONG_OPTIONS]
    if len(wrong) < 2:
        return None
    options = [OptionItem(text=entry.do_say, correct=True)]
    options += [OptionItem(text=line, misconception=entry.why) for line in wrong]
    item = _choice(
        f"say-{entry.slug}", "wording", "Which of these lines can you stand by?", options, entry.why
    )
    return Proposal(item.model_copy(update={"guide_entry": entry.slug}), entry.do_say)


def from_trait(trait: TraitText) -> Iterator[Proposal]:
    """For each card of a row: which of these is true of it?"""
    if len(trait.cells) < 2:
        return
    for card, title, cell in trait.cells:
        others = [row for row in trait.cells if row[0] != card and about_as_long(cell, row[2])]
        if not others or likeness(content_words(cell), content_words(others[0][2])) >= NEAR:
            continue
        options = [OptionItem(text=cell[:300], correct=True)]
        options += [
            OptionItem(text=text[:300], misconception=f"That is true of {other}.")
            for _, other, text in others[:WRONG_OPTIONS]
        ]
        prompt = f"{trait.title}: what is true of {title}?"
        item = _choice(f"{trait.slug}-{card}", "comparison", prompt, options, f"{title}: {cell}")
        yield Proposal(item.model_copy(update={"card": card}), cell)


def faults(item: ChoiceItem, others: Iterable[ChoiceItem]) -> list[str]:
    """Return what speaks against a proposal, one sentence each: length, number of keys, a double."""
    lengths = [len(option.text) for option in item.options]
    found = []
    if max(lengths) > LENGTH_RATIO * min(lengths):
        found.append("The length of an option gives the answer away.")
    if sum(option.correct for option in item.options) != 1:
        found.append("Exactly one option has to be right.")
    said = _words(item)
    for other in others:
        if other.slug != item.slug and likeness(said, _words(other)) >= NEAR:
            found.append(f"It is a rewording of “{other.slug}”.")
    return found


def about_as_long(one: str, other: str) -> bool:
    """Whether neither of two options stands out by its length."""
    short, long = sorted((len(one), len(other)))
    return long <= LENGTH_RATIO * short and long <= 300


def _words(item: ChoiceItem) -> frozenset[str]:
    return content_words(" ".join((item.prompt, *item.option_texts)))


def _choice(slug: str, topic: str, prompt: str, options: list[OptionItem], explanation: str) -> ChoiceItem:
    """A choice with its key at a place that its slug decides: over many, all places are as frequent."""
    slug = slug[:80].strip("-")
    return ChoiceItem(
        kind="one_choice",
        slug=slug,
        topic=topic,
        prompt=prompt,
        options=place_key(slug, options),
        explanation=explanation,
    )


def place_key(slug: str, options: Sequence[OptionItem]) -> list[OptionItem]:
    """Return options, of which the first is right, with it at a place that `slug` decides."""
    place = int(hashlib.sha256(slug.encode()).hexdigest(), 16) % len(options)
    return [*options[1 : place + 1], options[0], *options[place + 1 :]]
