"""What would leave for the language model, shown to the admin before anything does."""

from __future__ import annotations

from typing import Any

from enablement.chat.known_names import known_names
from enablement.chat.limits import Limits
from enablement.chat.masks import Masks
from enablement.chat.model import request_body
from enablement.chat.prompt import OFFERED, build_messages
from enablement.models import Person
from enablement.retrieval.search import search


def example_request(question: str, person: Person) -> dict[str, Any]:
    """Return the body that a question would be sent in: the same rules and placeholders, the
    passages that a search finds first."""
    hits = search(question, person, limit=OFFERED).hits
    passages = {number: (hit.title, hit.text) for number, hit in enumerate(hits, 1)}
    _, sent = Masks.over(build_messages(question, passages), known_names())
    return request_body(sent, Limits())
