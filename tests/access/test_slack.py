"""Who may do what by Slack: a row for each action, seven people, what is theirs and what is not.

The names come from where the bot keeps them; one without a row fails. Slack is always answered 200: who may
not is told so in a sentence, nothing of anybody's changes, and no word of the thing is in what is said.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final

import pytest
from django.db import connection, transaction
from django.utils import timezone

from enablement.models import FeedbackReason, Person, SlackLink, Work
from enablement.slack import blocks, events, extensions, handing_over, interactions
from enablement.slack.answering import TELL
from enablement.slack.commands import Action
from enablement.slack.home import HOME_WORK
from quizzes.models import PracticeItem
from quizzes.slack import questions
from tests.access.callers import WRITES
from tests.access.world import Side, World
from tests.slack.conftest import Workspace, slack_server, web_api, workspace
from tests.slack.web_api import WebApi

__all__ = ["slack_server", "web_api", "workspace"]

pytestmark = pytest.mark.django_db

EVERYBODY: Final = frozenset({"rep", "manager", "other rep", "other manager", "editor", "admin"})
OWN: Final = frozenset({"rep"})
OWNER: Final = frozenset({"rep", "admin"})
TEAM: Final = frozenset({"rep", "manager", "editor", "admin"})
# What the bot notes of every request, and the work of saying a sentence or showing the home again.
NOTED = ("slackrequest", "enablement_work", "django_session")
SAID = {TELL, HOME_WORK}

Send = Callable[[Workspace, Side], Any]


@dataclass(frozen=True)
class Deed:
    """Something that is done in Slack: who may, seen from the side whose thing it is about."""

    may: frozenset[str]
    send: Send


def _turn(name: str) -> Send:
    def press(slack: Workspace, side: Side) -> Any:
        return _press(slack, name, str(side.places["turn"]["pk"]))

    return press


def _item(name: str, rest: str = "") -> Send:
    def press(slack: Workspace, side: Side) -> Any:
        return _press(slack, f"{questions.PREFIX}:{name}", f"{_open_item(side).pk}{rest}")

    return press


def _own(name: str) -> Send:
    return lambda slack, _: _press(slack, f"{questions.PREFIX}:{name}", "")


def _press(slack: Workspace, name: str, value: str, **more: Any) -> Any:
    return slack.interact(type="block_actions", actions=[{"action_id": name, "value": value}], **more)


def _verify(slack: Workspace, side: Side) -> Any:
    pair = "{kind}:{slug}".format(**side.places["owned piece"])
    return _press(slack, f"verify:{pair}", pair)


def _ask_to_hand_over(slack: Workspace, side: Side) -> Any:
    pair = "{kind}:{slug}".format(**side.places["owned piece"])
    return _press(slack, f"{handing_over.PREFIX}:{pair}", pair)


def _hand_over(slack: Workspace, side: Side) -> Any:
    carried = {"piece": "{kind}:{slug}".format(**side.places["owned piece"])}
    chosen = {"selected_option": {"value": f"person:{side.manager.pk}"}}
    return slack.interact(**_dialogue(handing_over.CALLBACK, carried, {handing_over.FIELD: chosen}))


def _open_item(side: Side) -> PracticeItem:
    return PracticeItem.objects.get(session=side.places["practice"]["pk"], position=1)


def _chosen(slack: Workspace, side: Side) -> Any:
    name = f"{questions.PREFIX}:{questions.SEND}"
    state = {"values": {"answer": {blocks.CHOSEN: {"selected_options": [{"value": "a"}]}}}}
    return _press(slack, name, str(_open_item(side).pk), state=state)


def _dialogue(name: str, carried: Mapping[str, Any], fields: Mapping[str, Any]) -> dict[str, Any]:
    values = {field: {"value": element} for field, element in fields.items()}
    view = {"callback_id": name, "private_metadata": json.dumps(carried), "state": {"values": values}}
    return {"type": "view_submission", "view": view}


def _suggest(slack: Workspace, side: Side) -> Any:
    lines = {name: {"value": "It opens."} for name in ("dont_say", "do_say", "why")}
    lesson = {"lesson": {"selected_option": {"value": side.places["lesson"]["slug"]}}}
    return slack.interact(**_dialogue("suggest_line", {}, lines | lesson))


def _write(slack: Workspace, side: Side) -> Any:
    # The question is one to choose in; the dialogue takes the name of an option for it.
    carried = {"item": _open_item(side).pk, "place": {}}
    return slack.interact(**_dialogue("practice_answer", carried, {"answer": {"value": "a"}}))


def _shortcut(name: str) -> Send:
    message = {"text": "It never breaks.", "ts": "1700000000.000100"}
    return lambda slack, _: slack.interact(type="message_action", callback_id=name, message=message)


def _command(text: str) -> Send:
    return lambda slack, _: slack.post(slack.body(text))


def _event(**event: str) -> Send:
    return lambda slack, _: slack.happens(text="What is a lock?", **event)


BUTTONS: Final[dict[str, Deed]] = {
    blocks.SHARE: Deed(OWN, _turn(blocks.SHARE)),
    blocks.HELPED: Deed(OWN, _turn(blocks.HELPED)),
    blocks.FAILED: Deed(OWN, _turn(blocks.FAILED)),
    f"{blocks.FAILED}:reason": Deed(OWN, _turn(f"{blocks.FAILED}:{FeedbackReason.WRONG}")),
    "verify": Deed(OWNER, _verify),
    handing_over.PREFIX: Deed(OWNER, _ask_to_hand_over),
    f"practice:{questions.ANSWER}": Deed(OWN, _item(f"{questions.ANSWER}:A", ":a")),
    f"practice:{questions.SEND}": Deed(OWN, _chosen),
    f"practice:{questions.UNKNOWN}": Deed(OWN, _item(questions.UNKNOWN)),
    f"practice:{questions.NOT_TODAY}": Deed(OWN, _item(questions.NOT_TODAY)),
    f"practice:{questions.MORE}": Deed(OWN, _item(questions.MORE)),
    f"practice:{questions.WRITE}": Deed(OWN, _item(questions.WRITE)),
    f"practice:{questions.BEGIN}": Deed(EVERYBODY, _own(questions.BEGIN)),
    f"practice:{questions.PAUSE}": Deed(EVERYBODY, _own(questions.PAUSE)),
    f"practice:{questions.RESUME}": Deed(EVERYBODY, _own(questions.RESUME)),
}
DIALOGUES: Final[dict[str, Deed]] = {
    "suggest_line": Deed(TEAM, _suggest),
    "practice_answer": Deed(OWN, _write),
    handing_over.CALLBACK: Deed(frozenset({"admin"}), _hand_over),
}
SHORTCUTS: Final[dict[str, Deed]] = {
    name: Deed(EVERYBODY, _shortcut(name)) for name in ("check_wording", "sort_statement", "suggest_line")
}
TEXTS: Final = {
    Action.ASK: "What is a lock?",
    Action.SORT: "sort It scrapes.",
    Action.CHECK: "check It opens.",
    Action.MISTYPED: "chekc",
}
EVENTS: Final[dict[str, Deed]] = {
    events.DIRECT: Deed(EVERYBODY, _event(type=events.MESSAGE, channel_type=events.DIRECT)),
    events.MENTION: Deed(EVERYBODY, _event(type=events.MENTION)),
}
COMMANDS: Final[dict[str, Deed]] = {
    action: Deed(EVERYBODY, _command(TEXTS.get(action, action)))
    for action in Action
    # These two are for who is not linked as well.
    if action not in (Action.HELP, Action.LINK)
}
DEEDS: Final = {
    f"{kind} {name}": deed
    for kind, rows in (
        ("button", BUTTONS),
        ("dialogue", DIALOGUES),
        ("shortcut", SHORTCUTS),
        ("command", COMMANDS),
        ("event", EVENTS),
    )
    for name, deed in rows.items()
}
# They do something that is seen only later, or nothing that is kept.
LEAVES_NO_TRACE: Final = {
    "button practice:write",
    f"button {handing_over.PREFIX}",
    "shortcut suggest_line",
    f"command {Action.MISTYPED}",
}


def test_every_name_that_the_bot_knows_has_a_row() -> None:
    own = {blocks.SHARE, blocks.HELPED, blocks.FAILED}
    assert {name.partition(":")[0] for name in BUTTONS} == own | set(extensions._buttons)
    under_a_question = {
        value for name, value in vars(questions).items() if name.isupper() and isinstance(value, str)
    } - {questions.PREFIX, questions._LETTERS}
    assert {f"practice:{name}" for name in under_a_question} == {
        n for n in BUTTONS if n.startswith("practice")
    }
    assert set(DIALOGUES) == set(extensions._dialogues)
    assert set(SHORTCUTS) == {*interactions.SHORTCUTS, interactions.SUGGEST}
    assert set(interactions.HANDLERS) == {"message_action", "block_actions", "view_submission"}


def people(world: World) -> Iterator[tuple[str, Person | None]]:
    """Who they are to North; nobody is a Slack account that is nobody's here."""
    yield "nobody", None
    yield from (("rep", world.north.rep), ("manager", world.north.manager), ("editor", world.editor))
    yield from (
        ("other rep", world.south.rep),
        ("other manager", world.south.manager),
        ("admin", world.admin),
    )


def test_who_may_and_who_may_not(world: World, workspace: Workspace, web_api: WebApi) -> None:
    problems, count = [], 0
    for name, deed in DEEDS.items():
        for who, person in people(world):
            problem = _tried(deed, who, person, world, workspace, leaves=name not in LEAVES_NO_TRACE)
            problems += [f"{name}, {who}: {problem}"] if problem else []
            count += 1
    print(f"\n{len(DEEDS)} actions, {count} requests, {len(problems)} problems")
    assert not problems, "\n".join(problems)


def _tried(
    deed: Deed, who: str, person: Person | None, world: World, slack: Workspace, *, leaves: bool
) -> str:
    """What is not as the row has it; empty where all is. Whatever is done is taken back."""
    statements: list[str] = []

    def watch(execute: Callable[..., Any], sql: str, *rest: Any) -> Any:
        statements.append(sql)
        return execute(sql, *rest)

    with transaction.atomic():
        if person is not None:
            known_now = {"slack_team": "T1", "slack_user": "U1", "member_at": timezone.now()}
            SlackLink.objects.create(person=person, **known_now)
        known = set(Work.objects.values_list("pk", flat=True))
        with connection.execute_wrapper(watch):
            response = deed.send(slack, world.north)
        work = list(Work.objects.exclude(pk__in=known).values("name", "arguments"))
        transaction.set_rollback(True)
    said = response.content.decode() + json.dumps(work, default=str)
    changed = [sql for sql in statements if sql.startswith(WRITES) and not any(own in sql for own in NOTED)]
    asked = [row["name"] for row in work if row["name"] not in SAID]
    if response.status_code != 200:
        return f"status {response.status_code}"
    if who not in deed.may:
        if changed or asked:
            return f"not allowed, and yet {[*changed, *asked][:1]}"
        return "shows it" if world.north.private in said else ""
    return "" if changed or asked or not leaves else "allowed, and nothing comes of it"
