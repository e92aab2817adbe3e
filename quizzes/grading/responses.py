"""What a person may answer: read from JSON, refused with a sentence."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any, Final

from enablement.numbers import number

# Ten times what a spoken line takes.
LONGEST_TEXT: Final = 4_000


class BadResponse(ValueError):
    """An answer that does not fit its question. The message is one sentence for the person who gave it."""


def read_choice(response: object, *, allowed: Sequence[str], only_one: bool) -> dict[str, Any]:
    """Return `response` as it is stored: `{"chosen": [names]}`, without repeats and sorted.

    An empty list takes an answer back. Raises BadResponse for anything that was not on offer.
    """
    chosen = response.get("chosen") if isinstance(response, Mapping) else None
    if not isinstance(chosen, list) or not all(isinstance(name, str) for name in chosen):
        raise BadResponse("An answer to this question is a list of the options chosen, under “chosen”.")
    strangers = set(chosen) - set(allowed)
    if strangers:
        raise BadResponse("One of the options chosen does not belong to this question. Reload the page.")
    if only_one and len(set(chosen)) > 1:
        raise BadResponse("This question takes one option. Choose the one that fits best.")
    return {"chosen": sorted(set(chosen))}


def read_parts(response: object, *, allowed: Sequence[str], part_of: Callable[[str], str]) -> dict[str, Any]:
    """Return `response` as it is stored: as `read_choice`, with one name a part at most."""
    stored = read_choice(response, allowed=allowed, only_one=False)
    parts = [part_of(name) for name in stored["chosen"]]
    if len(set(parts)) < len(parts):
        raise BadResponse("Each part of this question takes one answer. Reload the page and choose again.")
    return stored


def read_text(response: object) -> dict[str, Any]:
    """Return `response` as it is stored: `{"text": …}`. An empty text takes an answer back.

    Raises BadResponse for what is no text, is longer than LONGEST_TEXT, or cannot be stored.
    """
    text = response.get("text") if isinstance(response, Mapping) else None
    if not isinstance(text, str):
        raise BadResponse("An answer to this question is a text, under “text”.")
    text = text.replace("\r\n", "\n")
    if len(text) > LONGEST_TEXT:
        raise BadResponse(
            f"This answer has {number(len(text))} characters. Shorten it to {number(LONGEST_TEXT)}."
        )
    if "\x00" in text:
        raise BadResponse("This answer has a character that cannot be stored. Type it again without it.")
    return {"text": text}


def chosen_in(response: Mapping[str, Any] | None) -> tuple[str, ...]:
    """The names chosen in a stored response; none where the question was left open."""
    return tuple(response.get("chosen", ())) if response else ()


def written_in(response: Mapping[str, Any] | None) -> str:
    """The text of a stored response; empty where the question was left open or is answered otherwise."""
    return str(response.get("text", "")) if response else ""
