"""What a language model proposes is asked of nobody before code and a person have looked at it."""

from __future__ import annotations

import json
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from enablement.chat.breaker import Breaker
from enablement.chat.limits import Limits
from enablement.models import Card, Lesson, ModelCall, Person, State, Work
from quizzes import proposing_by_model
from quizzes.models import Origin, Question
from quizzes.proposing_by_model import propose_by_model
from quizzes.reading_proposals import read_proposals
from quizzes.tasks import propose_questions_by_model
from tests.chat import model_server
from tests.chat.model_server import ModelServer

QUICK = Limits(connect=1.0, first_token=1.5, whole=1.5, retries=0, tick=0.02)
TEXT = "A lock holds the door shut.\nIt delays a burglar for some minutes, and no lock holds for ever."
GOOD: dict[str, Any] = {
    "prompt": "What does a lock do about burglars?",
    "right": "It delays a burglar for some minutes",
    "wrong": [
        {"text": "It keeps every thief out for good", "belief": "That a lock cannot be opened."},
        {"text": "It rings the police at once", "belief": "That a lock is an alarm."},
    ],
    "why": "A lock buys time. What happens in that time is up to others.",
    "quote": "It delays a burglar for some minutes, and no lock holds",
}
NEGATED = {"quote": "A lock holds the door shut.", "right": "A lock never holds the door shut"}


def reply(**change: Any) -> str:
    return json.dumps({"questions": [GOOD | change]})


def affirmed(**change: Any) -> dict[str, Any]:
    return {"quote": "A lock holds the door shut.", "right": "A lock holds the door shut"} | change


def test_what_the_card_bears_out_is_proposed_with_its_source() -> None:
    read = read_proposals(reply(**affirmed()), "door-lock", TEXT, [])
    (proposal,) = read.proposals
    assert proposal.source_quote == "A lock holds the door shut."
    assert [row.text for row in proposal.item.options if row.correct] == ["A lock holds the door shut"]
    assert read_proposals(reply(**affirmed()), "door-lock", TEXT, [proposal.item]).proposals == ()


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        (affirmed(quote="A lock holds the door shut for ever and ever."), "does not stand in the card"),
        (affirmed(quote="A lock"), "does not stand in the card"),
        (NEGATED, "does not say what its right option says"),
        (affirmed(right="Buy the dearest model there is"), "does not say what its right option says"),
        (affirmed(why="See https://evil.example now."), "markup or an address"),
        (affirmed(prompt="<script>alert(1)</script>"), "markup or an address"),
        (
            affirmed(wrong=[{"text": "It delays a burglar for minutes", "belief": "x"}, GOOD["wrong"][0]]),
            "says one of its wrong options too",
        ),
        (affirmed(wrong=[GOOD["wrong"][0], GOOD["wrong"][0]]), "say the same"),
        (affirmed(wrong=[{"text": "No", "belief": "x"}, GOOD["wrong"][0]]), "length"),
        (affirmed(wrong=[GOOD["wrong"][0]]), "form"),
        (affirmed(score=1.0), "form"),
    ],
)
def test_what_does_not_hold_is_dropped_and_the_reason_is_known(change: dict[str, Any], reason: str) -> None:
    read = read_proposals(reply(**change), "door-lock", TEXT, [])
    assert read.proposals == ()
    assert reason in read.dropped[0]


@pytest.mark.parametrize(
    "text", ["", "[" * 5_000, "NaN", "null", '{"questions": 7}', "```json\n{}\n```", "{]\xff"]
)
def test_nonsense_is_no_proposal(text: str) -> None:
    assert read_proposals(text, "door-lock", TEXT, []).proposals == ()


@pytest.fixture
def heard(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The guide has nothing against anything; what it was asked about is kept."""
    said: list[str] = []

    def nothing(text: str, person: Person) -> list[Any]:
        said.append(text)
        return []

    monkeypatch.setattr(proposing_by_model, "check_wording", nothing)
    return said


def card_words() -> dict[str, Any]:
    """A proposal that the lock's own card bears out."""
    sentence = Card.objects.get(slug="door-lock").what_it_is.split(".")[0] + "."
    right = sentence.rstrip(".")
    filler = "and somebody painted everything green yesterday morning too"
    wrong = [{"text": f"{n} {filler}"[: len(right)].ljust(len(right), "x"), "belief": "So."} for n in "ab"]
    return GOOD | {"quote": sentence, "right": right, "wrong": wrong}


def test_proposals_wait_as_drafts_with_their_source_and_their_cost(
    released_lesson: Lesson,
    nia: Person,
    model: ModelServer,
    heard: list[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setitem(model_server.TEXTS, "proposes", json.dumps({"questions": [card_words()]}))
    model.mode = "proposes"
    made = propose_by_model(released_lesson, nia, limits=QUICK, breaker=Breaker())
    assert [(question.state, question.origin) for question in made] == [(State.DRAFT, Origin.MODEL)]
    assert made[0].source_quote in Card.objects.get(slug="door-lock").what_it_is
    assert heard, "the guide was asked"
    assert ModelCall.objects.filter(person=nia).exists()


@pytest.mark.parametrize(
    "mode", ["obey", "evil", "dump", "deep", "garbage", "page", "flood", "500", "cut short"]
)
def test_a_hostile_server_gets_nothing_into_the_bank(
    released_lesson: Lesson,
    nia: Person,
    model: ModelServer,
    heard: list[str],
    mode: str,
) -> None:
    model.mode = mode
    assert propose_by_model(released_lesson, nia, limits=QUICK, breaker=Breaker()) == []
    assert not Question.objects.exists()


def test_no_key_and_nobody_is_sent_to_the_model(
    released_lesson: Lesson,
    nia: Person,
    every_kind: Any,
    model: ModelServer,
    heard: list[str],
) -> None:
    model.mode = "obey"
    propose_by_model(released_lesson, nia, limits=QUICK, breaker=Breaker())
    sent = json.dumps(model.bodies)
    assert "KEYCANARY" not in sent
    assert nia.email not in sent


def test_an_editor_asks_for_them_and_the_worker_does_it(
    client: Client,
    released_lesson: Lesson,
    nia: Person,
    model: ModelServer,
    heard: list[str],
) -> None:
    client.force_login(nia)
    page = client.get(reverse("question-bank", args=["doors"])).content.decode()
    assert "Let the language model propose" in page
    client.post(reverse("question-propose", args=["doors"]), {"by": "model"})
    work = Work.objects.get(name="propose_by_model")
    model.mode = "obey"
    propose_questions_by_model(**work.arguments)
    assert model.calls > 0


def test_without_a_model_nothing_is_offered(client: Client, released_lesson: Lesson, nia: Person) -> None:
    client.force_login(nia)
    page = client.get(reverse("question-bank", args=["doors"])).content.decode()
    assert "language model" not in page
    assert propose_by_model(released_lesson, nia) == []
