"""What a role lets somebody do. Whom and what they may see is `visible_to` and `managed_by` of the models.

Who may not gets the answer of an address that there is not: Http404.
"""

from __future__ import annotations

from collections.abc import Callable, Collection
from typing import TYPE_CHECKING, TypeAlias

from django.http import Http404

if TYPE_CHECKING:
    # An application names a role while it is loaded, before there are models.
    from enablement.models import Person

# Takes whoever is signed in and returns them, or raises Http404.
Guard: TypeAlias = "Callable[[Person], Person]"
May: TypeAlias = "Callable[[Person], bool]"


def must_be_editor(person: Person) -> Person:
    """Editors and admins change content."""
    return _must(person, may_edit(person))


def must_be_manager(person: Person) -> Person:
    """Managers and admins look after the people of their teams."""
    return _must(person, may_lead(person))


def must_be_admin(person: Person) -> Person:
    """Admins look after the site."""
    return _must(person, may_administer(person))


def _must(person: Person, may: bool) -> Person:
    if not may:
        raise Http404
    return person


def may_edit(person: Person) -> bool:
    """Editors and admins see what is not released, and change content."""
    return person.is_editor


def may_lead(person: Person) -> bool:
    """Managers and admins read scores: of the teams they manage, or of all."""
    return person.is_manager


def may_administer(person: Person) -> bool:
    """Admins see everybody and everything, and look after the site."""
    return person.is_admin


def may_vouch(person: Person, owners: Collection[Person]) -> bool:
    """The owner of a piece may vouch for it, anybody of the owning team and its managers, and an admin."""
    return may_administer(person) or person in owners


def may_answer_flag(person: Person, owners: Collection[Person], *, changes_content: bool) -> bool:
    """Editors answer what readers say; owners what is said about their piece, where taking it up changes
    no content."""
    return may_edit(person) or (not changes_content and may_vouch(person, owners))
