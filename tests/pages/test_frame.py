"""What every page has around its content, and the pages for when something is wrong."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.template.loader import render_to_string
from django.test import Client, RequestFactory

from enablement import context
from enablement.models import Person

INLINE = re.compile(r"<style|\sstyle=|\son\w+=|<script(?![^>]*\ssrc=)", re.IGNORECASE)


@pytest.mark.usefixtures("released_lesson")
@pytest.mark.parametrize("path", ["/", "/cards/door-lock/", "/ladders/door-repair/", "/search/", "/guide/"])
def test_no_page_has_script_or_style_of_its_own(ada_client: Client, path: str) -> None:
    html = ada_client.get(path).content.decode()
    assert not INLINE.search(html)
    assert "https://" not in re.sub(r'href="https://[^"]*" rel="noopener"', "", html)


def test_a_page_that_does_not_exist_says_so(ada_client: Client) -> None:
    response = ada_client.get("/cards/nothing/")
    assert response.status_code == 404
    assert "not released to you" in response.content.decode()


@pytest.mark.parametrize("name", ["400.html", "403_csrf.html", "413.html", "500.html"])
def test_error_pages_need_nothing_to_be_shown(name: str) -> None:
    html = render_to_string(name)
    assert html.count("<h1") == 1
    assert "Go to the first page" in html


def test_the_navigation_marks_where_one_is(ada_client: Client) -> None:
    html = ada_client.get("/glossary/").content.decode()
    assert re.search(r'<a href="/glossary/" aria-current="page">', html)
    assert html.count('aria-current="page"') == 1


def test_what_two_places_claim_is_marked_once(ada: Person, max: Person) -> None:
    def marked(person: Person) -> list[str]:
        request = RequestFactory().get("/answers/")
        request.user = person
        return [link.label for link in context.site(request)["navigation"] if link.current]

    assert (marked(ada), marked(max)) == (["Quizzes"], ["Team"])


def test_editing_is_in_the_navigation_of_editors_only(ada: Person, nia: Person) -> None:
    def labels(person: Person) -> list[str]:
        request = RequestFactory().get("/")
        request.user = person
        return [link.label for link in context.site(request)["navigation"]]

    assert "Editing" in labels(nia)
    assert "Editing" not in labels(ada)


@pytest.fixture
def bar(monkeypatch: pytest.MonkeyPatch) -> None:
    """Entries that a test may add to."""
    monkeypatch.setattr(context, "_entries", list(context._entries))


def _frame(person: Person, path: str) -> dict[str, Any]:
    request = RequestFactory().get(path)
    request.user = person
    return context.site(request)


@pytest.mark.usefixtures("bar")
def test_pages_of_one_section_share_a_place_and_are_tabs(max: Person) -> None:
    context.add_navigation(context.NavigationEntry("Desk", "gaps", ("/gaps/",), None, 61, "Team"))
    frame = _frame(max, "/gaps/")
    assert [link.label for link in frame["navigation"] if link.current] == ["Team"]
    assert {"Team", "Desk"} <= {link.label for link in frame["section"].links}
    assert _frame(max, "/guide/")["section"] is None


@pytest.mark.usefixtures("bar")
def test_entries_that_have_no_place_in_the_bar_stand_under_more(ada: Person) -> None:
    for number in range(context.SLOTS):
        context.add_navigation(context.NavigationEntry(f"Page {number}", "gaps", (), order=200 + number))
    frame = _frame(ada, "/")
    assert len(frame["navigation"]) == context.SLOTS - 1
    assert [link.label for link in frame["more"]][-1] == f"Page {context.SLOTS - 1}"


def test_pages_that_name_no_mark_get_ours(client: Client) -> None:
    assert client.get("/favicon.ico").headers["Location"].endswith("dosay/mark.svg")


def test_a_panel_of_another_application_stands_on_the_home_page(
    ada_client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(context, "_panels", [])
    context.add_home_panel(f"{__name__}.make_no_panel", order=1)
    context.add_home_panel(f"{__name__}.make_panel", order=2)
    response = ada_client.get("/")
    assert response.context["panels"] == [context.HomePanel("parts/links.html", {"title": "Ada"})]
    assert "parts/links.html" in [template.name for template in response.templates]


def make_panel(person: Person) -> context.HomePanel:
    return context.HomePanel("parts/links.html", {"title": person.name})


def make_no_panel(person: Person) -> None:
    return None
