"""What a role lets somebody do. Whom and what they may see is `visible_to` and `managed_by` of the models.

Who may not gets the answer of an address that there is not: Http404.
"""

from __future__ import annotations

from collections.abc import Callable, Collection

from django.http import Http404

from enablement.models import Person

# Takes whoever is signed in and returns them, or raises Http404.
Guard = Callable[[Person], Person]


def must_be_editor(person: Person) -> Person:
    """Editors and admins change content."""
    return _must(person, person.is_editor)


def must_be_manager(person: Person) -> Person:
    """Managers and admins look after the people of their teams."""
    return _must(person, person.is_manager)


def must_be_admin(person: Person) -> Person:
    """Admins look after the site."""
    return _must(person, person.is_admin)


def _must(person: Person, may: bool) -> Person:
    if not may:
        raise Http404
    return person


def may_edit(person: Person) -> bool:
    """Editors and admins see what is not released, and change content."""
    return person.is_editor


def may_vouch(person: Person, owners: Collection[Person]) -> bool:
    """The owner of a piece may vouch for it, anybody of the owning team and its managers, and an admin."""
    return person.is_admin or person in owners


def may_answer_flag(person: Person, owners: Collection[Person], *, changes_content: bool) -> bool:
    """Editors answer what readers say; owners what is said about their piece, where taking it up changes
    no content."""
    return person.is_editor or (not changes_content and may_vouch(person, owners))
