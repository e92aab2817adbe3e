"""Asking, searching, sorting and checking by API: the contract's shapes, and bad input told apart."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.test import Client
from redis.exceptions import ConnectionError as RedisAway

from enablement import judging
from enablement.api import limits
from enablement.api.parsing import MAX_BODY
from enablement.chat import turns
from enablement.chat.events import Event
from enablement.judges.encoder import EncoderUnavailable
from enablement.judges.findings import Finding
from enablement.judges.sorting import CardLink, Verdict
from enablement.models import Delivery, Distinction, Lesson, Person, State, Surface, Turn, TurnState
from enablement.texts import MAX_DRAFT, MAX_STATEMENT, clean_text
from tests.api.conftest import Program

Of = Callable[[Person], Program]
QUESTION = "Does fine-tuning teach a model new facts?"
POSTS = ["ask", "sortings", "wording-checks"]


@pytest.fixture
def distinction(pieces: Lesson) -> Distinction:
    return Distinction.objects.create(
        lesson=pieces, slug="problem-type", title="x", question="x", unsure_question="x", state=State.RELEASED
    )


@pytest.fixture
def judges(monkeypatch: pytest.MonkeyPatch) -> None:
    """Judges that always find the same, without the encoder."""

    def sort_statement(text: str, distinction: Distinction, person: Person, *, second: object) -> Verdict:
        text = clean_text(text, what="statement", limit=MAX_STATEMENT)
        cards = [CardLink("prompting", "Prompting", "/cards/prompting/")]
        lines = ("meaning", "remedy", "next?", "Say this.", "Not that.")
        return Verdict(text, distinction.slug, "both", "Both", {"knowledge": 0.9}, [], *lines, cards)

    def check_wording(text: str, person: Person) -> list[Finding]:
        text = clean_text(text, what="draft", limit=MAX_DRAFT)
        finding = Finding(
            "train-it", 0, 5, text[:5], "block", 1.0, "It reads.", "So.", "We train it.", "/guide/x/"
        )
        return [finding] if "train" in text else []

    monkeypatch.setattr(judging, "sort_statement", sort_statement)
    monkeypatch.setattr(judging, "check_wording", check_wording)


@pytest.mark.parametrize("path", ["ask", "ask/"])
def test_an_answer_has_the_contracts_keys(path: str, pieces: Lesson, ada: Person, program: Of) -> None:
    response = program(ada).post(path, {"text": QUESTION})
    assert response.status_code == 200
    keys = {"answer", "refused", "engine", "citations", "say", "nearest"}
    assert keys <= response.json().keys()
    assert Turn.objects.get().conversation.surface == Surface.API


def test_an_answer_streams_where_the_program_asks_for_it(pieces: Lesson, ada: Person, program: Of) -> None:
    response = program(ada).post("ask/", {"text": QUESTION}, Accept="text/event-stream")
    assert response["Content-Type"].startswith("text/event-stream")
    assert response["X-Accel-Buffering"] == "no"
    events = b"".join(response.streaming_content).decode().strip().split("\n\n")
    name, data = events[-1].split("\n")
    assert name == "event: done"
    assert "citations" in json.loads(data.removeprefix("data: "))
    assert Turn.objects.get().state in (TurnState.DONE, TurnState.REFUSED)


def test_a_stream_that_is_left_closes_the_answer(
    pieces: Lesson, ada: Person, program: Of, monkeypatch: pytest.MonkeyPatch
) -> None:
    ended = []

    def endless(turn: Turn) -> Iterator[Event]:
        try:
            while True:
                yield Event("token", {"text": "word "})
        finally:
            ended.append(turn.pk)

    monkeypatch.setattr(turns, "answer", endless)
    response = program(ada).post("ask/", {"text": QUESTION}, Accept="text/event-stream")
    assert next(iter(response.streaming_content)).startswith(b"event: token")
    response.close()
    assert len(ended) == 1


@pytest.mark.parametrize("accept", ["application/json", "text/event-stream"])
def test_errors_are_problem_documents_whatever_was_asked_for(accept: str, ada: Person, program: Of) -> None:
    response = program(ada).post("ask/", {"text": "  "}, Accept=accept)
    assert response.status_code == 400
    assert response["Content-Type"] == "application/problem+json"
    assert response.json()["code"] == "bad_text"
    assert "Write a few words" in response.json()["detail"]


@pytest.mark.parametrize("accept", ["application/json", "text/event-stream"])
def test_a_session_needs_its_csrf_token(accept: str, pieces: Lesson, ada: Person) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(ada)
    headers = {"Accept": accept}
    body = json.dumps({"text": QUESTION})
    refused = client.post("/api/v1/ask/", body, content_type="application/json", headers=headers)
    assert refused.status_code == 403
    assert not Turn.objects.exists()
    client.get("/account/")
    headers["X-CSRFToken"] = client.cookies["csrftoken"].value
    taken = client.post("/api/v1/ask/", body, content_type="application/json", headers=headers)
    assert taken.status_code == 200


@pytest.mark.parametrize("accept", ["application/json", "text/event-stream"])
def test_nobody_asks_without_signing_in(accept: str, db: None) -> None:
    body = json.dumps({"text": QUESTION})
    headers = {"Accept": accept}
    response = Client().post("/api/v1/ask/", body, content_type="application/json", headers=headers)
    assert response.status_code == 401


def test_a_verdict_has_the_contracts_keys(
    distinction: Distinction, judges: None, ada: Person, program: Of
) -> None:
    response = program(ada).post("sortings/", {"text": "It is out of date.", "distinction": "problem-type"})
    keys = {"outcome", "signals", "evidence", "remedy", "next_question", "say", "dont_say", "cards"}
    assert keys <= response.json().keys()
    assert program(ada).post("sortings", {"text": "It is out of date."}).json() == response.json()
    given = Delivery.objects.filter(person=ada, surface=Surface.API, purpose="verdict", text="Say this.")
    assert given.count() == 2


def test_findings_have_the_contracts_keys(judges: None, ada: Person, program: Of) -> None:
    found = program(ada).post("wording-checks/", {"text": "We train it on your documents."}).json()
    assert found["clean"] is False
    keys = {"entry", "start", "end", "quote", "level", "confidence", "say", "why"}
    assert keys <= found["findings"][0].keys()
    assert Delivery.objects.get(person=ada).purpose == "finding"
    assert program(ada).post("wording-checks", {"text": "It reads."}).json() == {
        "findings": [],
        "clean": True,
        "unread": "",
    }


@pytest.mark.parametrize("slug", ["nothing", "hidden"])
def test_a_distinction_that_one_may_not_read_is_none(
    slug: str, distinction: Distinction, judges: None, ada: Person, program: Of
) -> None:
    Distinction.objects.create(
        lesson=distinction.lesson, slug="hidden", title="x", question="x", unsure_question="x"
    )
    response = program(ada).post("sortings/", {"text": "It is out of date.", "distinction": slug})
    assert response.status_code == 400
    assert list(response.json()["errors"]) == ["distinction"]


def test_search_finds_what_one_may_see(pieces: Lesson, ada: Person, program: Of) -> None:
    response = program(ada).get("search/", q="prompting", limit="3")
    assert response.status_code == 200
    assert response.json().keys() == {"hits", "note", "corrected", "facets"}


@pytest.mark.parametrize(
    "query", [{}, {"q": ""}, {"q": "\0"}, {"q": "x" * 5_000}, {"q": "x", "limit": "0"},
              {"q": "x", "limit": "51"}, {"q": "x", "limit": "ten"}, {"q": "x", "limt": "3"}]
)  # fmt: skip
def test_a_search_that_is_none_is_an_error(query: dict[str, str], ada: Person, program: Of) -> None:
    assert program(ada).get("search/", **query).status_code == 400


BODIES: list[Any] = [
    None, 5, 1.5, True, "text", [], [{"text": "x"}], {}, {"text": None}, {"text": 5}, {"text": True},
    {"text": ["x"]}, {"text": {"x": "y"}}, {"text": "a\0b"}, {"text": ""}, {"text": "x" * 100_001},
    {"text": "x y z", "other": 1}, {"txt": "x y z"},
    b'{"text": "\\ud800 word"}', b'{"text": "\\ud83d\\ude00"}', b"", b"{", b"\xff\xfe", b'{"text": NaN}',
    b"[" * 100_000, b"9" * 10_000, b'{"text": "x", "text": 5}',
]  # fmt: skip


@pytest.mark.parametrize("path", POSTS)
@pytest.mark.parametrize("body", BODIES, ids=lambda body: repr(body)[:25])
def test_a_body_that_is_no_text_is_an_error_of_the_senders(
    path: str, body: Any, judges: None, distinction: Distinction, ada: Person, program: Of
) -> None:
    response = program(ada).post(path, body)
    assert response.status_code == 400
    assert response["Content-Type"] == "application/problem+json"
    assert response.json()["detail"]


@pytest.mark.parametrize("distinction_sent", [None, 5, [], {}, True, "", "a\0b", "a b", "x" * 81, "../x"])
def test_a_distinction_that_is_no_slug_is_an_error(
    distinction_sent: Any, distinction: Distinction, judges: None, ada: Person, program: Of
) -> None:
    response = program(ada).post("sortings/", {"text": "It is old.", "distinction": distinction_sent})
    assert response.status_code == 400
    assert list(response.json()["errors"]) == ["distinction"]


def test_a_body_beyond_any_text_is_refused_unread(ada: Person, program: Of) -> None:
    response = program(ada).post("wording-checks/", b" " * (MAX_BODY + 1))
    assert (response.status_code, response.json()["code"]) == (413, "body_too_large")


@pytest.mark.parametrize(
    "content_type", ["text/plain", "application/x-www-form-urlencoded", "multipart/form-data"]
)
def test_only_json_is_taken(content_type: str, ada: Person, program: Of) -> None:
    caller = program(ada)
    headers = {"Authorization": f"Bearer {caller.clear}"}
    response = Client().generic("POST", "/api/v1/ask/", b"text=x", content_type=content_type, headers=headers)
    assert (response.status_code, response.json()["code"]) == (415, "unsupported_media_type")


@pytest.mark.parametrize("charset", ["utf-16", "zip", "hex", "no-such"])
def test_a_charset_in_the_header_does_not_matter(
    charset: str, pieces: Lesson, ada: Person, program: Of
) -> None:
    headers = {"Authorization": f"Bearer {program(ada).clear}"}
    content_type = f"application/json; charset={charset}"
    body = json.dumps({"text": QUESTION}).encode()
    response = Client().generic("POST", "/api/v1/ask/", body, content_type=content_type, headers=headers)
    assert response.status_code == 200


def test_an_encoder_that_loads_asks_to_come_back(
    distinction: Distinction, ada: Person, program: Of, monkeypatch: pytest.MonkeyPatch
) -> None:
    def away(*_: Any, **__: Any) -> Any:
        raise EncoderUnavailable("The encoder is still loading. Try again in a few seconds.")

    monkeypatch.setattr(judging, "sort_statement", away)
    response = program(ada).post("sortings/", {"text": "It is out of date."})
    assert (response.status_code, response.json()["code"]) == (503, "encoder_unavailable")
    assert int(response["Retry-After"]) > 0


def test_too_many_questions_are_told_when_to_come_back(
    judges: None, distinction: Distinction, ada: Person, program: Of, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(limits.SortThrottle, "rate", "2/min")
    caller = program(ada)
    codes = [caller.post("sortings/", {"text": "It is old."}).status_code for _ in range(3)]
    assert codes == [200, 200, 429]
    response = caller.post("sortings/", {"text": "It is old."})
    assert response.json()["code"] == "too_many_requests"
    assert 0 < int(response["Retry-After"]) <= 61


def test_without_the_cache_people_are_served(
    judges: None, distinction: Distinction, ada: Person, program: Of, monkeypatch: pytest.MonkeyPatch
) -> None:
    def away(*_: Any, **__: Any) -> Any:
        raise RedisAway("gone")

    monkeypatch.setattr(limits.SortThrottle.cache, "get", away)
    assert program(ada).post("sortings/", {"text": "It is old."}).status_code == 200


def test_me_is_who_calls(ada: Person, program: Of) -> None:
    me = program(ada).get("me/").json()
    assert (me["role"], me["teams"]) == ("rep", [{"slug": "north", "name": "North"}])
