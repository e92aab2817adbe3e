"""How many answers one person may have written at the same time: each of them keeps a thread busy."""

from __future__ import annotations

from datetime import datetime
from typing import Final

from enablement.models import Person, Turn, TurnState
from enablement.texts import BadText

# Two windows, a phone and Slack. What is only kept waiting (no writer yet) keeps nothing busy.
MOST_AT_ONCE: Final = 4


class TooManyAtOnce(BadText):
    """No room for another question of theirs now. It is shown as a text that cannot be taken is: kept."""


def check_room(person: Person, since: datetime) -> None:
    """Raise TooManyAtOnce where so many answers to `person` are being written, asked for after `since`."""
    written = Turn.objects.filter(conversation__person=person, state=TurnState.STREAMING, asked_at__gt=since)
    if written.exclude(engine="").count() >= MOST_AT_ONCE:
        raise TooManyAtOnce(
            f"{MOST_AT_ONCE} questions of yours are being answered. Wait for one of them, then ask again."
        )
