"""What the tests of trust share."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client

from enablement.models import Person

ClientOf = Callable[[Person], Client]


@pytest.fixture
def client_of() -> ClientOf:
    """A browser in which somebody is signed in."""

    def sign_in(person: Person) -> Client:
        client = Client()
        client.force_login(person)
        return client

    return sign_in
