"""Message shortcuts, buttons and dialogues: who it is, what it asks for, work for later."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse, JsonResponse, QueryDict

from enablement.chat.feedback import give_feedback
from enablement.models import FeedbackReason, Person, Turn
from enablement.outbox import add_work
from enablement.own_forms import written_for
from enablement.slack import blocks, extensions, texts
from enablement.slack.answering import ASK_REASON, SHARE
from enablement.slack.api import has_token
from enablement.slack.client import is_response_url
from enablement.slack.commands import Action, Command, plain_words
from enablement.slack.dialogues import read_filled
from enablement.slack.door import SIGNATURE_HEADER, are_ids, from_slack, is_time, refusal
from enablement.slack.linking import show_home
from enablement.slack.posting import Place
from enablement.slack.suggesting import open_suggestion
from enablement.slack.taking import Sender, take, tell
from enablement.texts import BadText

Payload = Mapping[str, Any]
SHORTCUTS = {"check_wording": Action.CHECK, "sort_statement": Action.SORT}
SUGGEST = "suggest_line"


@from_slack
def interactions(request: HttpRequest) -> HttpResponse:
    """Take what somebody clicked or chose. The acknowledgement is empty: answers are posted."""
    payload = _payload(request)
    team, user = _id(payload, "team"), payload.get("user")
    home = user.get("team_id") or team if isinstance(user, Mapping) else team
    sender = Sender(team, _id(payload, "user"), is_foreign=home != team)
    handler = HANDLERS.get(str(payload.get("type")))
    if handler is None or not are_ids(sender.slack_team, sender.slack_user):
        return refusal(400, "This is not an interaction as Slack sends it.")
    return handler(payload, sender, request.headers[SIGNATURE_HEADER])


def _shortcut(payload: Payload, sender: Sender, key: str) -> HttpResponse:
    """“Check this wording”, “Sort this”, “Suggest a line” in a message's menu."""
    place = Place(response_url=str(payload.get("response_url", "")))
    message = payload.get("message")
    if not is_response_url(place.response_url) or not isinstance(message, Mapping):
        return refusal(400, "This is not a shortcut as Slack sends it.")
    text = plain_words(str(message.get("text", "")).replace("\0", "")).strip()
    name = str(payload.get("callback_id"))
    if name == SUGGEST:
        return _suggest(payload, sender, place, text, key)
    if name not in SHORTCUTS:
        return refusal(400, "This shortcut is not known here.")
    taken = take(sender, Command(SHORTCUTS[name], text), place, key=key)
    if not taken.is_working:
        tell(place, texts.NO_WORDS if not text and sender.person else taken.text, key=key)
    return HttpResponse()


def _suggest(payload: Payload, sender: Sender, place: Place, text: str, key: str) -> HttpResponse:
    person = sender.person
    if person is None:
        tell(place, sender.recognised.said, key=key)
    else:
        open_suggestion(payload, person, place, text, key)
    return HttpResponse()


def _button(payload: Payload, sender: Sender, key: str) -> HttpResponse:
    """A button under an answer: share it, or say what one thinks of it."""
    at_home = _is_home(payload)
    place = _place_of(payload, sender)
    actions = payload.get("actions")
    action = actions[0] if isinstance(actions, list) and actions else None
    if not isinstance(action, Mapping) or not (at_home or is_response_url(place.response_url)):
        return refusal(400, "This is not a button as Slack sends it.")
    name, value, person = str(action.get("action_id")), str(action.get("value")), sender.person
    if name.partition(":")[0] == blocks.OPENS:
        return HttpResponse()
    if at_home and person is None:
        show_home(sender.slack_team, sender.slack_user, key)
        return HttpResponse()
    if person and (press := extensions.button_for(name)):
        pressed = extensions.Pressed(
            name, value, chosen_in(payload), str(payload.get("trigger_id", "")), sender.slack_user
        )
        place = thread_under(payload) or place
        with written_for(person):
            said = press(person, pressed, place, key)
        if said and at_home:
            show_home(sender.slack_team, sender.slack_user, key, said)
        elif said:
            tell(place, said, key=key)
        return HttpResponse()
    turn = _own_turn(person, value) if person else None
    if person is None or turn is None:
        tell(place, sender.recognised.said if person is None else texts.NOT_YOURS, key=key)
        return HttpResponse()
    name, _, reason = name.partition(":")
    if name == blocks.SHARE:
        arguments = {"person_id": person.pk, "turn": str(turn.pk), "place": place.as_json()}
        if add_work(SHARE, key=f"slack-share:{turn.pk}", **arguments) is None:
            tell(place, texts.SHARED_ALREADY, key=key)
    elif name == blocks.FAILED and not reason:
        add_work(ASK_REASON, key=f"slack-reason:{key}", turn=str(turn.pk), place=place.as_json())
    elif name in (blocks.HELPED, blocks.FAILED):
        with written_for(person):
            said = _feedback(turn, person, name == blocks.HELPED, reason)
        tell(place, said, key=key)
    else:
        return refusal(400, "This button is not known here.")
    return HttpResponse()


def chosen_in(payload: Payload) -> dict[str, tuple[str, ...]]:
    """Return what is chosen in the fields of a message, by the names of their blocks."""
    state = payload.get("state")
    values = state.get("values") if isinstance(state, Mapping) else None
    if not isinstance(values, Mapping):
        return {}
    fields = {
        str(name): block[blocks.CHOSEN]
        for name, block in values.items()
        if isinstance(block, Mapping) and isinstance(block.get(blocks.CHOSEN), Mapping)
    }
    return {name: tuple(_values(field)) for name, field in fields.items()}


def _values(field: Mapping[str, Any]) -> Iterator[str]:
    options = field.get("selected_options")
    for option in options if isinstance(options, list) else [field.get("selected_option")]:
        if isinstance(option, Mapping):
            yield str(option.get("value", ""))


def _is_home(payload: Payload) -> bool:
    view = payload.get("view")
    return isinstance(view, Mapping) and view.get("type") == "home"


def _place_of(payload: Payload, sender: Sender) -> Place:
    """Where to answer a press: its response address; App Home has none, so there it is a direct message."""
    if _is_home(payload):
        return Place(channel=sender.slack_user)
    return Place(response_url=str(payload.get("response_url", "")))


def thread_under(payload: Payload) -> Place | None:
    """Return the thread under the message of a button, where it is a direct message that stays.

    None for a message that only one person sees (there is nothing to hang a thread on) and where the bot
    cannot write by itself.
    """
    found = payload.get("container")
    held = found if isinstance(found, Mapping) else {}
    channel, ts = str(held.get("channel_id", "")), str(held.get("thread_ts") or held.get("message_ts") or "")
    is_direct = channel.startswith("D") and held.get("is_ephemeral") is not True
    if not (is_direct and are_ids(channel) and is_time(ts) and has_token()):
        return None
    return Place(channel=channel, thread=ts)


def _feedback(turn: Turn, person: Person, good: bool, reason: str) -> str:
    try:
        give_feedback(turn, person, good, reason if reason in FeedbackReason.values else "")
    except BadText as error:
        return str(error)
    return texts.THANKS if good else texts.HEARD


def _dialogue(payload: Payload, sender: Sender, key: str) -> HttpResponse:
    """What was filled in."""
    filled = read_filled(payload.get("view"))
    take_filled = extensions.dialogue_for(filled.name)
    if take_filled is None:
        return refusal(400, "This dialogue is not known here.")
    if sender.person is None:
        return JsonResponse({"response_action": "clear"})
    with written_for(sender.person):
        return JsonResponse(take_filled(sender.person, filled))


HANDLERS: dict[str, Callable[[Payload, Sender, str], HttpResponse]] = {
    "message_action": _shortcut,
    "block_actions": _button,
    "view_submission": _dialogue,
}


def _own_turn(person: Person, value: object) -> Turn | None:
    try:
        return Turn.objects.visible_to(person).filter(pk=UUID(str(value))).first()
    except ValueError:
        return None


def _payload(request: HttpRequest) -> Payload:
    try:
        payload = json.loads(QueryDict(request.body, encoding="utf-8").get("payload", ""))
    except (ValueError, RecursionError):
        return {}
    return payload if isinstance(payload, dict) else {}


def _id(payload: Payload, what: str) -> str:
    part = payload.get(what)
    return str(part.get("id", "")) if isinstance(part, Mapping) else ""
