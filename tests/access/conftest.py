"""The two sides and their people, for every test about who may reach what."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from django.db import transaction

from tests.access.callers import Actor, client_of
from tests.access.world import World, build_world


@pytest.fixture(scope="module")
def world(django_db_setup: None, django_db_blocker: Any) -> Iterator[World]:
    """Both sides, for all tests of a file, in one transaction that is taken back."""
    with django_db_blocker.unblock(), transaction.atomic():
        yield build_world()
        transaction.set_rollback(True)


@pytest.fixture
def actors(world: World) -> list[Actor]:
    people = [person for side in world.sides() for person in (side.rep, side.manager)]
    signed_in = [Actor(one.username, one, client_of(one)) for one in (*people, world.editor, world.admin)]
    return [Actor("nobody", None, client_of(None)), *signed_in]
