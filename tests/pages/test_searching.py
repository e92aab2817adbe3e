"""The search page."""

from __future__ import annotations

import pytest
from django.test import Client

from enablement.retrieval.candidates import Filters
from enablement.retrieval.facets import Faceted
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


def faceted(found: Found) -> Faceted:
    return Faceted(found, len(found.hits), {}, {}, {})


def test_hits_show_kind_and_quote_and_open_at_the_quote(
    ada_client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(search, "search_faceted", lambda *_, **__: faceted(Found([HIT])))
    html = ada_client.get("/search/?q=lock", headers={"HX-Request": "true"}).content.decode()
    assert "<html" not in html
    assert "Guide &lt;line&gt;" in html
    assert 'href="/guide/s/?quote=A+quote+%26amp' not in html
    assert 'href="/guide/s/?quote=A+quote+%26+more#quote"' in html


def test_nothing_found_says_what_to_do(ada_client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(search, "search_faceted", lambda *_, **__: faceted(Found([], "Found by words only.")))
    html = ada_client.get("/search/?q=lock").content.decode()
    assert "Try fewer or other words" in html
    assert "Found by words only." in html


@pytest.mark.parametrize("text", ["\0\0", "...", "x" * 2001])
def test_a_search_that_cannot_be_read_is_a_400(ada_client: Client, text: str) -> None:
    response = ada_client.get("/search/", {"q": text})
    assert response.status_code == 400
    assert "notice bad" in response.content.decode()


def test_filters_that_do_not_exist_are_left_out(ada_client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[Filters] = []

    def record(text: str, person: object, filters: Filters, limit: int) -> Faceted:
        asked.append(filters)
        return faceted(Found([]))

    monkeypatch.setattr(search, "search_faceted", record)
    ada_client.get("/search/", {"q": "lock", "kind": "secret", "lesson": "other", "trust": "never"})
    assert asked == [Filters(lessons=[], kinds=[], states=[])]


def test_the_words_that_match_are_marked_and_filters_say_what_they_hold(
    ada_client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    found = Faceted(Found([HIT]), 7, {}, {"card": 5, "guide_entry": 2}, {"verified": 7})
    monkeypatch.setattr(search, "search_faceted", lambda *_, **__: found)
    html = ada_client.get("/search/", {"q": "quotes", "kind": "card"}).content.decode()
    assert "A <mark>quote</mark> &amp; more" in html
    assert 'value="card" id="facet-kind-card" checked' in html
    assert "Show all 7" in html
    assert 'name="trust"' not in html


def test_what_was_misspelt_is_said(ada_client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    found = Found([HIT], corrected={"hinje": "hinge"})
    monkeypatch.setattr(search, "search_faceted", lambda *_, **__: faceted(found))
    html = ada_client.get("/search/?q=hinje").content.decode()
    assert "Looked for <strong>hinge</strong>" in html
