"""Windows closed, connections gone, sessions over, time run out: what was typed is kept, sent, or named."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.test import Client
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer

from enablement.models import Person
from quizzes.deadlines import server_now
from quizzes.extra_time import extend_attempt
from quizzes.models import Attempt, Quiz
from tests.quizzes.doors import answer_of
from tests.quizzes.test_in_the_browser import OpenPage, choose, chromium, device, expect_state

__all__ = ["chromium", "device"]

pytestmark = pytest.mark.django_db(transaction=True)


def stored(attempt: Attempt, slug: str) -> object:
    return answer_of(attempt, slug).response


def beside(page: Page) -> Page:
    """The same attempt in a second window of the same browser."""
    other = page.context.new_page()
    other.goto(page.url)
    return other


def test_two_windows_of_one_browser_keep_each_their_own(device: OpenPage, attempt: Attempt) -> None:
    one = device()
    other = beside(one)
    context = one.context
    context.set_offline(True)
    choose(one, attempt, "what-to-promise", "It holds out for a while")
    choose(other, attempt, "what-squeaks", "The upper hinge")
    expect_state(other, "Kept on this device")
    address = one.url
    one.close()
    other.close()
    context.set_offline(False)
    again = context.new_page()
    again.goto(address)
    expect_state(again, "All answers saved")
    assert stored(attempt, "what-to-promise") == {"chosen": ["b"]}
    assert stored(attempt, "what-squeaks") == {"chosen": ["a"]}


def test_every_key_of_a_written_answer_is_kept(
    device: OpenPage, every_kind: Attempt, live_server: LiveServer
) -> None:
    page = device()
    page.goto(live_server.url + every_kind.get_absolute_url())
    written = page.locator("textarea").first
    page.context.set_offline(True)
    written.press_sequentially("The lock is worn")
    page.close()
    context = page.context
    context.set_offline(False)
    again = context.new_page()
    again.goto(live_server.url + every_kind.get_absolute_url())
    expect(again.locator("textarea").first).to_have_value("The lock is worn")
    expect_state(again, "All answers saved")
    again.locator("textarea").first.press_sequentially(", so")
    expect_state(again, "Saving")
    expect_state(again, "All answers saved")
    texts = [answer.response for answer in every_kind.answers.exclude(response=None)]
    assert texts == [{"text": "The lock is worn, so"}]


def test_finishing_without_a_connection_sends_the_last_answers_first(
    device: OpenPage, attempt: Attempt
) -> None:
    page = device()
    page.context.set_offline(True)
    choose(page, attempt, "what-to-promise", "It holds out for a while")
    page.get_by_role("button", name="Finish and see the answers").click()
    expect_state(page, "Then the attempt is finished")
    page.context.set_offline(False)
    page.get_by_role("button", name="Finish all the same").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("1 of 4 right")
    page.go_back()
    expect(page.get_by_role("heading", level=1)).to_have_text("1 of 4 right")


def test_an_answer_given_after_the_session_ended_is_sent_once_signed_in_again(
    device: OpenPage, attempt: Attempt, ada: Person, live_server: LiveServer
) -> None:
    page = device()
    page.context.clear_cookies(name="sessionid")
    choose(page, attempt, "what-to-promise", "It holds out for a while")
    expect_state(page, "You are signed out")
    client = Client()
    client.force_login(ada)
    session = {"name": "sessionid", "value": client.cookies["sessionid"].value, "url": live_server.url}
    page.context.add_cookies([session])
    expect_state(page, "All answers saved")
    assert stored(attempt, "what-to-promise") == {"chosen": ["b"]}


def test_what_came_too_late_is_named(device: OpenPage, attempt: Attempt) -> None:
    page = device()
    Attempt.objects.update(deadline=server_now() - timedelta(minutes=1))
    choose(page, attempt, "what-to-promise", "It holds out for a while")
    number = answer_of(attempt, "what-to-promise").position + 1
    expect(page.get_by_text(re.compile(rf"do not count: question {number}\."))).to_be_visible()
    expect(page.get_by_text("The time ran out")).to_be_visible()


def test_near_the_end_more_time_is_offered_and_given(device: OpenPage, attempt: Attempt) -> None:
    Quiz.objects.update(time_limit=10)
    Attempt.objects.update(deadline=attempt.started_at + timedelta(minutes=10))
    page = device()
    more = page.get_by_role("button", name="10 more minutes")
    expect(more).to_be_hidden()
    page.clock.install()
    page.reload()
    page.clock.fast_forward("08:30")
    expect(page.locator("[data-ending]")).to_be_visible()
    more.focus()
    page.keyboard.press("Enter")
    expect(page.get_by_text("You have more time.").first).to_be_visible()
    expect(more).to_be_hidden()
    attempt.refresh_from_db()
    assert (attempt.extensions, attempt.deadline) == (1, attempt.started_at + timedelta(minutes=20))


def test_a_press_for_more_time_whose_answer_is_lost_counts_once(
    device: OpenPage, attempt: Attempt, ada: Person
) -> None:
    Quiz.objects.update(time_limit=10)
    Attempt.objects.update(deadline=server_now() + timedelta(seconds=90))
    page = device()
    page.route(re.compile("/extend"), lambda route: route.abort("timedout"), times=1)
    more = page.get_by_role("button", name="10 more minutes")
    more.click()
    expect(page.get_by_text("The site did not answer. The time runs on: press again.").first).to_be_visible()
    longer = extend_attempt(attempt, ada)  # It had arrived all the same.
    more.click()
    expect(page.get_by_text("You have more time.").first).to_be_visible()
    expect(page.locator("[data-minutes]")).to_have_text(f"{longer.minutes} minutes from the start")
    attempt.refresh_from_db()
    assert (attempt.extensions, attempt.deadline) == (1, longer.deadline)


def test_time_that_ends_without_a_connection_keeps_the_page_and_says_so(
    device: OpenPage, attempt: Attempt
) -> None:
    Attempt.objects.update(deadline=server_now() + timedelta(seconds=4))
    page = device()
    page.context.set_offline(True)
    expect_state(page, "All answers are saved; the attempt is finished as soon as it is back")
    assert page.url.endswith(attempt.get_absolute_url())
    page.context.set_offline(False)
    expect(page.get_by_role("heading", level=1)).to_have_text("0 of 4 right")


def test_who_did_nothing_for_hours_is_asked_before_they_are_signed_out(
    device: OpenPage, attempt: Attempt
) -> None:
    page = device()
    page.clock.install()
    page.reload()
    page.clock.fast_forward("11:55:00")
    page.get_by_role("button", name="Stay signed in").click()
    expect(page.get_by_text("You stay signed in.").first).to_be_visible()
    # Without the press a minute would be left now, and the question would stand there.
    page.clock.fast_forward("04:00")
    expect(page.get_by_text("Are you still there?")).to_be_hidden()


def test_an_attempt_with_a_time_limit_hands_itself_in(device: OpenPage, attempt: Attempt) -> None:
    attempt.quiz.time_limit = 1
    attempt.quiz.save()
    Attempt.objects.update(deadline=server_now() + timedelta(seconds=4))
    page = device()
    expect(page.get_by_role("timer")).to_have_text(re.compile(r"^[0-4] s left$"))
    choose(page, attempt, "what-to-promise", "It holds out for a while")
    expect(page.get_by_role("heading", level=1)).to_have_text("1 of 4 right")
    attempt.refresh_from_db()
    assert not attempt.ran_out
