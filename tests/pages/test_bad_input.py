"""What people paste by mistake or by design: one clear sentence and the right status, in every box."""

from __future__ import annotations

import itertools
from typing import Any

import pytest
from django.test import Client

from enablement.judges.training import train_all
from enablement.models import Lesson, Person, Turn, TurnState
from enablement.retrieval.indexing import index_lesson
from enablement.texts import MAX_DRAFT, MAX_QUESTION, MAX_STATEMENT
from enablement.tokens import make_token

BOXES = {"ask": "question", "sort": "statement", "check": "draft", "search": "search"}
LIMITS = {"ask": MAX_QUESTION, "sort": MAX_STATEMENT, "check": MAX_DRAFT, "search": MAX_QUESTION}
ADDRESSES = {"ask": "ask", "sort": "sortings", "check": "wording-checks"}
RIGHT_TO_LEFT = "ما هو الضبط الدقيق؟ هذا المفصل لا يدور"
CONTROLS = "What\0 is\x07 a\x1b[31m hinge\u200b, and\x85 why\u2028does it squeak?"

ODD = [RIGHT_TO_LEFT, CONTROLS, "🙂 why?", "a" * 1_999, "x\n" * 900, "<b>hinge</b> &amp;"]

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("released_lesson")]


@pytest.fixture
def learnt(released_lesson: Lesson, encoder: None) -> None:
    """The lesson about doors, found and judged by."""
    index_lesson(released_lesson)
    train_all()


def browse(client: Client, box: str, text: str) -> Any:
    """Type `text` into a box and send it, as a browser without script does."""
    if box == "search":
        return client.get("/search/", {"q": text})
    return client.post(f"/{box}/", {"text": text}, follow=True)


def call(client: Client, person: Person, box: str, text: str) -> Any:
    """Send `text` to the same place of the API, which refuses a NUL as such (tests/api)."""
    text = text.replace("\0", "")
    headers = {"Authorization": f"Bearer {make_token(person, 'a program', 7)[1]}"}
    if box == "search":
        return client.get("/api/v1/search/", {"q": text}, headers=headers)
    body = {"text": text}
    return client.post(f"/api/v1/{ADDRESSES[box]}/", body, content_type="application/json", headers=headers)


@pytest.mark.usefixtures("learnt")
def test_odd_text_is_worked_on_and_shown_as_it_was_written(ada_client: Client, ada: Person) -> None:
    for box, text in itertools.product(BOXES, ODD):
        response = browse(ada_client, box, text)
        assert response.status_code == 200, (box, text)
        assert text != RIGHT_TO_LEFT or text in response.content.decode()
        response = call(Client(), ada, box, text)
        assert response.status_code == 200, (box, text, response.content)
    assert not Turn.objects.filter(state__in=[TurnState.FAILED, TurnState.STREAMING]).exists()


@pytest.mark.parametrize("text", ["\0\x07\x1b", "؟", "—…", "\u200b\ufeff"])
@pytest.mark.parametrize("box", BOXES)
def test_nothing_to_read_is_said(ada_client: Client, ada: Person, box: str, text: str) -> None:
    sentence = f"There is no {BOXES[box]} to read yet. Write a few words and try again."
    response = browse(ada_client, box, text)
    assert (response.status_code, sentence in response.content.decode()) == (400, True)
    response = call(Client(), ada, box, text)
    assert (response.status_code, response.json()["detail"]) == (400, sentence)


@pytest.mark.parametrize("box", BOXES)
def test_too_much_is_said_with_both_figures(ada_client: Client, ada: Person, box: str) -> None:
    text = "word " * 20_001
    sentence = f"This {BOXES[box]} has 100,005 characters; the most that fits is {LIMITS[box]:,}."
    response = browse(ada_client, box, text)
    assert (response.status_code, sentence in response.content.decode()) == (400, True)
    response = call(Client(), ada, box, text)
    assert response.status_code == 400
    assert sentence in response.json()["detail"]
    assert not Turn.objects.exists()


@pytest.mark.usefixtures("learnt")
def test_a_draft_of_100_000_characters_is_checked(ada_client: Client, ada: Person) -> None:
    text = ("It hangs there. " + "x" * 9_982 + ". ") * 10
    assert len(text) == MAX_DRAFT
    assert browse(ada_client, "check", text).status_code == 200
    assert call(Client(), ada, "check", text).json()["clean"] is True


@pytest.mark.parametrize(
    "path", ["cards", "lessons", "guide", "comparisons", "analogies", "distinctions", "ladders", "quizzes"]
)
@pytest.mark.parametrize("slug", ["nothing", "a%00b", "%D8%B6", "x" * 3_000, "..%2Fx"])
def test_an_unknown_slug_is_a_404(ada_client: Client, path: str, slug: str) -> None:
    assert ada_client.get(f"/{path}/{slug}/").status_code == 404


@pytest.mark.parametrize("method", ["get", "post", "put", "delete"])
@pytest.mark.parametrize("path", ["", "v1", "v1/", "v1/nothing", "v1/cards/a/b/", "v2/cards/", "v1/%00"])
def test_an_unknown_address_of_the_api_is_a_problem_document(method: str, path: str) -> None:
    response = getattr(Client(enforce_csrf_checks=True), method)(f"/api/{path}")
    assert response.status_code == 404
    assert response["Content-Type"] == "application/problem+json"
    assert response.json()["code"] == "not_found"
