"""Editors look through the bank, write and change questions, and take proposals in."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse

from enablement.models import Card, Lesson, Person, State
from quizzes.models import Attempt, Question
from quizzes.upkeep import review_queue, with_content
from quizzes.writing import question_text
from quizzes.writing_examples import EXAMPLES

WRITTEN = """\
slug: fresh-question
kind: one_choice
topic: parts
prompt: What is oiled?
options:
  - {text: The hinge, correct: true}
  - {text: The mat, misconception: A mat is shaken out.}
explanation: A hinge turns, so it is oiled.
card: door-hinge
"""


@pytest.fixture
def editor(client: Client, nia: Person) -> Client:
    client.force_login(nia)
    return client


def post(client: Client, name: str, *args: str, **form: str) -> tuple[int, str]:
    response = client.post(reverse(name, args=args), form, follow=True)
    return response.status_code, response.content.decode()


def test_a_question_is_written_and_shown_as_reps_see_it(editor: Client, released_lesson: Lesson) -> None:
    status, page = post(editor, "question-new", "doors", text=WRITTEN)
    assert (status, Question.objects.get(slug="fresh-question").version) == (200, 1)
    assert "What is oiled?" in page
    assert "A mat is shaken out." in page


def test_a_change_is_a_new_version_and_the_open_attempt_keeps_the_old_one(
    editor: Client, every_kind: Attempt
) -> None:
    text = question_text(Question.objects.get(slug="kind-one")).replace("What turns?", "What swings?")
    assert post(editor, "question-edit", "kind-one", text=text)[0] == 200
    assert Question.objects.filter(slug="kind-one").count() == 2
    assert every_kind.quiz.questions.get(slug="kind-one").prompt == "What swings?"
    assert every_kind.answers.get(question__slug="kind-one").question.prompt == "What turns?"


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ("correct: true", "correct: false", "needs a misconception"),
        ("card: door-hinge", "card: nothing", "There is no card called “nothing”."),
        ("kind: one_choice", "kind: riddle", "riddle"),
        ("topic: parts", "topic: [", "Line"),
        ("slug: fresh-question", "slug: kind-sort", "Give this one another slug."),
    ],
)
def test_what_cannot_be_asked_is_refused_in_words_and_kept(
    editor: Client, every_kind: Attempt, old: str, new: str, words: str
) -> None:
    text = WRITTEN.replace(old, new)
    status, page = post(editor, "question-new", "doors", text=text)
    assert status == 400
    assert words in page
    assert "What is oiled?" in page
    assert not Question.objects.filter(slug="fresh-question").exists()


# One of each way of writing.
BACK = ["kind-sort", "kind-step", "kind-order", "kind-mark", "kind-pair", "kind-free"]


@pytest.mark.parametrize("slug", BACK)
def test_every_kind_is_read_back_as_it_is_written(editor: Client, every_kind: Attempt, slug: str) -> None:
    text = question_text(Question.objects.get(slug=slug))
    assert post(editor, "question-edit", slug, text=text)[0] == 200
    assert Question.objects.filter(slug=slug).count() == 1


@pytest.mark.parametrize("kind", EXAMPLES)
def test_there_is_an_example_of_every_kind(editor: Client, released_lesson: Lesson, kind: str) -> None:
    page = editor.get(reverse("question-new", args=["doors"]), {"kind": kind, "as": "text"}).content.decode()
    assert f"kind: {kind}" in page


def test_a_changed_card_sends_its_questions_to_review(editor: Client, every_kind: Attempt) -> None:
    Card.objects.filter(slug="door-lock").update(what_it_is="A lock is a promise.")
    queue = review_queue(with_content(Question.objects.filter(lesson__slug="doors")))
    assert {row.question.slug for row in queue} == {"kind-rewrite", "kind-free", "kind-analogy"}
    post(editor, "question-vouch", "kind-free")
    page = editor.get(reverse("question-bank", args=["doors"])).content.decode()
    assert page.count("has changed since") == 2


def test_proposals_wait_for_a_person(editor: Client, released_lesson: Lesson) -> None:
    post(editor, "question-propose", "doors")
    proposed = list(Question.objects.filter(state=State.DRAFT))
    assert proposed
    assert all(question.source_quote for question in proposed)
    post(editor, "question-vouch", proposed[0].slug)
    proposed[0].refresh_from_db()
    assert proposed[0].state == State.RELEASED
    post(editor, "question-propose", "doors")
    assert Question.objects.count() == len(proposed)


@pytest.mark.parametrize("name", ["question-bank", "question-new"])
def test_the_bank_is_for_editors(ada_client: Client, released_lesson: Lesson, name: str) -> None:
    assert ada_client.get(reverse(name, args=["doors"])).status_code == 404


@pytest.mark.parametrize("name", ["question-preview", "question-edit"])
def test_a_question_with_its_key_is_for_editors(ada_client: Client, every_kind: Attempt, name: str) -> None:
    assert ada_client.get(reverse(name, args=["kind-one"])).status_code == 404
