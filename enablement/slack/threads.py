"""Which conversation a thread goes on with: for a day, then a question begins a new one."""

from __future__ import annotations

from datetime import datetime

from enablement.models import Conversation, Person, SlackThread
from enablement.slack.limits import THREAD_LIFETIME


def conversation_in(
    person: Person, slack_team: str, channel: str, thread: str, now: datetime
) -> Conversation | None:
    """Return what the person and the bot have talked about there within a day, unless it was deleted."""
    found = (
        SlackThread.objects.filter(person=person, slack_team=slack_team, channel=channel, thread=thread)
        .filter(last_at__gte=now - THREAD_LIFETIME, conversation__deleted_at=None)
        .select_related("conversation")
        .first()
    )
    return found.conversation if found else None


def note_conversation(
    conversation: Conversation, slack_team: str, channel: str, thread: str, now: datetime
) -> None:
    """Keep that a thread goes on with `conversation`."""
    SlackThread.objects.update_or_create(
        person=conversation.person,
        slack_team=slack_team,
        channel=channel,
        thread=thread,
        defaults={"conversation": conversation, "last_at": now},
    )
