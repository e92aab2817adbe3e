"""The desk by keyboard, a coaching loop with the clock moved, and axe over the pages of both sides."""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from axe_playwright_python.base import AXE_SCRIPT
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import Browser, Page, Route, expect
from pytest_django.live_server_helper import LiveServer

from enablement.models import Lesson, Membership, Person, Role, Team
from quizzes.assignments.giving import Wanted, excuse_place, give_assignment
from quizzes.coaching.rechecking import recheck_notes
from quizzes.files import read_quiz_file
from quizzes.loader import load_quiz
from quizzes.models import AnswerKey, Attempt, CoachingNote, Grade, PendingGrade, Quiz
from tests.browsers import running_chromium
from tests.conftest import make_person
from tests.pages.test_axe import RUN
from tests.quizzes.desks import let_wait
from tests.quizzes.doors import Answering
from tests.quizzes.many_doors import many_doors

pytestmark = pytest.mark.django_db(transaction=True)

SignedIn = Callable[[Person], Page]


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    with running_chromium() as browser:
        yield browser


@pytest.fixture
def signed_in(chromium: Browser, live_server: LiveServer) -> Iterator[SignedIn]:
    contexts = []

    def open_page(person: Person) -> Page:
        client = Client()
        client.force_login(person)
        context = chromium.new_context(base_url=live_server.url, reduced_motion="reduce")
        cookie = client.cookies["sessionid"].value
        context.add_cookies([{"name": "sessionid", "value": cookie, "url": live_server.url}])
        contexts.append(context)
        return context.new_page()

    yield open_page
    for context in contexts:
        context.close()


@pytest.fixture
def doors(released_lesson: Lesson, tmp_path: Path) -> Quiz:
    path = tmp_path / "quiz-many.yaml"
    path.write_text(many_doors(), encoding="utf-8")
    return load_quiz(read_quiz_file(path)).quiz


def test_three_answers_are_decided_by_keyboard_and_one_is_taken_back(
    every_kind: Attempt, ada: Person, max: Person, north: Team, signed_in: SignedIn
) -> None:
    for hours, name in ((3, "ben"), (2, "cem")):
        person = make_person(name, Role.REP)
        Membership.objects.create(team=north, person=person)
        let_wait(person, every_kind.quiz, "The lock.", timezone.now() - timedelta(hours=hours))
    let_wait(ada, every_kind.quiz, "The key.", timezone.now())
    page = signed_in(max)
    page.goto(reverse("answer-reviews"))
    page.keyboard.press("Enter")
    for name in ("Ben", "Cem"):
        expect(page.get_by_role("heading", level=1)).to_have_text(f"Answer of {name}")
        page.keyboard.press("1")
        page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Answer of Ada")
    page.keyboard.press("u")
    expect(page.get_by_text("Taken back. The answer waits again.")).to_be_visible()
    expect(page.get_by_role("heading", level=1)).to_have_text("Answer of Cem")
    page.keyboard.press("x")
    page.keyboard.press("n")
    page.keyboard.type("Say 1 and s.")
    page.keyboard.press("Control+Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Answer of Ada")
    grades = Grade.objects.filter(judge="person", answer__question__slug="kind-free")
    assert grades.count() == 2
    assert grades.get(answer__attempt__person__username="cem").score == 0
    assert PendingGrade.objects.for_review().count() == 1


def test_keys_pressed_before_the_page_is_ready_are_taken_and_decide_nothing(
    every_kind: Attempt, ada: Person, max: Person, north: Team, signed_in: SignedIn
) -> None:
    let_wait(ada, every_kind.quiz, "The key.", timezone.now())
    page = signed_in(max)
    page.goto(reverse("answer-reviews"))
    held: list[Route] = []
    page.route("**/quizzes/desk*.js", lambda route: held.append(route))
    page.get_by_role("link", name="Ada").first.click(no_wait_after=True)
    page.get_by_label("A line for Ada").wait_for()
    page.keyboard.type("xsnSee 1.")
    page.keyboard.press("Enter")
    held[0].continue_()
    expect(page.get_by_label("A line for Ada")).to_have_value("See 1.")
    expect(page.locator("[data-spoilt]")).to_be_checked()
    assert PendingGrade.objects.for_review().count() == 1


# Ten answers in five minutes are thirty seconds for each: so many of them are for reading, not for the pages.
# DOSAY_DESK=10 has ten of them decided.
DESK = int(os.environ.get("DOSAY_DESK", "2"))
READING = 25


def test_two_keys_decide_an_answer_and_the_time_is_left_for_reading(
    every_kind: Attempt, max: Person, north: Team, signed_in: SignedIn
) -> None:
    names = [f"rep{number}" for number in range(DESK)]
    for at, name in enumerate(names):
        person = make_person(name, Role.REP)
        Membership.objects.create(team=north, person=person)
        let_wait(person, every_kind.quiz, "The lock.", timezone.now() - timedelta(hours=20 - at))
    page = signed_in(max)
    page.goto(reverse("answer-reviews"))
    begun = time.monotonic()
    page.keyboard.press("Enter")
    for name in names:
        expect(page.get_by_role("heading", level=1)).to_have_text(f"Answer of {name.capitalize()}")
        page.keyboard.press("1")
        page.keyboard.press("Enter")
    expect(page.get_by_text("Nothing waits")).to_be_visible()
    seconds = time.monotonic() - begun
    print(f"{DESK} answers: {1 + 2 * DESK} keys, {seconds:.1f} s for the pages")
    assert seconds < DESK * (30 - READING)
    assert Grade.objects.filter(judge="person").count() == DESK


def test_a_coaching_loop_from_the_note_to_the_comparison(
    doors: Quiz, ada: Person, max: Person, hand_in: Answering, signed_in: SignedIn
) -> None:
    hand_in(ada, doors, **{f"hinge_{number}": "lock" for number in range(5)})
    manager, rep = signed_in(max), signed_in(ada)
    manager.goto(reverse("coaching"))
    manager.get_by_role("link", name="Ada").click()
    manager.get_by_label("Telling “").check()
    manager.get_by_label("Your note").fill("Ask what moves before you name the part.")
    manager.get_by_role("button", name="Send the note").click()
    expect(manager.get_by_text("The re-check comes by itself")).to_be_visible()

    note = CoachingNote.objects.get()
    rep.goto("/")
    rep.get_by_role("link", name="Coaching: Telling").click()
    rep.goto(note.get_absolute_url())
    rep.get_by_label("Answer Max").fill("I will.")
    rep.get_by_role("button", name="Send").click()
    _answer_all(rep, note, "Answer the questions")

    # Two weeks later.
    assert recheck_notes(timezone.now() + timedelta(days=15)) == 1
    rep.goto("/notices/")
    rep.get_by_role("link", name="Two weeks later").click()
    _answer_all(rep, note, "Answer the re-check")

    for page in (rep, manager):
        page.goto(note.get_absolute_url())
        expect(page.get_by_text("No difference that chance alone could not make: 9 of 14")).to_be_visible()
        expect(page.get_by_role("cell", name="6 of 6")).to_have_count(2)
    expect(manager.get_by_text("I will.")).to_be_visible()


def _answer_all(page: Page, note: CoachingNote, button: str) -> None:
    """Answer everything right and finish."""
    page.get_by_role("button", name=button).click()
    expect(page.locator("[data-question]")).to_have_count(6)
    attempt = Attempt.objects.open().get(person=note.person)
    for key in AnswerKey.objects.filter(question__answers__attempt=attempt):
        question = page.locator(f'[data-question="{key.question_id}"]')
        question.locator(f'input[value="{key.correct[0]}"]').check()
    page.get_by_role("button", name="Finish and see the answers").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("6 of 6 right")
    page.goto(note.get_absolute_url())


def test_the_pages_have_nothing_that_axe_finds(
    doors: Quiz, every_kind: Attempt, ada: Person, max: Person, hand_in: Answering, signed_in: SignedIn
) -> None:
    hand_in(ada, doors, **{f"hinge_{number}": "lock" for number in range(5)})
    answer = let_wait(ada, every_kind.quiz, "The lock is worn.", timezone.now())
    due = (timezone.now() + timedelta(days=9)).date()
    one = give_assignment(max, Wanted(quiz=doors, person=ada), due, note="Please.", now=timezone.now())
    other = give_assignment(max, Wanted(lesson=doors.lesson, team=ada.teams.get()), due, now=timezone.now())
    excuse_place(other, ada, max, excused=True, now=timezone.now())
    manager, rep = signed_in(max), signed_in(ada)
    manager.goto(reverse("coaching-new", args=["ada"]))
    manager.get_by_label("Telling “").check()
    manager.get_by_label("Your note").fill("Ask what moves.")
    manager.get_by_role("button", name="Send the note").click()
    note = CoachingNote.objects.get()
    pages = [
        *(
            (manager, reverse(name))
            for name in ("answer-reviews", "assignment-list", "assignment-new", "coaching")
        ),
        (manager, reverse("answer-review", args=[answer.pk])),
        *((manager, board.get_absolute_url()) for board in (one, other)),
        (manager, reverse("coaching-new", args=["ada"])),
        *((reader, note.get_absolute_url()) for reader in (manager, rep)),
        *((rep, reverse(name)) for name in ("assignment-own-list", "who-sees", "coaching")),
        (rep, reverse("assignment-own", args=[one.pk])),
    ]
    found = [problem for page, address in pages for problem in _problems(page, address)]
    assert found == []


def _problems(page: Page, address: str) -> list[str]:
    page.set_viewport_size({"width": 320, "height": 640})
    page.goto(address)
    width = page.evaluate("document.documentElement.scrollWidth")
    page.set_viewport_size({"width": 1280, "height": 800})
    page.evaluate(AXE_SCRIPT)
    found = [f"{address}: {one}" for theme in ("light", "dark") for one in page.evaluate(RUN, theme)]
    return [*found, *([f"{address}: {width} px wide on a phone"] if width > 320 else [])]


def test_on_a_phone_what_narrows_a_report_is_behind_one_button(
    released_lesson: Lesson, max: Person, north: Team, signed_in: SignedIn
) -> None:
    page = signed_in(max)
    page.set_viewport_size({"width": 360, "height": 740})
    page.goto(f"{reverse('team-list')}?lesson={released_lesson.slug}&weeks=12")
    form = page.get_by_role("form", name="What the figures are about")
    button = page.locator("summary", has_text="Filter").first
    expect(form).to_be_hidden()
    expect(button).to_have_text("Filter 2 in force")
    button.press("Enter")
    page.get_by_label("Period").select_option("4")
    page.get_by_role("button", name="Show", exact=True).click()
    page.wait_for_url("**weeks=4**")
    expect(form).to_be_hidden()
    page.set_viewport_size({"width": 1280, "height": 800})
    expect(form).to_be_visible()
    expect(button).to_be_hidden()
    page.get_by_label("Period").focus()
    expect(page.get_by_label("Period")).to_be_focused()
