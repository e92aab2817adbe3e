"""Where a message goes: a response address, a person's eyes only in a channel, a thread, a direct message."""

from __future__ import annotations

import logging
from dataclasses import asdict, dataclass
from hashlib import sha256
from typing import Any

from enablement import outbox
from enablement.models import SlackRequest
from enablement.slack import api
from enablement.slack.blocks import Message
from enablement.slack.client import SlackError, respond
from enablement.slack.door import is_first

log = logging.getLogger(__name__)

# Only a response address knows these.
_OF_RESPONSES = ("response_type", "replace_original")


@dataclass(frozen=True, slots=True)
class Place:
    """Where to. `user` with a `channel`: only that person sees it there; `thread` is the ts of its root."""

    response_url: str = ""
    channel: str = ""
    user: str = ""
    thread: str = ""

    def as_json(self) -> dict[str, str]:
        return {name: value for name, value in asdict(self).items() if value}


def send(place: Place, message: Message) -> None:
    """Post `message`, once for each piece of work and place. Raises SlackError.

    What a worker has begun to post is noted before. If it is killed then, Slack most likely has the message,
    and nobody can ask: it is not posted again. Where Slack says no, the note goes and it may be tried again.
    """
    work = outbox.current_work()
    key = f"posted:{work}:{sha256(repr(place).encode()).hexdigest()[:16]}"
    if work is not None and not is_first(key):
        log.warning("work %s had begun to post its message when its worker was killed", work)
        return
    try:
        _send(place, message)
    except SlackError:
        SlackRequest.objects.filter(key=key).delete()
        raise


def _send(place: Place, message: Message) -> None:
    if place.response_url:
        respond(place.response_url, message)
        return
    arguments: dict[str, Any] = {key: value for key, value in message.items() if key not in _OF_RESPONSES}
    arguments["channel"] = place.channel
    if place.thread:
        arguments["thread_ts"] = place.thread
    if place.user:
        api.call("chat.postEphemeral", **arguments, user=place.user)
    else:
        api.call("chat.postMessage", **arguments)


def send_or_tell(place: Place, message: Message, slack_user: str) -> None:
    """Post `message`, or send it directly to the person where the place is gone for good.

    A response address ends after half an hour, a channel is archived, the bot is not in it: whoever asked
    still reads the answer. Raises SlackError where trying again may help, or nothing does.
    """
    try:
        send(place, message)
    except SlackError as error:
        is_direct = not place.response_url and place.channel == slack_user
        if not error.permanent or not slack_user or is_direct or not api.has_token():
            raise
        log.warning("a Slack answer goes to the person directly: %s", error)
        send(Place(channel=slack_user), message)
