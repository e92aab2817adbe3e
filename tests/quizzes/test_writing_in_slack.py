"""Answering in one's own words by direct message: a dialogue, the same grade, feedback in the thread."""

from __future__ import annotations

import time
from typing import Any

import pytest

from enablement.models import Person, Surface
from enablement.slack.limits import ACKNOWLEDGE_SECONDS
from quizzes.attempts import submit_attempt
from quizzes.grading.rubrics import Outcome
from quizzes.models import Attempt, PracticeItem, Review
from quizzes.practice.sessions import answer_item, end_session
from quizzes.slack.feedback import CANNOT_TELL
from quizzes.slack.writing import ANSWERED, GONE, KEPT, NOT_OPENED
from tests.quizzes.test_practice_in_own_words import TEXT, judged, open_item
from tests.quizzes.test_practice_in_slack import buttons
from tests.slack.conftest import Workspace, linked_ada, slack_server, web_api, workspace
from tests.slack.slack_server import stray_mentions
from tests.slack.web_api import WebApi

__all__ = ["linked_ada", "slack_server", "web_api", "workspace"]

# Where the bot's direct message stands that asked.
CONTAINER = {"type": "message", "message_ts": "1700000000.000100", "channel_id": "D1", "is_ephemeral": False}


@pytest.fixture
def item(every_kind: Attempt, linked_ada: Person) -> PracticeItem:
    submit_attempt(every_kind, linked_ada)
    return open_item(linked_ada)


@pytest.fixture
def button(workspace: Workspace, web_api: WebApi, item: PracticeItem) -> dict[str, Any]:
    """The button to write an answer, under the question as it came."""
    workspace.say("quiz")
    workspace.do_work()
    [message] = workspace.server.messages[workspace.name]
    assert item.question.key.explanation not in str(message)
    return buttons(message)["Write the answer"]


def send(workspace: Workspace, view: dict[str, Any], text: str = TEXT) -> dict[str, Any]:
    """Fill the dialogue in, send it, and return what Slack is told to show."""
    filled = view | {"state": {"values": {"answer": {"value": {"value": text}}}}}
    answer = workspace.interact(type="view_submission", view=filled).json()
    assert isinstance(answer, dict)
    return answer


def in_thread(web_api: WebApi) -> list[dict[str, Any]]:
    """What stands in the thread under the question."""
    said = web_api.calls["chat.postMessage"]
    assert all(stray_mentions(message) == [] for message in said)
    return [one for one in said if (one["channel"], one.get("thread_ts")) == ("D1", CONTAINER["message_ts"])]


@pytest.fixture
def view(
    workspace: Workspace,
    web_api: WebApi,
    button: dict[str, Any],
    django_capture_on_commit_callbacks: Any,
) -> dict[str, Any]:
    with django_capture_on_commit_callbacks(execute=True):
        workspace.interact(type="block_actions", actions=[button], container=CONTAINER)
    [call] = web_api.calls["views.open"]
    shown = call["view"]
    assert isinstance(shown, dict)
    return shown


def test_the_dialogue_shows_the_question_and_nothing_of_its_key(
    item: PracticeItem, view: dict[str, Any]
) -> None:
    assert item.question.prompt in str(view)
    assert item.question.key.explanation not in str(view)


@pytest.mark.parametrize(
    ("outcome", "said"),
    [(Outcome.MET, "Right."), (Outcome.NOT_MET, "Not quite."), (Outcome.OPEN, CANNOT_TELL)],
)
def test_it_is_judged_by_the_same_code_and_answered_in_the_thread(
    monkeypatch: pytest.MonkeyPatch,
    workspace: Workspace,
    web_api: WebApi,
    item: PracticeItem,
    view: dict[str, Any],
    outcome: Outcome,
    said: str,
) -> None:
    assert KEPT in str(send(workspace, view))
    judged(monkeypatch, outcome, met=3 if outcome == Outcome.MET else 1)
    workspace.do_work()
    item.refresh_from_db()
    assert (item.response, item.surface) == ({"text": TEXT}, Surface.SLACK)
    [feedback] = in_thread(web_api)
    assert feedback["text"] == said
    model_answer = item.question.key.rubric["model_answer"]
    assert (model_answer in str(feedback)) is (outcome != Outcome.MET)
    assert Review.objects.filter(key=f"practice:{item.pk}").count() == (outcome != Outcome.OPEN)


def test_sent_twice_it_counts_once(
    monkeypatch: pytest.MonkeyPatch, workspace: Workspace, web_api: WebApi, view: dict[str, Any]
) -> None:
    send(workspace, view)
    assert send(workspace, view, "Something else.") == {
        "response_action": "errors",
        "errors": {"answer": ANSWERED},
    }
    judged(monkeypatch, Outcome.MET)
    workspace.do_work()
    workspace.do_work()
    assert len(in_thread(web_api)) == 1


def test_what_was_answered_in_the_browser_meanwhile_stays(
    workspace: Workspace, item: PracticeItem, view: dict[str, Any]
) -> None:
    answer_item(item.session, 0, {"text": "In the browser."})
    assert ANSWERED in str(send(workspace, view))
    item.refresh_from_db()
    assert (item.response, item.surface) == ({"text": "In the browser."}, Surface.BROWSER)


def test_a_dialogue_left_open_too_long_keeps_its_words(
    workspace: Workspace, item: PracticeItem, view: dict[str, Any]
) -> None:
    end_session(item.session)
    answer = send(workspace, view)
    assert answer["response_action"] == "errors"
    assert "practice is over" in answer["errors"]["answer"]
    item.refresh_from_db()
    assert item.answered_at is None


@pytest.mark.parametrize("text", ["", "  \n", "\0"])
def test_nothing_written_is_said_by_the_field(workspace: Workspace, view: dict[str, Any], text: str) -> None:
    assert "Answer first" in send(workspace, view, text)["errors"]["answer"]


@pytest.mark.parametrize("metadata", ["", "{}", "[1]", '{"item": 0}', '{"item": "x", "place": 3}'])
def test_a_dialogue_that_leads_nowhere_says_so(
    workspace: Workspace, view: dict[str, Any], metadata: str
) -> None:
    assert GONE in str(send(workspace, view | {"private_metadata": metadata}))


def test_somebody_elses_question_is_not_answered(
    workspace: Workspace, every_kind: Attempt, view: dict[str, Any], item: PracticeItem, eve: Person
) -> None:
    item.session.person = eve
    item.session.save()
    assert GONE in str(send(workspace, view))


@pytest.mark.parametrize("trigger", ["expired", ""])
def test_where_slack_does_not_open_it_the_person_reads_what_to_do(
    workspace: Workspace,
    web_api: WebApi,
    button: dict[str, Any],
    trigger: str,
    django_capture_on_commit_callbacks: Any,
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        workspace.interact(
            type="block_actions", actions=[button], container=CONTAINER, trigger_id=trigger or _old()
        )
    assert not web_api.calls["views.open"]
    workspace.do_work()
    [said] = in_thread(web_api)
    assert said["text"].startswith(NOT_OPENED)


def _old() -> str:
    """A trigger that was given just too long ago."""
    return str(time.monotonic_ns() - int((ACKNOWLEDGE_SECONDS + 0.1) * 1e9))


def test_without_a_token_the_question_leads_to_the_site(
    workspace: Workspace, item: PracticeItem, linked_ada: Person
) -> None:
    workspace.say("quiz")
    workspace.do_work()
    [message] = workspace.server.messages[workspace.name]
    assert "Write the answer" not in buttons(message)
    assert "Answer this one on the site" in str(message)
