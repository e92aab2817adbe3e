"""Editors set up quizzes: what they draw from, how long they take, how they are tried again."""

from __future__ import annotations

from random import Random
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from enablement.models import Lesson, Person
from quizzes.attempts import NoRetake, NothingMissed, start_attempt
from quizzes.drawing import Drawable, DrawRule
from quizzes.explaining import explain_drawing
from quizzes.likeness import content_words
from quizzes.models import Attempt, Question, Quiz
from tests.quizzes.doors import Answering

FORM: dict[str, Any] = {
    **{"title": "Doors by rule", "intro": "", "from_bank": "True", "draws": "3", "time_limit": "10"},
    **{"pass_mark": "70", "retakes": "missed", "release": "once_passed", "shuffles": "on"},
    **{"state": "released", "count": ["2"], "topic": ["parts"], "difficulty": [""]},
}


@pytest.fixture
def editor(client: Client, nia: Person) -> Client:
    client.force_login(nia)
    return client


def test_a_quiz_is_set_up_in_the_browser(editor: Client, every_kind: Attempt) -> None:
    response = editor.post(reverse("quiz-new", args=["doors"]), FORM)
    assert response.status_code == 302, response.content.decode()
    quiz = Quiz.objects.get(slug="doors-by-rule")
    assert (quiz.time_limit, quiz.pass_mark, quiz.retakes, quiz.release) == (10, 70, "missed", "once_passed")
    assert quiz.rules == [{"count": 2, "topic": "parts", "difficulty": ""}]
    assert start_attempt(every_kind.person, quiz).answers.count() == 3


def test_the_form_holds_what_is_stored_and_saves_it_unchanged(editor: Client, quiz: Quiz) -> None:
    address = reverse("quiz-change", args=[quiz.slug])
    page = editor.get(address)
    form = page.context["form"]
    sent = {name: form[name].value() for name in form.fields} | {"question": page.context["listed"]}
    sent = {name: "" if value is None else value for name, value in sent.items()}
    before = list(quiz.questions.order_by("places__order").values_list("slug", flat=True))
    assert editor.post(address, sent).status_code == 302
    quiz.refresh_from_db()
    assert list(quiz.questions.order_by("places__order").values_list("slug", flat=True)) == before
    assert (quiz.pass_mark, quiz.title, quiz.shuffles) == (60, "Doors, tried", True)


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"title": ""}, "Give the quiz a title."),
        ({"pass_mark": "120"}, "100"),
        ({"time_limit": "0"}, "1"),
        ({"from_bank": "False"}, "Tick at least one question"),
    ],
)
def test_what_does_not_work_is_said_and_all_is_kept(
    editor: Client, every_kind: Attempt, change: dict[str, str], words: str
) -> None:
    response = editor.post(reverse("quiz-new", args=["doors"]), FORM | {"intro": "Kept words"} | change)
    assert response.status_code == 400
    assert words in response.content.decode()
    assert "Kept words" in response.content.decode()
    assert not Quiz.objects.filter(slug="doors-by-rule").exists()


def test_rules_are_added_and_removed_without_script(editor: Client, every_kind: Attempt) -> None:
    address = reverse("quiz-new", args=["doors"])
    page = editor.post(address, FORM | {"title": "", "intro": "Kept words", "do": "add-rule"})
    assert len(page.context["rules"]) == 2
    assert "Kept words" in page.content.decode()
    assert "It is not saved yet" not in page.content.decode()
    assert editor.post(address, FORM | {"do": "remove-rule:0"}).context["rules"] == []


def test_the_page_says_what_an_attempt_will_be(editor: Client, every_kind: Attempt) -> None:
    page = editor.post(reverse("quiz-new", args=["doors"]), FORM | {"count": ["5"], "do": "look"})
    assert "2 of 10 questions fit" in page.content.decode()
    assert "Too few: 2 can be asked." in page.content.decode()


def drawable(name: str, topic: str, text: str, family: str = "") -> Drawable[str]:
    return Drawable(name, topic, family=family, words=content_words(text))


POOL = [
    drawable("a", "locks", "the cylinder turns slowly"),
    drawable("b", "locks", "the cylinder turns slowly today"),
    drawable("c", "locks", "somebody forgot where keys were"),
    drawable("d", "hinges", "grease every spring", "oil"),
    drawable("e", "hinges", "carpets wear under doors", "oil"),
]


def test_what_is_kept_apart_is_counted() -> None:
    explained = explain_drawing(POOL, None, [DrawRule(3, "locks"), DrawRule(1, "hinges")])
    locks, hinges = explained.rules
    assert (locks.fits, locks.apart, locks.is_short) == (3, 1, True)
    assert (hinges.fits, hinges.apart, hinges.is_short) == (2, 1, False)
    assert (explained.all, explained.together, explained.questions, explained.wanted) == (5, 3, 3, 4)
    assert explained.is_short


def test_one_attempt_may_be_all(quiz: Quiz, ada: Person, hand_in: Answering) -> None:
    quiz.retakes = "none"
    quiz.save()
    hand_in(ada, quiz)
    with pytest.raises(NoRetake, match="taken once"):
        start_attempt(ada, quiz)


def test_trying_again_may_be_limited_to_what_was_missed(quiz: Quiz, ada: Person, hand_in: Answering) -> None:
    quiz.retakes = "missed"
    quiz.save()
    first = hand_in(ada, quiz, what_squeaks="c")
    again = start_attempt(ada, quiz)
    assert (again.retake_of, again.carried, again.answers.count()) == (first, 3, 1)


def test_whoever_missed_nothing_has_nothing_to_try(quiz: Quiz, ada: Person, hand_in: Answering) -> None:
    quiz.retakes = "missed"
    quiz.save()
    hand_in(ada, quiz)
    with pytest.raises(NothingMissed):
        start_attempt(ada, quiz)


def test_a_quiz_may_keep_its_order(quiz: Quiz, ada: Person, zoe: Person) -> None:
    quiz.shuffles = False
    quiz.save()
    listed = list(quiz.questions.order_by("places__order").values_list("slug", flat=True))
    for seed, person in enumerate((ada, zoe)):
        attempt = start_attempt(person, quiz, random=Random(seed))
        assert list(attempt.answers.values_list("question__slug", flat=True)) == listed
        assert attempt.answers.get(question__slug="what-to-promise").option_order == ["a", "b", "c"]


def test_setting_up_is_for_editors(ada_client: Client, quiz: Quiz) -> None:
    assert ada_client.get(reverse("quiz-change", args=[quiz.slug])).status_code == 404
    assert ada_client.get(reverse("quiz-new", args=["doors"])).status_code == 404
    assert ada_client.get(reverse("question-banks")).status_code == 404


def test_all_banks_are_a_click_away_for_editors(editor: Client, quiz: Quiz, released_lesson: Lesson) -> None:
    assert reverse("question-banks") in editor.get("/").content.decode()
    page = editor.get(reverse("question-banks")).content.decode()
    for address in (reverse("question-bank", args=["doors"]), reverse("quiz-change", args=[quiz.slug])):
        assert address in page
    assert Question.objects.count() == 4
