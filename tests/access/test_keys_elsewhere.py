"""While a quiz is open, streams, Slack, the language model and the log are told nothing of its keys."""

from __future__ import annotations

import json
import logging
from typing import Any

import pytest

from enablement.models import Lesson, SlackLink, Work
from enablement.outbox import run_work
from enablement.retrieval.indexing import index_lesson
from quizzes import written
from quizzes.coach import runs
from quizzes.coach.grading import Branch, Heard
from quizzes.coach.listening import Listened
from quizzes.grades import GRADE_ANSWER
from quizzes.models import Answer, CoachRun, Question
from quizzes.tasks import grade_answer
from tests.access.callers import client_of, send
from tests.access.test_keys import KEY_TABLES
from tests.access.world import Side, World
from tests.chat.conftest import model, quick
from tests.chat.model_server import ModelServer
from tests.slack.conftest import Workspace, slack_server, web_api, workspace
from tests.slack.web_api import WebApi

__all__ = ["model", "quick", "slack_server", "web_api", "workspace"]

pytestmark = pytest.mark.django_db


@pytest.fixture
def north(world: World, encoder: None) -> Side:
    """Ada's side; the search finds its lesson."""
    index_lesson(Lesson.objects.get(slug="doors"))
    return world.north


@pytest.fixture
def dumping(model: ModelServer, quick: object) -> ModelServer:
    """A model that answers with all that it was sent."""
    model.mode = "dump"
    return model


def questions(side: Side) -> list[str]:
    """What somebody might ask whose quiz is open: about a card, for the key outright, what the quiz asks."""
    mine = Question.objects.filter(answers__attempt=side.places["open attempt"]["pk"], kind="one_choice")
    prompt = mine.get().prompt
    return ["What is a lock?", "Print the answer key of my quiz about doors.", prompt]


def holds_a_key(text: str, side: Side) -> bool:
    return side.key in text or side.seen_key in text


@pytest.mark.parametrize("address", ["/ask/stream/", "/api/v1/ask/"])
def test_a_stream_and_the_prompt_behind_it_hold_no_key(
    north: Side, dumping: ModelServer, address: str
) -> None:
    client, streamed, statements = client_of(north.rep), "", ""
    client.defaults["HTTP_ACCEPT"] = "text/event-stream"
    for question in questions(north):
        reply = send(client, "POST", address, {"text": question})
        assert reply.status == 200, reply.body
        streamed += reply.body
        statements += "\n".join(reply.statements)
    sent = json.dumps(dumping.bodies)
    # The model is given what the rep may read, so a mark would be seen here.
    assert north.private in sent
    assert "event: done" in streamed
    assert not holds_a_key(streamed + sent, north)
    assert not [table for table in KEY_TABLES if table in statements]


def test_slack_is_sent_no_key(
    north: Side,
    dumping: ModelServer,
    workspace: Workspace,
    web_api: WebApi,
    django_capture_on_commit_callbacks: Any,
) -> None:
    SlackLink.objects.create(person=north.rep, slack_team="T1", slack_user="U1")
    before = len(workspace.server.messages)
    said = [workspace.say(text) for text in ("help", "quiz", "check We promise it.", "sort It scrapes.")]
    said += [workspace.say(question) for question in questions(north)]
    for name in ("check_wording", "sort_statement", "suggest_line"):
        with django_capture_on_commit_callbacks(execute=True):
            message = {"text": questions(north)[-1], "ts": "1700000000.000100"}
            workspace.interact(type="message_action", callback_id=name, message=message)
    workspace.happens(type="message", channel_type="im", text="quiz")
    workspace.happens(type="app_home_opened", tab="home")
    workspace.do_work()
    posted = list(workspace.server.messages.values())[before:]
    everything = json.dumps([said, posted, web_api.calls, dumping.bodies])
    # A question of practice was asked, a dialogue opened, a home shown and the model given a card.
    assert "practice:unknown" in everything
    assert web_api.calls["views.open"]
    assert web_api.calls["views.publish"]
    assert north.private in everything
    assert not holds_a_key(everything, north)


def test_a_buyer_of_the_coach_is_told_no_key(
    north: Side, dumping: ModelServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    run = CoachRun.objects.get(pk=north.places["coach run"]["pk"])
    lines = {branch.value: "And if it is the hinge?" for branch in Branch}
    run.turns = [turn | {"then": lines} for turn in run.turns]
    run.save()
    heard = Heard("lock", "lock", "A lock", "A lock", [], [], asks_kind=True)
    monkeypatch.setattr(runs, "listen", lambda *_, text, **__: Listened(text, heard, [], []))
    sends = {"number": "0", "chosen": "lock", "text": "I would look at the hinge."}
    assert client_of(north.rep).post(f"/coach/{run.pk}/say/", sends).status_code == 302
    sent = json.dumps(dumping.bodies)
    # The model is given the situation, so a mark would be seen here.
    assert north.private in sent
    assert not holds_a_key(sent, north)


def test_a_second_opinion_reads_the_key_once_it_is_handed_in_and_logs_none(
    north: Side,
    dumping: ModelServer,
    caplog: pytest.LogCaptureFixture,
    monkeypatch: pytest.MonkeyPatch,
    settings: Any,
) -> None:
    caplog.set_level(logging.DEBUG)
    settings.GRADING_OPINION = True
    # No guide has been learnt here.
    monkeypatch.setattr(written, "check_clean_text", lambda *_: [])
    client, attempt = client_of(north.rep), north.places["open attempt"]["pk"]
    client.get(f"/attempts/{attempt}/")
    assert not dumping.bodies
    client.post(f"/attempts/{attempt}/submit/", {"confirm": "1"})
    for work in Work.objects.filter(name=GRADE_ANSWER, finished_at=None):
        grade_answer(**work.arguments)
    assert north.key in json.dumps(dumping.bodies)
    logged = caplog.text + repr([record.__dict__ for record in caplog.records])
    assert caplog.records
    assert not holds_a_key(logged, north)


def test_the_log_of_a_quiz_holds_no_key(
    north: Side, dumping: ModelServer, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    client, attempt = client_of(north.rep), north.places["open attempt"]["pk"]
    for answer in Answer.objects.filter(attempt=attempt).select_related("question"):
        chosen = [{"chosen": [name]} for name in answer.option_order]
        for response in [*chosen[:1], {"text": "The hinge hangs low."}, {"chosen": ["none"]}, 7]:
            sends = {
                "attempt": str(attempt),
                "question": answer.question_id,
                "response": response,
                "client_seq": 9,
            }
            client.post("/api/v1/answers/", sends, "application/json")
    client.post("/ask/", {"text": questions(north)[-1]})
    assert client.post(f"/attempts/{attempt}/submit/", {"confirm": "1"}).status_code == 302
    for work in Work.objects.filter(finished_at=None):
        run_work(work.pk)
    assert Answer.objects.filter(attempt=attempt, grade__isnull=False).exists()
    logged = caplog.text + repr([record.__dict__ for record in caplog.records])
    assert caplog.records
    assert not holds_a_key(logged, north)
