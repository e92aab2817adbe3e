"""What must hold of people, whatever was restored."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from django.conf import settings

from enablement.personal.erased import BadErasedList, back_again
from enablement.store.invariants import Invariant


def erased_and_back() -> Iterator[str]:
    """Who was erased and is back with their name: a restore was cut short before it erased them again."""
    try:
        yield from (f"the person with the number {person.pk}" for person in back_again(settings.DATA_FOLDER))
    except BadErasedList as error:
        yield str(error)


INVARIANTS: Final = (
    Invariant("erased", "Whoever was erased stays so when a backup is restored.", erased_and_back),
)
