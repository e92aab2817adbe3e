"""Who was erased is erased again where an older backup brings them back."""

from __future__ import annotations

from datetime import timedelta

import pytest

from enablement.models import Person
from enablement.personal.erased import erase_again, erased_people
from enablement.personal.erasing import erase

pytestmark = pytest.mark.django_db


def bring_back(person: Person, **other: object) -> None:
    """The row as a backup from before had it."""
    old = {"username": "ada", "first_name": "Ada", "erased_at": None} | other
    Person.objects.filter(pk=person.pk).update(**old)


def test_who_is_back_with_their_name_loses_it_again(ada: Person, zoe: Person) -> None:
    erase(ada, None)
    known = erased_people()
    assert erase_again(known) == 0
    bring_back(ada)
    assert erase_again(known) == 1
    assert not Person.objects.filter(username="ada").exists()
    assert Person.objects.get(pk=zoe.pk).erased_at is None


def test_somebody_elses_number_is_no_reason_to_erase_them(ada: Person) -> None:
    erase(ada, None)
    known = erased_people()
    bring_back(ada, date_joined=ada.date_joined - timedelta(days=1))
    assert erase_again(known) == 0
