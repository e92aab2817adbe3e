"""Outgoing text: within Slack's limits, and nothing in it mentions anybody (docs/threats.md, T12)."""

from __future__ import annotations

import time
from typing import Any

import pytest
from hypothesis import given
from hypothesis import settings as example_settings
from hypothesis import strategies as st

from enablement.judges.findings import Finding
from enablement.judges.sorting import CardLink, Evidence, Verdict
from enablement.slack.blocks import answer_message, findings_message, notice, verdict_message
from enablement.slack.limits import MAX_SECTION
from enablement.slack.markup import cut, escape, from_markdown, link
from tests.slack.slack_server import marked_up, problems_of, stray_mentions

NASTY = (
    "<!channel> <@U123> <https://evil.example|click> & @here [x](https://evil.example) **b** >q `c` \u202e"
)
TEXTS = st.one_of(
    st.text(min_size=1), st.just(NASTY), st.text(min_size=1, max_size=5).map(lambda t: t * 3_000)
)


def answer(text: str, **more: Any) -> dict[str, Any]:
    citation = {"n": 1, "kind": "card", "slug": "x", "title": text, "url": "/cards/x/", "quote": text}
    shape = {"answer": text, "refused": False, "engine": "local", "say": text, "nearest": []}
    return shape | {"citations": [citation] * 60} | more


def finding(text: str) -> Finding:
    return Finding("x", 0, 1, text, "block", 1.0, text, text, text, "/guide/x/")


def verdict(text: str) -> Verdict:
    evidence, card = [Evidence("knowledge", 0, 1, text)] * 20, [CardLink("x", text, "/cards/x/")] * 60
    return Verdict(text, "x", "both", text, {}, evidence, text, text, text, text, text, card)


@example_settings(deadline=None, max_examples=40)
@given(TEXTS)
def test_slack_takes_every_message_and_nobody_is_mentioned(text: str) -> None:
    nearest = [{"kind": "card", "slug": "x", "title": text, "url": "/cards/x/"}] * 60
    messages = [
        notice("Sorry. " + text),
        answer_message(text, answer(text), "/ask/1/", text),
        answer_message(text, answer(text, answer="", say="", refused=True, nearest=nearest), "/ask/1/"),
        verdict_message(text, verdict(text), "/distinctions/x/"),
        findings_message(text, [finding(text)] * 60, "/check/"),
        findings_message(text, [], "/check/"),
    ]
    for message in messages:
        assert not problems_of(message)
        assert not stray_mentions(message)
        assert message["response_type"] == "ephemeral"
        assert message["unfurl_links"] is False


def test_links_lead_to_the_site_and_nowhere_else(settings: Any) -> None:
    settings.SITE_URL = "https://dosay.example"
    message = answer_message("q", answer(NASTY), "/ask/1/")
    assert {found.split("|")[0] for found in marked_up(message)} == {
        "https://dosay.example/cards/x/",
        "https://dosay.example/ask/1/",
    }


@pytest.mark.parametrize(
    "path", ["https://evil.example/", "//evil.example/", "javascript:alert(1)", "cards/x/"]
)
def test_an_address_that_is_no_page_of_ours_is_no_link(path: str) -> None:
    assert link(path, "a <b>") == "a &lt;b&gt;"


def test_a_bracket_or_a_bar_in_a_path_does_not_end_the_link(settings: Any) -> None:
    settings.SITE_URL = "https://dosay.example/"
    assert link("/cards/a>|b/", "a|b") == "<https://dosay.example/cards/a%3E%7Cb/|a¦b>"


def test_a_long_answer_is_cut_and_points_to_the_rest(settings: Any) -> None:
    settings.SITE_URL = "https://dosay.example"
    message = answer_message("q", answer("Prompting comes first. " * 400, say=""), "/ask/1/")
    text = message["blocks"][1]["text"]["text"]
    assert len(text) <= MAX_SECTION
    assert text.endswith("… <https://dosay.example/ask/1/|Read all of it>")


@pytest.mark.parametrize("refused", [True, False])
def test_a_note_comes_before_a_refusal_and_after_an_answer(refused: bool) -> None:
    told = answer("A hinge.", say="", refused=refused, citations=[])
    noted = [block["type"] for block in answer_message("q", told, "/ask/1/", "Ask in English.")["blocks"]]
    assert noted.index("context", 1) == (1 if refused else 2)


@given(st.text(alphabet="&<>ab ", max_size=80), st.integers(min_value=5, max_value=40))
def test_a_cut_leaves_no_half_of_an_escape(text: str, limit: int) -> None:
    short = cut(escape(text), limit)
    assert len(short) <= limit
    rest = short.replace("&amp;", "").replace("&lt;", "").replace("&gt;", "")
    assert "&" not in rest


def test_markdown_becomes_slacks_own() -> None:
    text = "# First\n- **Prompt** [the card](https://x.example) & more\n* then [1]"
    assert from_markdown(text) == "*First*\n• *Prompt* the card &amp; more\n• then [1]"


@pytest.mark.parametrize(
    "text", ["[" * 200_000, "*" * 200_000, "# " + " " * 200_000, "\n" * 200_000, "<" * 200_000]
)
def test_no_text_takes_long(text: str) -> None:
    began = time.process_time()
    assert notice(from_markdown(text) or "x")
    assert time.process_time() - began < 1
