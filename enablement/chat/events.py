"""What a turn tells whoever listens to it: browser, API, Slack or command line."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True, slots=True)
class Event:
    """One thing that happened while an answer was written.

    Names and data, in the order they come:
    `note` {"text"}: something the reader should know, such as that the model did not answer.
    `understood` {"text"}: the question as the conversation makes it stand alone.
    `verdict` {"outcome", "title", "say", "dont_say", "next_question", "remedy"}: on a buyer's statement.
    `say` {"text", "kind", "slug", "title", "url"}: the approved line.
    `citations` {"citations": [...]}: all passages cited so far, each new list replaces the last.
    `token` {"text"}: the next checked sentence with its numbers; joined, the tokens are the answer.
    `withdrawn` {}: forget the tokens and citations so far, the answer starts anew. An approved line
    stays, and its citation follows.
    `refused` {"text", "nearest"}: the knowledge base does not cover the question.
    `alive` {}: nothing new, but the writer is at it; a comment on the wire.
    `done` {answer as in the contract, "turn", "state", "note"} or `failed` {"message"}: always the last.
    """

    name: str
    data: dict[str, Any] = field(default_factory=dict)

    def as_text(self) -> str:
        """Return the event in the form of a server-sent event. JSON keeps it on one line."""
        if self.name == "alive":
            return ": alive\n\n"
        return f"event: {self.name}\ndata: {json.dumps(self.data)}\n\n"


# Sent while nothing else is: only by writing to a listener is it noticed that they have left.
ALIVE = Event("alive")
