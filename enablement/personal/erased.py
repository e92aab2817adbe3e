"""Who was erased stays so, also where an older backup brings them back.

What a backup brings knows of no erasure since. So the list is in a file beside the data before anything is
brought back, and stays there until all of them are erased again, whatever ends a restore half-way.
"""

from __future__ import annotations

import json
import logging
import os
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Final

from django.db import ProgrammingError

from config.embedded.addresses import make_data_folder
from enablement.models import Person
from enablement.personal.erasing import erase

log = logging.getLogger(__name__)

KEPT: Final = "erased.json"


class BadErasedList(ValueError):
    """The file of the erased cannot be read or written, in one sentence with what to do."""


@dataclass(frozen=True, slots=True)
class Erased:
    """Somebody who was erased. Of another site's people the number may be the same, the moment is not."""

    pk: int
    date_joined: datetime


@dataclass(frozen=True, slots=True)
class ErasedAgain:
    """How many were erased again, and who could not be."""

    erased: int
    left: list[Erased]


def erased_people() -> list[Erased]:
    """Return who is erased in this database; nobody, where it has no tables yet."""
    try:
        rows = list(Person.objects.exclude(erased_at=None).values_list("pk", "date_joined"))
    except ProgrammingError:
        return []
    return [Erased(pk, joined) for pk, joined in rows]


def keep_erased(folder: Path) -> list[Erased]:
    """Return who is erased, here or before a restore that was cut short. `folder` holds the list by then.

    Raises BadErasedList.
    """
    people = list(dict.fromkeys([*_kept(folder / KEPT), *erased_people()]))
    _keep(folder / KEPT, people)
    return people


def erase_again(people: list[Erased], folder: Path) -> ErasedAgain:
    """Erase those of `people` who are there with their names, each for themselves.

    `folder` holds the list of those with whom it failed; without any the list goes. Raises BadErasedList.
    """
    erased, left = 0, list[Erased]()
    for one in people:
        try:
            erased += _erase_again(one)
        # Whatever it is: one who cannot be erased keeps nobody else's name in the database.
        except Exception as error:
            log.error("person %s was erased, is back, and cannot be erased again", one.pk, exc_info=error)
            left.append(one)
    _keep(folder / KEPT, left)
    return ErasedAgain(erased, left)


def back_again(folder: Path) -> list[Person]:
    """Return those of the list in `folder` who are there with their names. Raises BadErasedList."""
    return [person for one in _kept(folder / KEPT) if (person := _named(one))]


def _erase_again(one: Erased) -> bool:
    person = _named(one)
    if person is not None:
        erase(person, None)
    return person is not None


def _named(one: Erased) -> Person | None:
    return Person.objects.filter(pk=one.pk, date_joined=one.date_joined, erased_at=None).first()


def _kept(file: Path) -> list[Erased]:
    try:
        rows = json.loads(file.read_text(encoding="ascii"))
        return [Erased(int(pk), datetime.fromisoformat(joined)) for pk, joined in rows]
    except FileNotFoundError:
        return []
    except (OSError, ValueError, TypeError) as error:
        raise BadErasedList(
            f"{file} cannot be read, and it says whom a restore that was cut short has still to erase: put "
            "it right, or delete it once they are erased."
        ) from error


def _keep(file: Path, people: list[Erased]) -> None:
    """Write the list for its owner only, on the disk before this returns; nobody in it, no file."""
    draft = file.with_name(f"{file.name}.new")
    try:
        if not people:
            file.unlink(missing_ok=True)
            return
        make_data_folder(file.parent)
        draft.touch(mode=0o600)
        with draft.open("w", encoding="ascii") as goal:
            json.dump([[one.pk, one.date_joined.isoformat()] for one in people], goal)
            goal.flush()
            os.fsync(goal.fileno())
        draft.replace(file)
    except OSError as error:
        raise BadErasedList(
            f"{file} cannot be written ({error.strerror}), and a restore notes there who has to be erased "
            "again: make room, or let this account write there."
        ) from error
