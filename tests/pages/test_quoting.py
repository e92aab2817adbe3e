"""Quotes marked where they stand."""

from __future__ import annotations

import re
from html import unescape

import pytest
from django.test import Client
from django.utils.safestring import SafeString
from hypothesis import given
from hypothesis import strategies as st

from enablement.markup import render_markdown
from enablement.models import Lesson, Passage
from enablement.quoting import mark_quote, quoted_url


def _text(html: str) -> str:
    return unescape(re.sub(r"<[^>]*>", "", html))


def test_a_quote_is_marked_across_emphasis_and_line_breaks() -> None:
    html = render_markdown("It **does not** add\nfacts. Not at all.")
    assert mark_quote(html, "It does not add facts.") == (
        '<p><mark id="quote">It </mark><strong><mark>does not</mark></strong><mark> add\nfacts.</mark>'
        " Not at all.</p>\n"
    ).replace("It </mark>", "It</mark> ").replace("<mark> add", " <mark>add")


def test_a_quote_that_is_not_there_changes_nothing() -> None:
    html = render_markdown("A line.")
    assert mark_quote(html, "Another line.") == html
    assert mark_quote(html, "  ") == html


@given(st.text(max_size=80), st.text(max_size=20))
def test_marking_adds_marks_and_nothing_else(text: str, quote: str) -> None:
    html = render_markdown(text)
    marked = mark_quote(html, quote)
    assert isinstance(marked, SafeString)
    assert _text(re.sub(r"</?mark[^>]*>", "", marked)) == _text(html)


@given(st.text(max_size=80))
def test_a_quote_never_brings_its_own_tags(quote: str) -> None:
    assert "<script" not in mark_quote(render_markdown("Plain <script>alert(1)</script> words."), quote)


def test_an_address_carries_the_quote_and_goes_to_it() -> None:
    assert quoted_url("/cards/lock/#what_it_is", "A & b") == "/cards/lock/?quote=A+%26+b#quote"


def test_a_long_quote_is_cut_between_words() -> None:
    url = quoted_url("/", "word " * 100)
    assert len(url) < 300
    assert url.endswith("word#quote")


def test_a_passage_opens_where_it_stands(ada_client: Client, released_lesson: Lesson) -> None:
    passage = _passage(released_lesson)
    response = ada_client.get(f"/passages/{passage.pk}/", follow=True)
    assert response.request["PATH_INFO"] == "/cards/door-lock/"
    assert '<mark id="quote">A lock holds the door shut.' in response.content.decode()


def test_a_passage_of_a_lesson_that_one_may_not_see_is_not_there(
    ada_client: Client, released_lesson: Lesson, south: object
) -> None:
    passage = _passage(released_lesson)
    released_lesson.teams.add(south)  # type: ignore[arg-type]
    assert ada_client.get(f"/passages/{passage.pk}/").status_code == 404


@pytest.mark.parametrize("quote", ["\0", "x" * 50_000, "\u202eabc", "<mark>"])
@pytest.mark.usefixtures("released_lesson")
def test_any_quote_in_the_address_leaves_the_page_readable(ada_client: Client, quote: str) -> None:
    response = ada_client.get("/cards/door-lock/", {"quote": quote})
    assert response.status_code == 200
    assert "A lock holds the door shut." in response.content.decode()


def _passage(lesson: Lesson) -> Passage:
    return Passage.objects.create(
        lesson=lesson,
        key="card:door-lock:what_it_is",
        kind="card",
        slug="door-lock",
        field="what_it_is",
        title="Lock",
        url="/cards/door-lock/#what_it_is",
        text="A lock holds the door shut. It is made of brass.",
        text_hash="1",
    )
