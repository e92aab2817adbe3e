"""Who was erased stays so, also where an older backup brings them back."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db import ProgrammingError

from enablement.models import Person
from enablement.personal.erasing import erase


@dataclass(frozen=True, slots=True)
class Erased:
    """Somebody who was erased. Of another site's people the number may be the same, the moment is not."""

    pk: int
    date_joined: datetime


def erased_people() -> list[Erased]:
    """Return who is erased in this database; nobody, where it has no tables yet."""
    try:
        rows = list(Person.objects.exclude(erased_at=None).values_list("pk", "date_joined"))
    except ProgrammingError:
        return []
    return [Erased(pk, joined) for pk, joined in rows]


def erase_again(people: list[Erased]) -> int:
    """Erase those of `people` who are there with their names. Return how many these were."""
    back = [
        person
        for one in people
        for person in Person.objects.filter(pk=one.pk, date_joined=one.date_joined, erased_at=None)
    ]
    for person in back:
        erase(person, None)
    return len(back)
