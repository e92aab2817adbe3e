"""A browser of one's own for every test."""

from __future__ import annotations

import secrets
from ipaddress import IPv6Address

import pytest
from django.test import Client


@pytest.fixture
def client() -> Client:
    """A browser at an address that nobody has tried from: tries are counted by address, across tests."""
    return Client(REMOTE_ADDR=str(IPv6Address((0x20010DB8 << 96) | (secrets.randbits(60) << 64))))
