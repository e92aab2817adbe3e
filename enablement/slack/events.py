"""What Slack tells of: somebody names the bot, writes to it, goes on in a thread with it, opens its home.

Slack sends an event up to four times until it is acknowledged, each time signed anew, so it is known by its
own id; a message that names the bot comes as two events, so it is known by its channel and time as well.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils import timezone

from enablement.slack.commands import parse_command
from enablement.slack.door import are_ids, from_slack, is_first, is_time, refusal
from enablement.slack.linking import show_home
from enablement.slack.posting import Place
from enablement.slack.taking import Sender, take, tell
from enablement.slack.threads import conversation_in, note_conversation

Event = Mapping[str, Any]
_FIRST_MENTION = re.compile(r"^\s*<@[^>]+>[\s,:]*")
DIRECT, MENTION, MESSAGE, HOME = "im", "app_mention", "message", "app_home_opened"


@from_slack
def events(request: HttpRequest) -> HttpResponse:
    """Take one event on, or answer the question whether this address is ours."""
    try:
        body = json.loads(request.body)
    except (ValueError, RecursionError):
        body = None
    if not isinstance(body, dict):
        return refusal(400, "This is not an event as Slack sends it.")
    if body.get("type") == "url_verification":
        return JsonResponse({"challenge": str(body.get("challenge", ""))[:200]})
    event, team = body.get("event"), str(body.get("team_id", ""))
    if not isinstance(event, Mapping) or not are_ids(team, body.get("event_id")):
        return refusal(400, "This is not an event as Slack sends it.")
    if is_first(f"event:{body['event_id']}"):
        if event.get("type") == HOME and event.get("tab") == "home" and are_ids(event.get("user")):
            show_home(team, str(event["user"]), f"opened:{body['event_id']}")
        elif _is_for_us(event):
            _take(event, Sender(team, str(event.get("user")), is_foreign=_is_foreign(event, team)))
    return HttpResponse()


def _is_for_us(event: Event) -> bool:
    """Whether a person wrote a new message that the bot may answer: not an edit, a deletion or a bot's."""
    if event.get("subtype") or event.get("bot_id") or not isinstance(event.get("text"), str):
        return False
    if not are_ids(event.get("user"), event.get("channel")) or not is_time(event.get("ts")):
        return False
    thread = event.get("thread_ts")
    return event.get("type") in (MENTION, MESSAGE) and (thread is None or is_time(thread))


def _is_foreign(event: Event, team: str) -> bool:
    """Whether somebody of another workspace wrote it, in a channel that both share."""
    return any(event.get(name, team) != team for name in ("user_team", "source_team", "team"))


def _take(event: Event, sender: Sender) -> None:
    person, now = sender.person, timezone.now()
    channel, ts = str(event["channel"]), str(event["ts"])
    is_direct = event.get("channel_type") == DIRECT
    # In a direct message everything is one conversation, unless somebody opens a thread.
    thread = str(event.get("thread_ts") or ("" if is_direct else ts))
    before = conversation_in(person, sender.slack_team, channel, thread, now) if person else None
    if event["type"] == MESSAGE and not is_direct and before is None:
        return
    key = f"message:{sender.slack_team}:{channel}:{ts}"
    if not is_first(key):
        return
    place = Place(channel=channel, user="" if is_direct else sender.slack_user, thread=thread)
    command = parse_command(_FIRST_MENTION.sub("", str(event["text"]).replace("\0", "")))
    taken = take(sender, command, place, key=key, conversation=before)
    if taken.turn is not None:
        note_conversation(taken.turn.conversation, sender.slack_team, channel, thread, now)
    if not taken.is_working:
        tell(place, taken.text, key=key, slack_user=sender.slack_user)
