"""From a command to its answer, by the work that the worker does."""

from __future__ import annotations

import time
from datetime import timedelta
from typing import Any

import pytest
from celery import Celery
from django.utils import timezone

from enablement import outbox
from enablement.chat import turns
from enablement.judges.encoder import EncoderUnavailable
from enablement.judges.training import train_all
from enablement.models import (
    Conversation,
    Delivery,
    Lesson,
    Person,
    SlackLink,
    Surface,
    Turn,
    TurnState,
    Work,
)
from enablement.outbox import run_work
from enablement.retrieval.indexing import index_lesson
from enablement.slack import answering, texts
from enablement.slack.commands import Action
from enablement.slack.limits import ACKNOWLEDGE_SECONDS, RESPONSE_LIFETIME
from enablement.tasks import forget_slack_requests
from tests.slack.conftest import Workspace
from tests.slack.slack_server import marked_up, stray_mentions

QUESTION = "Does fine-tuning teach a model new facts?"


def test_a_question_is_acknowledged_and_then_answered(workspace: Workspace, linked_ada: Person) -> None:
    assert workspace.say(QUESTION) == texts.LOOKING["ask"]
    assert not workspace.server.messages[workspace.name]
    [work] = workspace.work()
    assert run_work(work.pk)
    [message] = workspace.server.messages[workspace.name]
    assert message["response_type"] == "ephemeral"
    assert QUESTION in str(message["blocks"][0])
    turn = Turn.objects.get()
    assert turn.conversation.person == linked_ada
    assert turn.conversation.surface == Surface.SLACK


def test_the_work_is_done_once(workspace: Workspace, linked_ada: Person) -> None:
    workspace.say(QUESTION)
    [work] = workspace.work()
    assert run_work(work.pk)
    assert not run_work(work.pk)
    assert len(workspace.server.messages[workspace.name]) == 1


def test_what_is_sent_to_the_queue_is_a_number(workspace: Workspace, linked_ada: Person) -> None:
    workspace.say(QUESTION)
    [work] = workspace.work()
    assert QUESTION not in str(work.arguments)


@pytest.mark.parametrize("status", [429, 500, 503])
def test_while_slack_is_busy_the_answer_waits_and_is_not_made_twice(
    workspace: Workspace, linked_ada: Person, status: int
) -> None:
    workspace.say(QUESTION)
    workspace.server.statuses[workspace.name] = [status, status]
    [work] = workspace.work()
    assert [run_work(work.pk) for _ in range(3)] == [False, False, True]
    assert len(workspace.server.messages[workspace.name]) == 1
    assert Turn.objects.count() == 1


@pytest.fixture
def trained(released_lesson: Lesson, encoder: None) -> Lesson:
    """The lesson about doors, with its distinction and its guide learnt."""
    train_all()
    return released_lesson


@pytest.mark.parametrize(
    ("text", "purpose"),
    [
        ("sort The key is stuck in the lock and will not turn", "verdict"),
        ("check Our locks are unbreakable.", "finding"),
    ],
)
def test_a_line_is_noted_once_and_only_when_slack_took_it(
    workspace: Workspace, linked_ada: Person, trained: Lesson, text: str, purpose: str
) -> None:
    workspace.say(text)
    workspace.server.statuses[workspace.name] = [503, 500]
    [work] = workspace.work()
    assert not run_work(work.pk)
    assert not run_work(work.pk)
    assert not Delivery.objects.exists()
    assert run_work(work.pk)
    delivery = Delivery.objects.get()
    assert (delivery.person, delivery.surface, delivery.purpose) == (linked_ada, Surface.SLACK, purpose)
    assert delivery.text in str(workspace.server.messages[workspace.name])


def test_a_line_that_slack_refused_was_not_given(
    workspace: Workspace, linked_ada: Person, trained: Lesson
) -> None:
    workspace.say("check Our locks are unbreakable.")
    workspace.server.statuses[workspace.name] = [404]
    [work] = workspace.work()
    assert run_work(work.pk)
    assert not Delivery.objects.exists()


def test_a_draft_and_its_address_are_forgotten_once_it_is_answered(
    workspace: Workspace, linked_ada: Person, trained: Lesson
) -> None:
    workspace.answers("check Our locks are unbreakable.")
    assert Work.objects.get(name="answer_slack").arguments == {}


def test_a_draft_that_was_given_up_is_forgotten_when_its_address_has_ended(
    workspace: Workspace, linked_ada: Person
) -> None:
    workspace.say("check Our locks are unbreakable.")
    Work.objects.update(tries=outbox.MAX_TRIES)
    forget_slack_requests()
    assert "unbreakable" in str(Work.objects.get().arguments)
    Work.objects.update(created_at=timezone.now() - RESPONSE_LIFETIME - timedelta(seconds=1))
    forget_slack_requests()
    assert Work.objects.get().arguments == {}


@pytest.mark.parametrize("status", [404, 410])
def test_an_address_that_has_ended_is_not_tried_again(
    workspace: Workspace, linked_ada: Person, status: int
) -> None:
    workspace.say(QUESTION)
    workspace.server.statuses[workspace.name] = [status]
    [work] = workspace.work()
    assert run_work(work.pk)
    assert not workspace.server.messages[workspace.name]


def test_after_half_an_hour_nothing_is_posted(workspace: Workspace, linked_ada: Person) -> None:
    workspace.say(QUESTION)
    [work] = workspace.work()
    long_ago = timezone.now() - RESPONSE_LIFETIME - timedelta(seconds=1)
    Work.objects.update(arguments=work.arguments | {"asked_at": long_ago.isoformat()})
    assert run_work(work.pk)
    assert not workspace.server.uses[workspace.name]


def test_a_failure_ends_in_words(
    workspace: Workspace, linked_ada: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(turn: Turn) -> Any:
        raise RuntimeError("the secret reason")

    monkeypatch.setattr(turns, "answer", fail)
    [message] = workspace.answers(QUESTION)
    assert message["text"] == texts.FAILED
    assert "secret reason" not in str(message)


def test_an_encoder_that_loads_is_said(
    workspace: Workspace, linked_ada: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    def away(*_: Any) -> Any:
        raise EncoderUnavailable("The encoder is still loading. Try again in a few seconds.")

    monkeypatch.setitem(answering.ANSWERS, Action.SORT, away)
    [message] = workspace.answers("sort it answers from last year's policy")
    assert message["text"] == "The encoder is still loading. Try again in a few seconds."


def test_an_answer_has_its_sources_with_links(
    workspace: Workspace, linked_ada: Person, released_lesson: Lesson, encoder: None
) -> None:
    index_lesson(released_lesson)
    [message] = workspace.answers("What is a hinge?")
    links = [found.split("|")[0] for found in marked_up(message)]
    assert links
    assert all(found.startswith("https://dosay.example/") for found in links)
    texts_of = [block["text"]["text"] for block in message["blocks"] if block["type"] == "section"]
    cited = [text for text in texts_of if text.startswith("[1] <")]
    assert cited
    # Besides the list of sources, the number stands where it is cited.
    assert any("[1]" in text for text in texts_of if text not in cited)


def test_an_answer_that_is_written_in_a_browser_is_posted_when_it_is_done(
    workspace: Workspace, linked_ada: Person
) -> None:
    workspace.say(QUESTION)
    Turn.objects.update(engine="local")
    [work] = workspace.work()
    assert not run_work(work.pk)
    assert not workspace.server.messages[workspace.name]
    Turn.objects.update(state=TurnState.DONE, answer="It does not.")
    assert run_work(work.pk)
    [message] = workspace.server.messages[workspace.name]
    assert message["text"] == "It does not."


def test_who_was_unlinked_meanwhile_gets_no_answer(workspace: Workspace, linked_ada: Person) -> None:
    workspace.say(QUESTION)
    SlackLink.objects.all().delete()
    [work] = workspace.work()
    assert run_work(work.pk)
    [message] = workspace.server.messages[workspace.name]
    assert message["text"] == texts.LINKED_AWAY


@pytest.mark.parametrize(
    "question",
    ["<!channel> what is LoRA?", "&lt;!channel&gt; what is LoRA?", "what is <https://evil.example|LoRA>?"],
)
def test_a_question_cannot_mention_a_channel(workspace: Workspace, linked_ada: Person, question: str) -> None:
    [message] = workspace.answers(question)
    assert not stray_mentions(message)
    assert "evil.example" not in str(message)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "/dosay check"),
        ("help", "/dosay sort"),
        ("sort", "Write what the buyer said"),
        ("check  ", "Write the draft"),
        ("?!", "no question to read"),
        ("\0\0", "/dosay"),
        ("why " * 750, "Shorten it"),
    ],
)
def test_what_needs_no_work_is_said_at_once(
    workspace: Workspace, linked_ada: Person, text: str, words: str
) -> None:
    assert words in workspace.say(text)
    assert not workspace.work()
    assert not Conversation.objects.exists()


@pytest.mark.parametrize(
    "form",
    [
        {"response_url": "http://169.254.169.254/latest/meta-data/"},
        {"response_url": ""},
        {"team": ""},
        {"user": "U1\0"},
        {"user": "U" * 41},
    ],
)
def test_a_command_that_slack_does_not_send_is_refused(
    workspace: Workspace, linked_ada: Person, form: dict[str, str]
) -> None:
    assert workspace.post(workspace.body(QUESTION, **form)).status_code == 400
    assert not Work.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_without_the_broker_the_acknowledgement_comes_in_time_and_the_work_waits(
    workspace: Workspace, linked_ada: Person, settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.CELERY_BROKER_URL = "redis+socket:///nowhere/redis.sock?virtual_host=0"
    unreachable = Celery("dosay", set_as_current=False)
    unreachable.config_from_object("django.conf:settings", namespace="CELERY")
    monkeypatch.setattr(outbox, "app", unreachable)
    start = time.monotonic()
    assert workspace.say(QUESTION) == texts.LOOKING["ask"]
    assert time.monotonic() - start < ACKNOWLEDGE_SECONDS
    [work] = workspace.work()
    assert work.sent_at is None
    assert run_work(work.pk)
    assert len(workspace.server.messages[workspace.name]) == 1
