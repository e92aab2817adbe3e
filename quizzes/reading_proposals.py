"""Questions that a language model proposes about a card, taken only as far as the card bears them out. Pure.

Nothing of a reply is believed: its form, its quote, its one right option and every wrong one are checked
here, and what is left still waits for a person.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Annotated, Final

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from quizzes.generating import Proposal, faults, place_key
from quizzes.likeness import content_words
from quizzes.schema import ChoiceItem, OptionItem

MOST_QUESTIONS: Final = 3
# A shorter quote may stand anywhere, and says too little to ask about.
SHORTEST_QUOTE: Final = 25
# So much of the right option's words stand in the quote, for the quote to say it.
BORNE_OUT: Final = 0.6
# A wrong option of which the card says so much may be right as well.
ALSO_SAID: Final = 0.8
_DENIES = re.compile(r"\b(not|no|never|nothing|none|cannot|without)\b|n[’']t\b", re.IGNORECASE)
_MARKUP = re.compile(r"https?:|www\.|[<>{}`]|\]\(|\*\*")
Short = Annotated[str, Field(min_length=1, max_length=300)]
Long = Annotated[str, Field(min_length=1, max_length=1_000)]


class _Wrong(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True)

    text: Short
    belief: Long


class _Asked(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True)

    prompt: Short
    right: Short
    wrong: Annotated[list[_Wrong], Field(min_length=2, max_length=4)]
    why: Long
    quote: Long


class _Reply(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True)

    questions: Annotated[list[_Asked], Field(max_length=MOST_QUESTIONS)]


@dataclass(frozen=True, slots=True)
class Read:
    """What a reply came to: what can be proposed, and why the rest was dropped."""

    proposals: tuple[Proposal, ...]
    dropped: tuple[str, ...]


def read_proposals(reply: str, card: str, text: str, known: Iterable[ChoiceItem]) -> Read:
    """Read a reply about the card with the slug `card` that says `text`. `known` is not asked again."""
    try:
        asked = _Reply.model_validate_json(reply.strip()).questions
    except (ValidationError, RecursionError):
        return Read((), ("The reply has not the form that was asked for.",))
    taken: list[Proposal] = []
    dropped: list[str] = []
    for row in asked:
        others = [*known, *(proposal.item for proposal in taken)]
        reason = _against(row, text)
        item = None if reason else _item(row, card)
        if item is not None:
            reason = next(iter(faults(item, others)), "")
            reason = reason or ("It is proposed already." if item.slug in {o.slug for o in others} else "")
        if item is None or reason:
            dropped.append(reason)
        else:
            taken.append(Proposal(item, " ".join(row.quote.split())))
    return Read(tuple(taken), tuple(dropped))


def _against(row: _Asked, text: str) -> str:
    """Why a question cannot be proposed; empty where nothing speaks against it."""
    said = [row.prompt, row.right, row.why, *(part for w in row.wrong for part in (w.text, w.belief))]
    if any(_MARKUP.search(part) for part in said):
        return "It holds markup or an address."
    if len(_plain(row.quote)) < SHORTEST_QUOTE or _plain(row.quote) not in _plain(text):
        return "Its quote does not stand in the card."
    if len({_plain(option) for option in (row.right, *(w.text for w in row.wrong))}) <= len(row.wrong):
        return "Two of its options say the same."
    if _share(row.right, row.quote) < BORNE_OUT or _denies(row.right) != _denies(row.quote):
        return "Its quote does not say what its right option says."
    if any(_share(w.text, text) >= ALSO_SAID and not _denies(w.text) for w in row.wrong):
        return "The card says one of its wrong options too."
    return ""


def _item(row: _Asked, card: str) -> ChoiceItem:
    digest = hashlib.sha256(f"{row.prompt}\n{row.right}".encode()).hexdigest()[:8]
    slug = f"model-{card[:60]}-{digest}"
    options = [OptionItem(text=row.right.strip(), correct=True)]
    options += [OptionItem(text=w.text.strip(), misconception=w.belief.strip()) for w in row.wrong]
    return ChoiceItem(
        kind="one_choice",
        slug=slug,
        topic=card,
        prompt=row.prompt.strip(),
        options=place_key(slug, options),
        explanation=row.why.strip(),
        card=card,
    )


def _plain(text: str) -> str:
    return " ".join(text.casefold().split())


def _share(part: str, whole: str) -> float:
    """The share of the longer words of `part` that stand in `whole`, from 0 to 1."""
    words = content_words(part)
    return len(words & content_words(whole)) / len(words) if words else 0.0


def _denies(text: str) -> bool:
    return len(_DENIES.findall(text)) % 2 == 1
