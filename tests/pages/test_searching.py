"""The search page."""

from __future__ import annotations

import pytest
from django.test import Client

from enablement.retrieval.search import Found, Hit
from enablement.views import search

HIT = Hit(
    1,
    "k",
    "guide_entry",
    "s",
    "why",
    "Guide <line>",
    "/guide/s/",
    "A text.",
    1.0,
    "A quote & more",
    None,
    None,
)


def test_hits_show_kind_and_quote_and_open_at_the_quote(
    ada_client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(search, "search", lambda *_, **__: Found([HIT]))
    html = ada_client.get("/search/?q=lock", headers={"HX-Request": "true"}).content.decode()
    assert "<html" not in html
    assert "Guide &lt;line&gt;" in html
    assert 'href="/guide/s/?quote=A+quote+%26amp' not in html
    assert 'href="/guide/s/?quote=A+quote+%26+more#quote"' in html


def test_nothing_found_says_what_to_do(ada_client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(search, "search", lambda *_, **__: Found([], "Found by words only."))
    html = ada_client.get("/search/?q=lock").content.decode()
    assert "Try fewer or other words" in html
    assert "Found by words only." in html


@pytest.mark.parametrize("text", ["\0\0", "...", "x" * 2001])
def test_a_search_that_cannot_be_read_is_a_400(ada_client: Client, text: str) -> None:
    response = ada_client.get("/search/", {"q": text})
    assert response.status_code == 400
    assert "notice bad" in response.content.decode()


def test_a_kind_that_does_not_exist_is_left_out(ada_client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[object] = []
    monkeypatch.setattr(search, "search", lambda *_, kinds, **__: asked.append(kinds) or Found([]))
    ada_client.get("/search/", {"q": "lock", "kind": "secret"})
    assert asked == [[]]
