"""What is named in a body or a query is looked up among what one may see, as what is named in a path is."""

from __future__ import annotations

from typing import Any

import pytest

from tests.access.callers import client_of, send
from tests.access.test_matrix import SOON
from tests.access.world import World

pytestmark = pytest.mark.django_db

# (whose client, address, what it sends): each names something of the other side by {place.parameter}.
REFERENCES = [
    ("rep", "/api/v1/attempts/", {"quiz": "{quiz.slug}"}),
    ("rep", "/api/v1/ask/", {"text": "What is a lock?", "conversation": "{conversation.pk}"}),
    ("rep", "/api/v1/answers/", {"attempt": "{open attempt.pk}", "question": 1, "response": {},
      "client_seq": 1}),
    ("rep", "/api/v1/practice/sessions/", {"lesson": "{lesson.slug}"}),
    ("rep", "/api/v1/sortings/", {"text": "It sticks.", "distinction": "{distinction.slug}"}),
    ("rep", "/api/v1/flags/", {"kind": "{piece.kind}", "slug": "{piece.slug}", "reason": "wrong"}),
    ("rep", "/api/v1/flags/proposals/", {"lesson": "{lesson.slug}",
      "dont_say": "a b c", "do_say": "a b", "why": "a b"}),
    ("rep", "/api/v1/flags/examples/", {"entry": "{guide_entry.slug}", "text": "It never breaks.",
      "reason": "missed"}),
    ("rep", "/api/v1/pins/", {"kind": "card", "slug": "{card.slug}"}),
    ("rep", "/api/v1/pins/remove/", {"kind": "card", "slug": "{card.slug}"}),
    ("rep", "/api/v1/coach-runs/", {"scenario": "{scenario.slug}"}),
    ("manager", "/api/v1/coaching-notes/", {"person": "{member.username}", "text": "Look again.",
      "focus": ["topic:doors:parts"]}),
    ("manager", "/api/v1/regrades/", {"quiz": "{handed-in quiz.slug}", "way": "void",
      "reason": "It is wrong."}),
    ("manager", "/api/v1/regrades/", {"question": "{question.slug}", "way": "void",
      "reason": "It is wrong."}),
    ("manager", "/api/v1/assignments/", {"lesson": "doors", "team": "{team.slug}", "due_on": "{soon}"}),
    ("manager", "/api/v1/assignments/", {"lesson": "{lesson.slug}", "team": "north", "due_on": "{soon}"}),
    ("manager", "/api/v1/assignments/", {"lesson": "doors", "person": "{member.username}",
      "due_on": "{soon}"}),
    ("rep", "/practice/start/", {"lesson": "{lesson.slug}"}),
    ("rep", "/ask/", {"text": "What is a lock?", "conversation": "{conversation.pk}"}),
    ("rep", "/ask/", {"turn": "{turn.pk}"}),
    ("rep", "/ask/stream/", {"text": "What is a lock?", "conversation": "{conversation.pk}"}),
    ("rep", "/ask/stream/", {"turn": "{turn.pk}"}),
    ("rep", "/flags/new/", {"kind": "{piece.kind}", "slug": "{piece.slug}", "reason": "wrong"}),
    ("rep", "/flags/propose/", {"lesson": "{lesson.slug}",
      "dont_say": "a b c", "do_say": "a b", "why": "a b"}),
    ("rep", "/flags/example/", {"entry": "{guide_entry.slug}", "text": "It never breaks."}),
    ("manager", "/assigning/new/", {"what": "lesson:{lesson.slug}", "whose": "team:north", "due_on": "x"}),
    ("manager", "/assigning/new/", {"what": "lesson:doors", "whose": "team:{team.slug}", "due_on": "x"}),
    ("manager", "/assigning/new/", {"what": "lesson:doors", "whose": "person:{member.username}"}),
    ("manager", "/team/regrades/", {"quiz": "{handed-in quiz.slug}", "way": "void",
      "reason": "It is wrong."}),
    ("manager", "/team/regrades/", {"question": "{question.slug}", "way": "void",
      "reason": "It is wrong."}),
]  # fmt: skip


def filled(sends: dict[str, object], places: dict[str, dict[str, Any]]) -> dict[str, object]:
    """What is sent, with each {place.parameter} as `places` has it."""
    words = {
        f"{{{place}.{name}}}": str(value) for place, names in places.items() for name, value in names.items()
    } | {"{soon}": str(SOON)}
    sent = dict(sends)
    for name, value in sent.items():
        for word, there in words.items():
            sent[name] = value = value.replace(word, there) if isinstance(value, str) else value
    return sent


@pytest.mark.parametrize(("who", "address", "sends"), REFERENCES)
def test_a_foreign_thing_named_in_a_body_is_no_thing(
    world: World, who: str, address: str, sends: dict[str, object]
) -> None:
    sent = filled(sends, world.south.places)
    person = world.north.rep if who == "rep" else world.north.manager
    reply = send(client_of(person), "POST", address, sent)
    assert reply.status in (400, 404)
    assert not reply.writes
    assert world.south.private not in reply.body
