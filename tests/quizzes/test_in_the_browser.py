"""Taking a quiz in a real browser: saving by itself, without a connection, on two devices, by keyboard."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

import pytest
from django.test import Client
from playwright.sync_api import Browser, Page, expect
from pytest_django.live_server_helper import LiveServer

from enablement.models import Person
from quizzes.models import Answer, Attempt, Grade
from tests.browsers import running_chromium
from tests.quizzes.doors import answer_of

OpenPage = Callable[[], Page]


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    with running_chromium() as browser:
        yield browser


@pytest.fixture
def device(chromium: Browser, live_server: LiveServer, attempt: Attempt, ada: Person) -> Iterator[OpenPage]:
    """Open Ada's attempt in a browser of its own, as a further device would."""
    contexts = []

    def open_page() -> Page:
        client = Client()
        client.force_login(ada)
        context = chromium.new_context()
        context.add_cookies(
            [{"name": "sessionid", "value": client.cookies["sessionid"].value, "url": live_server.url}]
        )
        contexts.append(context)
        page = context.new_page()
        page.goto(live_server.url + attempt.get_absolute_url())
        return page

    yield open_page
    for context in contexts:
        context.close()


def choose(page: Page, attempt: Attempt, slug: str, text: str) -> None:
    question = answer_of(attempt, slug).question_id
    page.locator(f'[data-question="{question}"]').get_by_text(text, exact=True).click()


def expect_state(page: Page, words: str) -> None:
    expect(page.locator("[data-save-state]")).to_have_text(re.compile(words))


@pytest.mark.django_db(transaction=True)
def test_an_answer_saves_itself_and_a_second_device_shows_it(device: OpenPage, attempt: Attempt) -> None:
    page = device()
    choose(page, attempt, "what-to-promise", "It holds out for a while")
    expect_state(page, "All answers saved")
    page.context.close()
    second = device()
    expect(second.locator("input:checked")).to_have_count(1)
    expect(second.locator("[data-answered]")).to_have_text("1")


@pytest.mark.django_db(transaction=True)
def test_what_is_chosen_without_a_connection_is_kept_and_sent_later(
    device: OpenPage, attempt: Attempt
) -> None:
    page = device()
    page.context.set_offline(True)
    expect_state(page, "No connection")
    for number in range(10):
        choose(
            page,
            attempt,
            "what-to-promise",
            ("It holds out for a while", "It can never be opened")[number % 2],
        )
    choose(page, attempt, "what-squeaks", "The upper hinge")
    expect_state(page, "Kept on this device")
    assert not Answer.objects.exclude(response=None).exists()
    page.context.set_offline(False)
    expect_state(page, "All answers saved")
    assert answer_of(attempt, "what-to-promise").response == {"chosen": ["a"]}
    assert answer_of(attempt, "what-squeaks").response == {"chosen": ["a"]}


@pytest.mark.django_db(transaction=True)
def test_answers_kept_on_the_device_survive_closing_the_page(
    device: OpenPage, attempt: Attempt, live_server: LiveServer
) -> None:
    page = device()
    page.route("**/api/v1/answers*", lambda route: route.abort())
    choose(page, attempt, "what-to-promise", "It holds out for a while")
    expect_state(page, "Not saved yet")
    context = page.context
    page.close()
    again = context.new_page()
    again.goto(live_server.url + attempt.get_absolute_url())
    expect_state(again, "All answers saved")
    assert answer_of(attempt, "what-to-promise").response == {"chosen": ["b"]}


@pytest.mark.django_db(transaction=True)
def test_the_window_that_chose_last_wins_and_the_other_is_told(device: OpenPage, attempt: Attempt) -> None:
    older, newer = device(), device()
    choose(newer, attempt, "what-to-promise", "It holds out for a while")
    expect_state(newer, "All answers saved")
    Answer.objects.filter(pk=answer_of(attempt, "what-to-promise").pk).update(client_seq=2**52)
    choose(older, attempt, "what-to-promise", "It can never be opened")
    expect(older.get_by_text("You answered this in another window since")).to_be_visible()
    expect(older.get_by_label("It holds out for a while")).to_be_checked()


@pytest.mark.django_db(transaction=True)
def test_a_quiz_can_be_taken_by_keyboard_and_finished_with_two_clicks(
    device: OpenPage, attempt: Attempt
) -> None:
    page = device()
    for fieldset in page.locator("fieldset.question").all():
        first = fieldset.locator("input:not([type=hidden])").first
        first.focus()
        page.keyboard.press("Space")
        expect(first).to_be_checked()
    expect_state(page, "All answers saved")
    page.get_by_role("button", name="Finish and see the answers").dblclick()
    expect(page.get_by_role("heading", level=1)).to_have_text(re.compile(r"\d of 4 right"))
    assert Grade.objects.count() == 4


@pytest.mark.django_db(transaction=True)
def test_every_kind_is_answered_by_keyboard_on_a_phone(
    chromium: Browser, live_server: LiveServer, every_kind: Attempt, ada: Person
) -> None:
    client = Client()
    client.force_login(ada)
    context = chromium.new_context(viewport={"width": 320, "height": 640})
    context.add_cookies(
        [{"name": "sessionid", "value": client.cookies["sessionid"].value, "url": live_server.url}]
    )
    page = context.new_page()
    page.goto(live_server.url + every_kind.get_absolute_url())
    for question in page.locator("[data-question]").all():
        for box in question.locator("input[type=checkbox]").all()[:1]:
            box.press("Space")
        for part in [*question.locator("[data-part]").all()] or [question]:
            for radio in part.locator("input[type=radio]").all()[:1]:
                radio.press("Space")
        for number, select in enumerate(question.locator("select").all(), 1):
            select.press(str(number))
        for text in question.locator("textarea").all():
            text.press_sequentially("It is the lock.")
            text.press("Tab")
    expect(page.locator("[data-answered]")).to_have_text("10")
    expect_state(page, "All answers saved")
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
    assert all(answer.is_given for answer in every_kind.answers.select_related("question"))
    page.get_by_role("button", name="Finish and see the answers").press("Enter")
    expect(page.get_by_role("heading", name="Waiting for a grade")).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
    context.close()
