"""A question written by keyboard in a real browser: what reps will see follows, and it keeps itself."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.test import Client
from playwright.sync_api import Browser, expect
from pytest_django.live_server_helper import LiveServer

from enablement.models import Lesson, Person
from quizzes.models import Question, QuestionDraft
from tests.browsers import running_chromium


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    with running_chromium() as browser:
        yield browser


@pytest.mark.django_db(transaction=True)
def test_a_pair_is_written_by_keyboard_on_a_phone(
    chromium: Browser, live_server: LiveServer, released_lesson: Lesson, nia: Person
) -> None:
    client = Client()
    client.force_login(nia)
    context = chromium.new_context(viewport={"width": 320, "height": 640})
    context.add_cookies(
        [{"name": "sessionid", "value": client.cookies["sessionid"].value, "url": live_server.url}]
    )
    page = context.new_page()
    page.goto(f"{live_server.url}/questions/doors/new/?kind=flip_pair")
    page.locator("#prompt").press_sequentially("What is at fault?")
    page.locator("#answers").press_sequentially("The lock\nThe hinge\nNeither")
    page.keyboard.press("Tab")
    # The answers that were just written can be chosen.
    for number, story in enumerate(("The key sticks.", "The door drags.")):
        expect(page.locator(f"#stories-{number}-answer option")).to_have_count(4)
        page.locator(f"#stories-{number}-text").press_sequentially(story)
        page.locator(f"#stories-{number}-answer").select_option(index=number + 1)
        page.locator(f"#stories-{number}-why").press_sequentially("So it is.")
    expect(page.locator("#beside")).to_contain_text("The door drags.")
    expect(page.locator("#beside")).to_contain_text("Kept as a draft")
    assert QuestionDraft.objects.get().item["prompt"] == "What is at fault?"
    page.keyboard.press("Control+s")
    expect(page.get_by_role("alert")).to_contain_text("Topic")
    page.locator("#topic").press_sequentially("Telling apart")
    page.locator("#explanation").press_sequentially("Ask what sticks.")
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
    page.keyboard.press("Control+s")
    expect(page.get_by_role("heading", level=1)).to_have_text("What is at fault?")
    question = Question.objects.get()
    assert (question.stories, question.key.correct) == (
        ["The key sticks.", "The door drags."],
        ["1:a", "2:b"],
    )
    assert not QuestionDraft.objects.unfinished().exists()
    context.close()
