"""Editors write questions in a form of their kind: nothing is lost, and only whole questions are asked."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from enablement.models import Lesson, Person
from quizzes.exporting import question_data
from quizzes.kinds import QuestionKind
from quizzes.models import Attempt, Question, QuestionDraft
from quizzes.versions import newest_version

HTMX = {"HX-Request": "true"}


@pytest.fixture
def editor(client: Client, nia: Person) -> Client:
    client.force_login(nia)
    return client


def fields_in(page: str) -> dict[str, Any]:
    """What a browser would send of the form `editing`, as it stands on the page."""
    form = re.search(r'<form[^>]*id="editing".*?</form>', page, re.S)
    assert form, "there is no form on the page"
    sent: dict[str, Any] = {}
    for tag in re.findall(r"<input[^>]*>", form[0]):
        found = dict(re.findall(r'(\w[\w-]*)="([^"]*)"', tag))
        ticks = found.get("type") == "checkbox"
        if "name" not in found or (ticks and " checked" not in tag):
            continue
        sent.setdefault(found["name"], []).append(_plain(found.get("value", "")))
    for name, text in re.findall(r'<textarea[^>]*name="([^"]*)"[^>]*>\n?(.*?)</textarea>', form[0], re.S):
        sent[name] = _plain(text)
    for name, rest in re.findall(r'<select[^>]*name="([^"]*)"[^>]*>(.*?)</select>', form[0], re.S):
        chosen = re.search(r'value="([^"]*)" selected', rest)
        sent[name] = _plain(chosen[1]) if chosen else ""
    return sent


def _plain(text: str) -> str:
    for entity, sign in (("&quot;", '"'), ("&#x27;", "'"), ("&lt;", "<"), ("&gt;", ">"), ("&amp;", "&")):
        text = text.replace(entity, sign)
    return text


def open_form(client: Client, name: str, *args: str, **query: str) -> dict[str, Any]:
    return fields_in(client.get(reverse(name, args=args), query).content.decode())


def post(client: Client, name: str, *args: str, kind: str = "", **form: Any) -> tuple[int, str]:
    address = reverse(name, args=args) + (f"?kind={kind}" if kind else "")
    response = client.post(address, form, follow=True)
    return response.status_code, response.content.decode()


OF_EACH_KIND = [
    *("kind-one", "kind-several", "kind-sort", "kind-step", "kind-order"),
    *("kind-mark", "kind-pair", "kind-rewrite", "kind-free", "kind-analogy"),
]


@pytest.mark.parametrize("slug", OF_EACH_KIND)
def test_what_the_form_shows_is_the_question(editor: Client, every_kind: Attempt, slug: str) -> None:
    before = newest_version(slug)
    status, page = post(editor, "question-edit", slug, **open_form(editor, "question-edit", slug), do="save")
    assert status == 200, page
    assert newest_version(slug) == before


@pytest.mark.parametrize("slug", OF_EACH_KIND)
def test_a_change_in_the_form_is_a_new_version(editor: Client, every_kind: Attempt, slug: str) -> None:
    form = open_form(editor, "question-edit", slug) | {"explanation": "Look twice.", "do": "save"}
    assert post(editor, "question-edit", slug, **form)[0] == 200
    old, new = Question.objects.filter(slug=slug).order_by("version")
    assert new.key.explanation == "Look twice."
    assert question_data(new) == question_data(old) | {"explanation": "Look twice."}


def test_a_question_is_written_without_a_word_of_code(editor: Client, released_lesson: Lesson) -> None:
    form = open_form(editor, "question-new", "doors", kind="one_choice")
    form |= {"prompt": "What is oiled?", "topic": "Moving parts", "explanation": "A hinge turns."}
    form |= {"options-0-text": "The hinge", "options-0-correct": "1", "options-1-text": "The mat"}
    form |= {"options-1-misconception": "A mat is shaken out.", "do": "save"}
    status, page = post(editor, "question-new", "doors", kind="one_choice", **form)
    assert status == 200, page
    question = Question.objects.get(slug="what-is-oiled")
    assert (question.topic, question.key.correct) == ("moving-parts", ["a"])
    assert [option.text for option in question.options.all()] == ["The hinge", "The mat"]


@pytest.mark.parametrize("kind", QuestionKind.values)
def test_an_empty_form_of_every_kind_names_its_fields(
    editor: Client, released_lesson: Lesson, kind: str
) -> None:
    form = open_form(editor, "question-new", "doors", kind=kind) | {"do": "save"}
    status, page = post(editor, "question-new", "doors", kind=kind, **form)
    assert status == 400
    assert 'id="prompt-error"' in page
    assert 'id="explanation-error"' in page
    assert not Question.objects.exists()


@pytest.mark.parametrize(
    ("slug", "change", "place", "words"),
    [
        ("kind-one", {"options-0-misconception": ""}, "options-0-misconception", "needs a misconception"),
        ("kind-one", {"options-0-correct": "1"}, "options", "exactly one correct option, this has 2"),
        ("kind-sort", {"misconceptions-cell-lock": ""}, "misconceptions-cell-lock", "still empty"),
        ("kind-order", {"steps": "Listen\nOil the hinge"}, "steps", "At least 3"),
        ("kind-mark", {"phrases-1-why": ""}, "phrases-1-why", "needs a reason"),
        ("kind-pair", {"stories-0-answer": "The lock"}, "stories", "nothing flips"),
        ("kind-free", {"bench-7-text": ""}, "bench", "At least 8"),
        ("kind-free", {"checks-0-says": ""}, "checks-0-says", "At least 1"),
    ],
)
def test_what_is_wrong_stands_at_its_field_and_all_is_kept(
    editor: Client, every_kind: Attempt, slug: str, change: dict[str, str], place: str, words: str
) -> None:
    form = open_form(editor, "question-edit", slug) | change | {"do": "save", "explanation": "Kept words."}
    status, page = post(editor, "question-edit", slug, **form)
    assert status == 400
    at = page.index(f'id="{place}"')
    assert words in page[max(0, at - 600) : at + 600]
    assert "Kept words." in page
    assert Question.objects.filter(slug=slug).count() == 1


def test_rows_are_added_moved_removed_and_put_back_without_script(
    editor: Client, every_kind: Attempt
) -> None:
    form = open_form(editor, "question-edit", "kind-several")
    page = post(editor, "question-edit", "kind-several", **form, do="add:options")[1]
    assert fields_in(page)["options-count"] == ["4"]
    page = post(editor, "question-edit", "kind-several", **form, do="down:options:0")[1]
    assert fields_in(page)["options-1-text"].strip() == "The hinge"
    page = post(editor, "question-edit", "kind-several", **form, do="remove:options:2")[1]
    gone = fields_in(page)
    assert gone["options-count"] == ["2"]
    page = post(editor, "question-edit", "kind-several", **gone, do="restore:options:2")[1]
    assert fields_in(page)["options-2-text"].strip() == "The mat"


def test_what_is_written_is_kept_as_a_draft_while_it_is_written(
    editor: Client, every_kind: Attempt, nia: Person
) -> None:
    form = open_form(editor, "question-edit", "kind-one") | {"prompt": "What swings?", "do": "preview"}
    beside = editor.post(reverse("question-edit", args=["kind-one"]), form, headers=HTMX).content.decode()
    assert "What swings?" in beside
    assert re.search("<del>.*turns.*</del>", beside), "what will change is shown"
    assert open_form(editor, "question-edit", "kind-one")["prompt"].strip() == "What swings?"
    bank = editor.get(reverse("question-bank", args=["doors"])).content.decode()
    assert "Your drafts" in bank
    post(editor, "question-edit", "kind-one", do="drop")
    assert open_form(editor, "question-edit", "kind-one")["prompt"].strip() == "What turns?"
    assert not QuestionDraft.objects.exists()


def test_saving_drops_the_draft(editor: Client, every_kind: Attempt) -> None:
    form = open_form(editor, "question-edit", "kind-one") | {"prompt": "What swings?"}
    post(editor, "question-edit", "kind-one", **form, do="draft")
    assert QuestionDraft.objects.count() == 1
    post(editor, "question-edit", "kind-one", **form, do="save")
    assert not QuestionDraft.objects.unfinished().exists()


def test_what_a_saved_form_still_sends_is_no_draft(editor: Client, every_kind: Attempt) -> None:
    form = open_form(editor, "question-edit", "kind-one") | {"prompt": "What swings?"}
    post(editor, "question-edit", "kind-one", **form, do="save")
    editor.post(reverse("question-edit", args=["kind-one"]), form | {"do": "preview"}, headers=HTMX)
    assert not QuestionDraft.objects.unfinished().exists()
    again = open_form(editor, "question-edit", "kind-one") | {"prompt": "What creaks?"}
    post(editor, "question-edit", "kind-one", **again, do="draft")
    assert QuestionDraft.objects.unfinished().count() == 1


def test_a_draft_is_nobody_elses(editor: Client, every_kind: Attempt, nia: Person, max: Person) -> None:
    form = open_form(editor, "question-edit", "kind-one") | {"prompt": "Half a thought"}
    post(editor, "question-edit", "kind-one", **form, do="draft")
    max.role = nia.role
    max.save()
    other = Client()
    other.force_login(max)
    assert open_form(other, "question-edit", "kind-one")["prompt"].strip() == "What turns?"


def test_two_editors_do_not_overwrite_one_another(editor: Client, every_kind: Attempt) -> None:
    form = open_form(editor, "question-edit", "kind-one")
    post(editor, "question-edit", "kind-one", **form | {"prompt": "What swings?"}, do="save")
    status, page = post(editor, "question-edit", "kind-one", **form | {"prompt": "What creaks?"}, do="save")
    assert status == 400
    assert "Somebody saved version 2" in page
    post(editor, "question-edit", "kind-one", **fields_in(page), do="save")
    newest = newest_version("kind-one")
    assert newest
    assert (newest.version, newest.prompt) == (3, "What creaks?")


def test_a_draft_from_before_does_not_overwrite_either(
    editor: Client, every_kind: Attempt, nia: Person, max: Person
) -> None:
    max.role = nia.role
    max.save()
    other = Client()
    other.force_login(max)
    form = open_form(editor, "question-edit", "kind-one")
    post(editor, "question-edit", "kind-one", **form | {"prompt": "What creaks?"}, do="draft")
    post(other, "question-edit", "kind-one", **form | {"prompt": "What swings?"}, do="save")
    status, page = post(
        editor, "question-edit", "kind-one", **open_form(editor, "question-edit", "kind-one"), do="save"
    )
    assert status == 400
    assert "Somebody saved version 2" in page


def test_an_earlier_version_is_brought_back_as_a_new_one(editor: Client, every_kind: Attempt) -> None:
    form = open_form(editor, "question-edit", "kind-one") | {"prompt": "What swings?"}
    post(editor, "question-edit", "kind-one", **form, do="save")
    page = editor.get(reverse("question-versions", args=["kind-one"])).content.decode()
    assert "Nia" in page
    assert editor.post(reverse("question-restore", args=["kind-one", 1])).status_code == 302
    newest = newest_version("kind-one")
    assert newest
    assert (newest.version, newest.prompt) == (3, "What turns?")


def test_the_answers_of_a_statement_follow_the_distinction(editor: Client, released_lesson: Lesson) -> None:
    form = open_form(editor, "question-new", "doors", kind="sort")
    assert form["distinction"] == "door-problem", "the lesson has only this one"
    page = post(editor, "question-new", "doors", kind="sort", **form | {"outcome": "hinge"}, do="again")[1]
    assert {"misconceptions-cell-lock", "misconceptions-cell-neither"} <= set(fields_in(page))
    assert "misconceptions-cell-hinge" not in fields_in(page)


@pytest.mark.parametrize("name", ["question-versions", "question-edit"])
def test_it_is_for_editors(ada_client: Client, every_kind: Attempt, name: str) -> None:
    assert ada_client.get(reverse(name, args=["kind-one"])).status_code == 404
