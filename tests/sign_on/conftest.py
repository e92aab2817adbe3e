"""A browser of one's own for every test."""

from __future__ import annotations

import secrets
from collections.abc import Iterator
from ipaddress import IPv6Address

import pytest
from django.test import Client
from pytest_django import Settings

from tests.sign_on.provider_server import CLIENT, SECRET, Provider, Providers


@pytest.fixture
def client() -> Client:
    """A browser at an address that nobody has tried from: tries are counted by address, across tests."""
    return Client(REMOTE_ADDR=str(IPv6Address((0x20010DB8 << 96) | (secrets.randbits(60) << 64))))


@pytest.fixture(scope="session")
def providers() -> Iterator[Providers]:
    running = Providers()
    yield running
    running.stop()


@pytest.fixture
def provider(providers: Providers, settings: Settings) -> Provider:
    """The provider that this site signs in with."""
    own = providers.new()
    settings.OIDC_ISSUER, settings.OIDC_CLIENT_ID, settings.OIDC_CLIENT_SECRET = own.url, CLIENT, SECRET
    return own
