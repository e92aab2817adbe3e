"""Another site makes a browser act here: which addresses do without the token of a form (T13)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver
from rest_framework.views import APIView

from enablement.models import Person

# Slack signs what it sends; the unknown addresses of the API do nothing.
SIGNED_OTHERWISE = ("slack/", "^api(?:/|$)")


def views(patterns: list[Any], above: str = "") -> Iterator[tuple[str, Any]]:
    """Every address with its view."""
    for one in patterns:
        address = above + str(one.pattern)
        if isinstance(one, URLResolver):
            yield from views(one.url_patterns, address)
        elif isinstance(one, URLPattern):
            yield address, one.callback


def test_no_page_does_without_the_token() -> None:
    # The API's own views are without it, because they ask for it themselves where the session is who calls.
    free = {
        address
        for address, view in views(get_resolver().url_patterns)
        if getattr(view, "csrf_exempt", False) and not issubclass(getattr(view, "cls", object), APIView)
    }
    assert {address for address in free if not address.startswith(SIGNED_OTHERWISE)} == set()
    assert any(address.startswith("slack/") for address in free)


@pytest.mark.usefixtures("released_lesson")
@pytest.mark.parametrize("address", ["/", "/api/v1/lessons/"])
def test_no_other_origin_reads_an_answer(ada: Person, address: str) -> None:
    client = Client(headers={"origin": "https://evil.example"})
    client.force_login(ada)
    assert not [name for name in client.get(address).headers if name.lower().startswith("access-control-")]


@pytest.mark.parametrize("address", ["/account/", "/api/v1/search/"])
def test_a_post_without_the_token_is_refused(ada: Person, address: str) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(ada)
    assert client.post(address, {}, content_type="application/json").status_code == 403
