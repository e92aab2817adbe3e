"""One whole answer of the language model, within the person's budget, for work that shows nobody a stream."""

from __future__ import annotations

from collections.abc import Sequence

from enablement.chat.breaker import Breaker
from enablement.chat.budget import Usage, set_aside_for, settle
from enablement.chat.limits import Limits
from enablement.chat.model import stream_text
from enablement.models import Person


def ask_model(person: Person, messages: Sequence[dict[str, str]], limits: Limits, breaker: Breaker) -> str:
    """Return what the model says. Raises ModelUnavailable, and BudgetSpent before anything is sent.

    Holds no transaction while the model writes.
    """
    call = set_aside_for(person, messages, limits)
    counted: list[Usage] = []
    written = ""
    try:
        pieces = stream_text(
            messages, limits=limits, breaker=breaker, stopped=lambda: False, on_usage=counted.append
        )
        for piece in pieces:
            written += piece
    finally:
        settle(call, counted[0] if counted else None, written)
    return written
