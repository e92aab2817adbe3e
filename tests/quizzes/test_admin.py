"""Questions written in the admin can be graded, or are refused in words; none without a key is asked."""

from __future__ import annotations

import json
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from enablement.models import Distinction, Lesson, Person
from quizzes.attempts import EmptyQuiz, start_attempt
from quizzes.models import AnswerKey, Question, Quiz, QuizQuestion
from quizzes.question_forms import KEY_MISSING, OPTIONS_OF_A_STATEMENT, TOO_FEW_OPTIONS
from tests.quizzes.doors import Answering

pytestmark = pytest.mark.django_db
ADDRESS = "/admin/quizzes/question/add/"


@pytest.fixture
def editor(client: Client, nia: Person) -> Client:
    nia.is_staff = True
    nia.save()
    client.force_login(nia)
    return client


def sent(lesson: Lesson, *options: str, correct: Any = ("a",), keys: int = 1, **more: Any) -> dict[str, Any]:
    """The form of a new question as a browser sends it."""
    form: dict[str, Any] = {
        **{"lesson": lesson.pk, "slug": "fresh", "version": 1, "kind": "one_choice"},
        **{"prompt": "What turns?", "topic": "parts", "card": "", "guide_entry": "", "distinction": ""},
        **{"options-TOTAL_FORMS": len(options), "options-INITIAL_FORMS": 0},
        **{"key-TOTAL_FORMS": keys, "key-INITIAL_FORMS": 0},
        "key-0-correct": json.dumps(correct),
        "key-0-explanation": "A hinge turns.",
        "key-0-misconceptions": "{}",
    }
    for position, text in enumerate(options):
        form |= {f"options-{position}-position": position, f"options-{position}-text": text}
    return form | {name.replace("__", "-"): value for name, value in more.items()}


def errors_of(response: Any) -> str:
    """Every sentence that the page shows about what was sent."""
    assert response.status_code == 200, response
    context = response.context
    found = [*context["adminform"].form.errors.values()]
    for inline in context["inline_admin_formsets"]:
        found += [inline.formset.non_form_errors()]
        found += [error for form in inline.formset.forms for error in form.errors.values()]
    return " ".join(str(sentence) for errors in found for sentence in errors)


def test_a_whole_question_is_saved_with_its_key(editor: Client, released_lesson: Lesson) -> None:
    response = editor.post(ADDRESS, sent(released_lesson, "The hinge", "The frame"))
    assert response.status_code == 302, errors_of(response)
    key = AnswerKey.objects.get(question__slug="fresh")
    assert (key.correct, key.misconceptions) == (["a"], {})
    assert [option.name for option in key.question.options.all()] == ["a", "b"]


def test_a_statement_to_sort_is_saved_with_its_outcome(editor: Client, released_lesson: Lesson) -> None:
    distinction = Distinction.objects.get(slug="door-problem")
    form = sent(released_lesson, correct=["hinge"], kind="sort", distinction=distinction.pk)
    form["key-0-misconceptions"] = json.dumps({"lock": "That locks scrape."})
    response = editor.post(ADDRESS, form)
    assert response.status_code == 302, errors_of(response)
    assert AnswerKey.objects.get().correct == ["hinge"]


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"key-0-correct": ""}, KEY_MISSING),
        ({"key-0-correct": "[]"}, KEY_MISSING),
        ({"key-0-explanation": ""}, "required"),
        ({"key-0-correct": "", "key-0-explanation": "", "key-0-misconceptions": ""}, KEY_MISSING),
        ({"key-TOTAL_FORMS": 0}, KEY_MISSING),
        ({"key-0-correct": '["c"]'}, "“c” is nothing to choose here. There is: a, b."),
        ({"key-0-correct": '["a", "b"]'}, "takes one answer"),
        ({"key-0-correct": '["a", "a"]'}, "named twice"),
        ({"key-0-correct": '"a"'}, "as a list of names"),
        ({"key-0-correct": "[1]"}, "as a list of names"),
        ({"key-0-correct": "{"}, "valid JSON"),
        ({"key-0-misconceptions": '{"a": "x"}'}, "“a” is right"),
        ({"key-0-misconceptions": '{"k": "x"}'}, "“k” is nothing to choose"),
        ({"key-0-misconceptions": '{"b": 1}'}, "Say in words"),
        ({"key-0-misconceptions": "[1]"}, "Write misconceptions by option"),
        ({"options-TOTAL_FORMS": 1}, TOO_FEW_OPTIONS),
        ({"options-TOTAL_FORMS": 0}, TOO_FEW_OPTIONS),
        ({"options-1-position": 10}, "less than or equal to 9"),
        ({"options-1-position": 0}, "duplicate"),
        ({"kind": "sort"}, "Choose the distinction"),
        ({"kind": ""}, "required"),
    ],
)
def test_what_could_not_be_graded_is_refused_in_words(
    editor: Client, released_lesson: Lesson, change: dict[str, Any], words: str
) -> None:
    response = editor.post(ADDRESS, sent(released_lesson, "The hinge", "The frame") | change)
    assert words in errors_of(response)
    assert not Question.objects.exists()


def test_a_statement_to_sort_has_no_options_and_names_one_of_its_outcomes(
    editor: Client, released_lesson: Lesson
) -> None:
    distinction = Distinction.objects.get(slug="door-problem")
    form = sent(released_lesson, "The hinge", "The frame", kind="sort", distinction=distinction.pk)
    shown = errors_of(editor.post(ADDRESS, form))
    assert OPTIONS_OF_A_STATEMENT in shown
    assert "There is: lock, hinge, neither" in shown


def test_a_choice_has_no_distinction(editor: Client, released_lesson: Lesson) -> None:
    distinction = Distinction.objects.get(slug="door-problem")
    form = sent(released_lesson, "The hinge", "The frame", distinction=distinction.pk)
    assert "Only a statement to sort" in errors_of(editor.post(ADDRESS, form))


def test_a_question_that_nobody_was_asked_can_be_corrected(editor: Client, quiz: Quiz) -> None:
    question = Question.objects.get(slug="what-to-promise")
    page = editor.get(reverse("admin:quizzes_question_change", args=[question.pk]))
    form = {}
    for inline in page.context["inline_admin_formsets"]:
        for part in [inline.formset.management_form, *inline.formset.forms]:
            form |= {part.add_prefix(name): part[name].value() for name in part.fields}
    main = page.context["adminform"].form
    form |= {name: main[name].value() for name in main.fields}
    form = {name: "" if value is None else value for name, value in form.items()}
    response = editor.post(page.request["PATH_INFO"], form | {"key-0-correct": '["c"]'})
    assert response.status_code == 200
    assert "“c” is right, so there is no misconception" in errors_of(response)
    response = editor.post(page.request["PATH_INFO"], form | {"key-0-explanation": "It only delays."})
    assert response.status_code == 302, errors_of(response)
    question.key.refresh_from_db()
    assert question.key.explanation == "It only delays."


def test_a_question_that_somebody_was_asked_stays_as_it_was(
    editor: Client, quiz: Quiz, ada: Person, hand_in: Answering
) -> None:
    hand_in(ada, quiz)
    question = Question.objects.get(slug="what-to-promise")
    address = reverse("admin:quizzes_question_change", args=[question.pk])
    assert editor.get(address).status_code == 200
    assert editor.post(address, {"prompt": "Another?"}).status_code == 403


@pytest.mark.parametrize("key", [None, []])
def test_a_question_without_a_key_is_not_asked(
    quiz: Quiz, ada: Person, hand_in: Answering, key: list[str] | None
) -> None:
    keyless = Question.objects.create(
        lesson=quiz.lesson, slug="keyless", kind="one_choice", prompt="Which?", topic="parts"
    )
    QuizQuestion.objects.create(quiz=quiz, question=keyless, order=99)
    if key is not None:
        AnswerKey.objects.create(question=keyless, correct=key, explanation="None yet.")
    attempt = hand_in(ada, quiz)
    assert attempt.score == 1.0
    assert not attempt.answers.filter(question=keyless).exists()


def test_a_quiz_in_which_no_question_has_a_key_cannot_be_started(quiz: Quiz, ada: Person) -> None:
    AnswerKey.objects.all().delete()
    with pytest.raises(EmptyQuiz):
        start_attempt(ada, quiz)


def test_the_questions_of_a_quiz_can_be_chosen(editor: Client, quiz: Quiz) -> None:
    page = editor.get(reverse("admin:quizzes_quiz_change", args=[quiz.pk]))
    (inline,) = page.context["inline_admin_formsets"]
    assert inline.has_add_permission
    assert inline.has_change_permission
