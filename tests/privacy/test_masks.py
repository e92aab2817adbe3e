"""No name, address or Slack name of anybody known reaches a language model; answers have them back."""

from __future__ import annotations

import json

import pytest
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st

from enablement.chat.breaker import Breaker
from enablement.chat.budget import ModelSwitchedOff
from enablement.chat.limits import Limits
from enablement.chat.masks import Masks, Names
from enablement.chat.turns import answer, ask
from enablement.chat.whole_answer import ask_model
from enablement.models import AuditEvent, ModelCall, Person, SlackLink, Surface, Team, Turn
from enablement.retrieval.search import Hit
from tests.chat.model_server import ModelServer

PEOPLE = ("Ada Okafor", "Ada", "Okafor", "ada.okafor", "ada@example.org", "Max", "Li", "Anne-Marie Smith")
NAMES = Names.of(PEOPLE)


@pytest.mark.parametrize(
    ("text", "sent"),
    [
        ("Ask Ada Okafor.", "Ask PERSON_1."),
        ("ask ada okafor", "ask PERSON_1"),
        ("Ada’s buyer, and ADA’s", "PERSON_1’s buyer, and PERSON_2’s"),
        ("Mail ada@example.org or eve@other.example!", "Mail MAIL_1 or MAIL_2!"),
        ("<@U0123ABCD9|ada> and W0123ABCD9", "SLACK_1 and SLACK_2"),
        ("at max 3, Maximum, Adana", "at max 3, Maximum, Adana"),
        ("Max says", "PERSON_1 says"),
        ("ada.okafor wrote", "PERSON_1 wrote"),
        ("anne-marie smith", "PERSON_1"),
        ("Li is a word, UNDERSTANDING too", "Li is a word, UNDERSTANDING too"),
        ("PERSON_1 and Max", "PERSON_1 and PERSON_2"),
    ],
)
def test_people_leave_as_placeholders(text: str, sent: str) -> None:
    masks, (message,) = Masks.over([{"role": "user", "content": text}], NAMES)
    assert message["content"] == sent
    assert masks.show(sent) == text


@given(
    st.lists(st.one_of(st.sampled_from(PEOPLE), st.text("PERSON_MAIL123 .x", max_size=8)), max_size=12),
    st.integers(1, 9),
)
def test_whatever_was_hidden_is_back_however_the_answer_is_cut(words: list[str], size: int) -> None:
    text = " ".join(words)
    masks, (message,) = Masks.over([{"role": "user", "content": text}], NAMES)
    sent = message["content"]
    pieces = [sent[at : at + size] for at in range(0, len(sent), size)]
    assert "".join(map(masks.show_piece, pieces)) + masks.rest() == text


@given(st.text(max_size=200))
def test_a_model_that_makes_placeholders_up_learns_nothing(text: str) -> None:
    masks, _ = Masks.over([{"role": "user", "content": "Ada Okafor"}], NAMES)
    assert "Okafor" not in masks.show(text.replace("PERSON_1", ""))


def sent_by(model: ModelServer) -> str:
    return json.dumps(model.bodies, ensure_ascii=False)


@pytest.mark.usefixtures("quick")
def test_nothing_that_is_sent_names_anybody(
    model: ModelServer, doors: list[Hit], ada: Person, max: Person
) -> None:
    ada.first_name, ada.last_name = "Ada", "Okafor"
    ada.save()
    SlackLink.objects.create(person=max, slack_team="T0SEEDED1", slack_user="U0SEEDED1")
    doors[0] = Hit(
        **{**_fields(doors[0]), "text": f"{doors[0].text} Written by Ada Okafor, ada@example.org."}
    )
    model.mode = "dump"
    question = "Ada Okafor (ada@example.org, U0SEEDED1) and Max ask: what does a hinge do?"
    for _ in answer(ask(ada, question, Surface.BROWSER)):
        pass
    assert ask_model(ada, [{"role": "user", "content": question}], Limits(), Breaker()) == question
    assert len(model.bodies) == 2
    said = sent_by(model)
    seeded = ("Okafor", "ada@", "U0SEEDED1", "T0SEEDED1", "Max", "Ada", str(ada.username) + '"')
    assert [word for word in seeded if word in said] == []
    assert Turn.objects.get().question == question


def _fields(hit: Hit) -> dict[str, object]:
    return {name: getattr(hit, name) for name in Hit.__dataclass_fields__}


def test_a_team_without_a_model_sends_nothing(
    model: ModelServer, client: Client, ada: Person, north: Team, root: Person
) -> None:
    client.force_login(root)
    client.post(f"/privacy/teams/{north.slug}/", {"may_ask_model": "0"})
    with pytest.raises(ModelSwitchedOff, match="Your team uses no language model"):
        ask_model(ada, [{"role": "user", "content": "Hinge?"}], Limits(), Breaker())
    assert (model.calls, ModelCall.objects.count()) == (0, 0)
    assert AuditEvent.objects.get(verb="switch_model").after == {"may_ask_model": False}


@pytest.mark.usefixtures("released_lesson")
def test_the_admin_sees_what_would_be_sent(client: Client, root: Person, ada: Person) -> None:
    client.force_login(ada)
    assert client.get("/privacy/").status_code == 404
    client.force_login(root)
    page = client.get(
        "/privacy/", {"question": "Ada asks what a hinge does", "person": "ada"}
    ).content.decode()
    assert "PERSON_1 asks what a hinge does" in page
    assert "You answer a sales representative" in page
    assert f"/privacy/people/{ada.pk}/erase/" in page


@pytest.mark.parametrize(
    "text", ["Ask Sean O’Brien.", "O’Brien said so.", "Di\u0301az knows.", "Ask D\u00edaz."]
)
def test_names_are_found_however_a_keyboard_writes_them(text: str) -> None:
    hidden = Masks(Names.of(["Sean O'Brien", "O'Brien", "D\u00edaz"])).hide(text)
    assert "Brien" not in hidden
    assert "az" not in hidden
    assert "PERSON_1" in hidden
