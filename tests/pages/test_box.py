"""The box on the home page: sorting and checking in place, as a page, and with bad input."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client

from enablement.judges.encoder import EncoderUnavailable
from enablement.judges.findings import Finding
from enablement.judges.sorting import Evidence, Verdict
from enablement.models import Distinction, Lesson, State, Team
from enablement.views import judge

FRAGMENT = {"HX-Request": "true"}
DRAFT = "Dear buyer,\nthis lock cannot be broken. Yours"


def verdict(outcome: str = "lock", say: str = "That sounds like the lock.") -> Verdict:
    return Verdict(
        text="The key <slips>",
        distinction="door-problem",
        outcome=outcome,
        title="A lock problem",
        signals={"lock": 0.91, "hinge": 0.12},
        evidence=[Evidence("lock", 4, 7, "key")],
        meaning="The words settle nothing.",
        remedy="Repair the lock.",
        next_question="Where does it catch?",
        say=say,
        dont_say="You need a new door." if say else "",
        cards=[],
    )


def finding() -> Finding:
    return Finding(
        entry="door-unbreakable",
        start=12,
        end=38,
        quote="this lock cannot be broken",
        level="block",
        confidence=1.0,
        say="This lock withstands hand tools.",
        why="Windows break too.",
        dont_say="This lock cannot be broken.",
        url="/guide/door-unbreakable/",
    )


@pytest.fixture
def sorted_as(monkeypatch: pytest.MonkeyPatch, released_lesson: Lesson) -> Callable[[Verdict], None]:
    return lambda result: monkeypatch.setattr(judge, "sort_for", lambda *_: result)


def test_the_verdict_comes_with_line_question_and_evidence(
    ada_client: Client, sorted_as: Callable[[Verdict], None]
) -> None:
    sorted_as(verdict())
    html = ada_client.post("/sort/", {"text": "The key <slips>"}, headers=FRAGMENT).content.decode()
    assert "<html" not in html
    assert "That sounds like the lock." in html
    assert "Where does it catch?" in html
    assert 'The <mark class="lock">key</mark> &lt;slips&gt;' in html
    assert "91\xa0%" in html


def test_what_is_about_something_else_is_sorted_by_another_distinction_that_one_may_see(
    ada_client: Client, sorted_as: Callable[[Verdict], None], released_lesson: Lesson
) -> None:
    sorted_as(verdict())
    assert (
        "Sort it by" not in ada_client.post("/sort/", {"text": "The key"}, headers=FRAGMENT).content.decode()
    )
    for slug, state in (("who-or-what", State.RELEASED), ("not-yet", State.DRAFT)):
        Distinction.objects.create(lesson=released_lesson, slug=slug, title=slug.title(), state=state)
    html = ada_client.post("/sort/", {"text": "The key"}, headers=FRAGMENT).content.decode()
    assert '<button class="button quiet" name="distinction" value="who-or-what">Who-Or-What</button>' in html
    assert '<input type="hidden" name="text" value="The key">' in html
    assert "not-yet" not in html


def test_an_unsure_verdict_gives_the_question_and_no_line(
    ada_client: Client, sorted_as: Callable[[Verdict], None]
) -> None:
    sorted_as(verdict("unsure", say=""))
    html = ada_client.post("/sort/", {"text": "The key"}, headers=FRAGMENT).content.decode()
    assert "Not sure yet" in html
    assert "Where does it catch?" in html
    assert "Don’t say" not in html


def test_without_script_sorting_is_a_page_that_keeps_the_text(
    ada_client: Client, sorted_as: Callable[[Verdict], None]
) -> None:
    sorted_as(verdict())
    html = ada_client.post("/sort/", {"text": "The key <slips>"}).content.decode()
    assert "<html" in html
    assert "The key &lt;slips&gt;</textarea>" in html


def test_findings_are_marked_and_say_what_to_say_instead(
    ada_client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(judge, "check_for", lambda *_: [finding()])
    html = ada_client.post("/check/", {"text": DRAFT}, headers=FRAGMENT).content.decode()
    assert '<mark class="block">this lock cannot be broken</mark>' in html
    assert "This lock withstands hand tools." in html
    assert "/guide/door-unbreakable/" in html


def test_a_clean_draft_has_nothing_to_change(ada_client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(judge, "check_for", lambda *_: [])
    assert (
        "Nothing to change" in ada_client.post("/check/", {"text": DRAFT}, headers=FRAGMENT).content.decode()
    )


@pytest.mark.parametrize("text", ["", "   \n", "\0\x07", "…"])
@pytest.mark.parametrize("path", ["/sort/", "/check/"])
@pytest.mark.usefixtures("released_lesson")
def test_nothing_to_read_is_one_sentence_and_a_400(ada_client: Client, path: str, text: str) -> None:
    response = ada_client.post(path, {"text": text}, headers=FRAGMENT)
    assert response.status_code == 400
    assert "Write a few words" in response.content.decode()


@pytest.mark.parametrize(("path", "length"), [("/sort/", 5_001), ("/check/", 100_001)])
@pytest.mark.usefixtures("released_lesson")
def test_too_long_a_text_is_refused_and_kept(ada_client: Client, path: str, length: int) -> None:
    text = "word " * (length // 5) + "!"
    response = ada_client.post(path, {"text": text})
    html = response.content.decode()
    assert response.status_code == 400
    assert "Shorten it" in html
    assert text in html


@pytest.mark.parametrize(("path", "verb"), [("/sort/", "sort_for"), ("/check/", "check_for")])
def test_an_encoder_that_is_away_is_a_503_that_keeps_the_text(
    ada_client: Client, monkeypatch: pytest.MonkeyPatch, path: str, verb: str
) -> None:
    def away(*_: object) -> None:
        raise EncoderUnavailable("The encoder is still loading. Try again in a few seconds.")

    monkeypatch.setattr(judge, verb, away)
    response = ada_client.post(path, {"text": "Some words here"})
    assert response.status_code == 503
    assert "still loading" in response.content.decode()
    assert "Some words here</textarea>" in response.content.decode()


@pytest.mark.parametrize("slug", ["nothing", "door-problem", "a\0b", "../x"])
def test_a_distinction_that_one_may_not_see_is_a_404(
    ada_client: Client, south: Team, released_lesson: Lesson, slug: str
) -> None:
    released_lesson.teams.add(south)
    assert ada_client.post("/sort/", {"text": "The key", "distinction": slug}).status_code == 404


@pytest.mark.parametrize("action", ["ask", "check", "sort"])
def test_without_script_the_box_hands_on_what_was_typed(ada_client: Client, action: str) -> None:
    response = ada_client.post("/", {"text": "words", "mode": action})
    assert (response.status_code, response["Location"]) == (307, f"/{action}/")


def test_an_action_that_does_not_exist_is_refused(ada_client: Client) -> None:
    assert ada_client.post("/", {"text": "words", "mode": "sing"}).status_code == 400


def test_a_fragment_for_somebody_signed_out_says_so(client: Client, db: None) -> None:
    response = client.post("/sort/", {"text": "words"}, headers=FRAGMENT)
    assert response.status_code == 401
    assert "What you typed is still here" in response.content.decode()
