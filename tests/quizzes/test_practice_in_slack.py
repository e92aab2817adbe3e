"""Practice by `/dosay quiz` and by direct message: the same items, grades and schedule as in the browser."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.utils import timezone

from enablement.models import Delivery, Person, Surface
from quizzes.attempts import submit_attempt
from quizzes.kinds import ONE_PRESS
from quizzes.models import (
    AnswerKey,
    Attempt,
    PracticeItem,
    PracticePlan,
    PracticeSession,
    Question,
    Quiz,
    Skill,
)
from quizzes.practice.sessions import answer_item, start_session
from quizzes.slack.practising import ENOUGH, FETCHING, GONE, NOTHING_CHOSEN, ask_those_who_wish
from tests.slack.conftest import Workspace, linked_ada, slack_server, web_api, workspace
from tests.slack.slack_server import stray_mentions
from tests.slack.web_api import WebApi

__all__ = ["linked_ada", "slack_server", "web_api", "workspace"]

MORNING = datetime(2026, 3, 2, 8, 10, tzinfo=UTC)


def buttons(message: dict[str, Any]) -> dict[str, dict[str, str]]:
    """The buttons of a message by their words."""
    rows = [block["elements"] for block in message["blocks"] if block["type"] == "actions"]
    return {button["text"]["text"]: button for row in rows for button in row}


def press(workspace: Workspace, button: dict[str, str]) -> list[dict[str, Any]]:
    """Press a button and return what is posted to its address."""
    assert workspace.interact(type="block_actions", actions=[button]).content == b""
    workspace.do_work()
    return workspace.server.messages[workspace.name]


@pytest.fixture
def asked(workspace: Workspace, quiz: Quiz, linked_ada: Person) -> dict[str, Any]:
    """A question as it came to Ada."""
    assert workspace.say("quiz") == FETCHING
    workspace.do_work()
    [message] = workspace.server.messages[workspace.name]
    return message


def first_item() -> PracticeItem:
    """The item that was asked: the first that a button answers."""
    items = PracticeItem.objects.filter(question__kind__in=ONE_PRESS).order_by("position")
    return items.select_related("question__key", "session__person")[0]


def test_a_question_comes_without_its_key(asked: dict[str, Any]) -> None:
    item = first_item()
    assert item.question.key.explanation not in str(asked)
    assert stray_mentions(asked) == []
    assert {"I do not know", "Not today"} <= set(buttons(asked))


def test_the_right_button_is_kept_graded_and_explained(workspace: Workspace, asked: dict[str, Any]) -> None:
    correct = first_item().question.key.correct
    right = next(one for one in buttons(asked).values() if one["value"].partition(":")[2] in correct)
    [feedback] = press(workspace, right)
    item = first_item()
    assert item.score == 1.0
    assert item.surface == Surface.SLACK
    assert Skill.objects.get(person=item.session.person, topic=item.question.topic).due_at is not None
    assert feedback["text"] == "Right."
    assert item.question.key.explanation in str(feedback)


def test_an_answer_given_twice_counts_once(workspace: Workspace, asked: dict[str, Any]) -> None:
    [first, second] = list(buttons(asked).values())[:2]
    press(workspace, first)
    before = first_item().response
    assert press(workspace, second) == []
    assert first_item().response == before


def test_what_was_answered_in_the_browser_stays(workspace: Workspace, asked: dict[str, Any]) -> None:
    item = first_item()
    answer_item(item.session, item.position, None)
    press(workspace, buttons(asked)["A"])
    assert first_item().surface == Surface.BROWSER


def state(**chosen: list[str] | str) -> dict[str, Any]:
    """What is chosen in fields, as Slack sends it: several of one field, or one of each."""
    fields: dict[str, Any] = {}
    for name, values in chosen.items():
        picked = (
            {"selected_option": {"value": values}}
            if isinstance(values, str)
            else {"selected_options": [{"value": value} for value in values]}
        )
        fields[name.replace("_", "-")] = {"chosen": picked}
    return {"values": fields}


def ask_kind(workspace: Workspace, ada: Person, kind: str) -> tuple[PracticeItem, dict[str, Any]]:
    """Have Ada asked a question of a kind, and nothing else."""
    session = start_session(ada)
    question = Question.objects.filter(kind=kind).first()
    assert question is not None
    session.items.all().delete()
    item = PracticeItem.objects.create(
        session=session, question=question, position=0, option_order=sorted(question.names())
    )
    workspace.say("quiz")
    workspace.do_work()
    [message] = workspace.server.messages[workspace.name]
    return item, message


@pytest.mark.parametrize("kind", ["several_choices", "mark_words", "flip_pair", "put_in_order"])
def test_kinds_that_no_button_answers_are_chosen_in_fields(
    workspace: Workspace, every_kind: Attempt, linked_ada: Person, kind: str
) -> None:
    submit_attempt(every_kind, linked_ada)
    item, message = ask_kind(workspace, linked_ada, kind)
    fields = {one["block_id"]: one["element"] for one in message["blocks"] if one["type"] == "input"}
    assert fields
    send = buttons(message)["Answer"]
    workspace.interact(type="block_actions", actions=[send], state=state())
    workspace.do_work()
    assert workspace.server.messages[workspace.name][0]["text"] == NOTHING_CHOSEN
    correct = item.question.key.correct
    chosen: dict[str, list[str] | str] = {}
    for name, element in fields.items():
        right = [option["value"] for option in element["options"] if option["value"] in correct]
        chosen[name] = right[0] if element["type"] == "static_select" else right
    workspace.interact(type="block_actions", actions=[send], state=state(**chosen))
    workspace.do_work()
    item.refresh_from_db()
    assert (item.score, workspace.server.messages[workspace.name][0]["text"]) == (1.0, "Right.")


def test_practice_is_paused_for_a_week(workspace: Workspace, asked: dict[str, Any]) -> None:
    [message] = press(workspace, buttons(asked)["Pause for a week"])
    assert message["text"].startswith("Practice rests until")
    assert PracticePlan.objects.get().away_until == (timezone.now() + timedelta(days=7)).date()


def test_one_more_and_enough(workspace: Workspace, asked: dict[str, Any]) -> None:
    [feedback] = press(workspace, buttons(asked)["I do not know"])
    assert feedback["text"] == "Then here it is."
    again = buttons(feedback)
    more = next((button for words, button in again.items() if words in ("One more", "The last one")), None)
    if more:
        assert len(press(workspace, more)) == 1
    [end] = press(workspace, again["That is enough"])
    assert end["text"] == ENOUGH
    assert PracticeSession.objects.get().ended_at is not None


@pytest.mark.parametrize("value", ["", "x", "999999:a", "9" * 40, "-1:a"])
def test_a_button_that_leads_nowhere_says_so(workspace: Workspace, asked: dict[str, Any], value: str) -> None:
    [message] = press(workspace, {"action_id": "practice:answer:A", "value": value})
    assert message["text"] == GONE


def test_somebody_elses_question_is_not_answered(
    workspace: Workspace, quiz: Quiz, linked_ada: Person, eve: Person
) -> None:
    theirs = start_session(eve).items.first()
    assert theirs is not None
    [name] = AnswerKey.objects.get(question=theirs.question).correct[:1]
    [message] = press(workspace, {"action_id": "practice:answer:A", "value": f"{theirs.pk}:{name}"})
    assert message["text"] == GONE
    theirs.refresh_from_db()
    assert theirs.answered_at is None


class TestDaily:
    @pytest.fixture(autouse=True)
    def plan(self, quiz: Quiz, linked_ada: Person) -> PracticePlan:
        return PracticePlan.objects.create(person=linked_ada, slack_hour=9)

    def test_it_comes_at_the_hour_where_the_person_is_once(
        self, workspace: Workspace, web_api: WebApi, linked_ada: Person
    ) -> None:
        Person.objects.update(time_zone="Europe/Berlin")
        assert ask_those_who_wish(MORNING + timedelta(hours=1)) == 0
        assert ask_those_who_wish(MORNING) == 1
        assert ask_those_who_wish(MORNING + timedelta(minutes=20)) == 0
        workspace.do_work()
        [message] = web_api.calls["chat.postMessage"]
        assert message["channel"] == "U1"
        assert ask_those_who_wish(MORNING + timedelta(days=1)) == 1

    @pytest.mark.parametrize("change", ["away", "inactive", "unlinked", "never"])
    def test_nobody_is_written_to_who_does_not_want_it(
        self, web_api: WebApi, plan: PracticePlan, change: str
    ) -> None:
        match change:
            case "away":
                PracticePlan.objects.update(away_until=(MORNING + timedelta(days=5)).date())
            case "inactive":
                Person.objects.update(is_active=False)
            case "unlinked":
                plan.person.slack_link.delete()
            case _:
                PracticePlan.objects.update(slack_hour=None)
        assert ask_those_who_wish(MORNING.replace(hour=9)) == 0

    def test_with_nothing_to_practise_the_bot_is_silent(self, workspace: Workspace, web_api: WebApi) -> None:
        Quiz.objects.update(state="draft")
        ask_those_who_wish(MORNING.replace(hour=9))
        workspace.do_work()
        assert not web_api.calls["chat.postMessage"]


def test_lines_given_in_feedback_are_on_record(workspace: Workspace, asked: dict[str, Any]) -> None:
    press(workspace, buttons(asked)["I do not know"])
    assert all(delivery.surface == Surface.SLACK for delivery in Delivery.objects.all())
