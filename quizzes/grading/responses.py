"""What a person may answer: read from JSON, refused with a sentence."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any


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


def chosen_in(response: Mapping[str, Any] | None) -> tuple[str, ...]:
    """The names chosen in a stored response; none where the question was left open."""
    return tuple(response["chosen"]) if response else ()
