"""What a person has at hand on the home page: pinned pieces and cards lately opened."""

from __future__ import annotations

import pytest
from django.test import Client

from enablement.at_hand import MOST_PINS, TooManyPins, pin_piece
from enablement.models import Card, Lesson, Person, Pin, State, Team

pytestmark = pytest.mark.usefixtures("released_lesson")

LOCK = "/pins/card/door-lock/"


def section(client: Client, name: str) -> str:
    html = client.get("/").content.decode()
    return html.split(f'id="home-{name}"')[1].split("</section>")[0] if f'id="home-{name}"' in html else ""


def test_what_is_pinned_stands_on_the_home_page_until_it_is_taken_out(ada_client: Client) -> None:
    assert ada_client.post(LOCK)["Location"] == "/cards/door-lock/"
    assert "/cards/door-lock/" in section(ada_client, "pinned")
    assert 'aria-pressed="true"' in ada_client.get("/cards/door-lock/").content.decode()
    ada_client.post(LOCK, {"off": "1"})
    assert "/cards/door-lock/" not in section(ada_client, "pinned")


def test_the_button_comes_back_turned_and_says_what_happened(ada_client: Client) -> None:
    html = ada_client.post(LOCK, headers={"HX-Request": "true"}).content.decode()
    assert "<html" not in html
    assert "Pinned to your home page." in html
    assert 'name="off"' in html


def test_pins_come_first_in_the_palette(ada_client: Client) -> None:
    ada_client.post(LOCK)
    first = ada_client.get("/palette/").json()["places"][0]
    assert (first["kind"], first["url"]) == ("Pinned", "/cards/door-lock/")


def test_a_piece_that_is_no_longer_open_to_one_is_not_at_hand(
    ada_client: Client, released_lesson: Lesson, south: Team
) -> None:
    ada_client.get("/cards/door-lock/")
    ada_client.post("/pins/guide_entry/door-unbreakable/")
    released_lesson.teams.add(south)
    assert "/guide/" not in section(ada_client, "pinned")
    assert section(ada_client, "recent") == ""
    assert ada_client.post(LOCK).status_code == 404


@pytest.mark.parametrize("kind", ["fit", "term", "nothing"])
def test_only_what_has_a_page_is_pinned(ada_client: Client, kind: str) -> None:
    assert ada_client.post(f"/pins/{kind}/door-lock/").status_code == 404


def test_past_the_most_pins_there_is_one_sentence_and_no_pin(
    ada: Person, ada_client: Client, released_lesson: Lesson
) -> None:
    for number in range(MOST_PINS):
        Card.objects.create(lesson=released_lesson, slug=f"door-{number}", title="Door", state=State.RELEASED)
        pin_piece(ada, "card", f"door-{number}")
    with pytest.raises(TooManyPins):
        pin_piece(ada, "card", "door-lock")
    html = ada_client.post(LOCK, headers={"HX-Request": "true"}).content.decode()
    assert "Take one out first" in html
    assert Pin.objects.count() == MOST_PINS


def test_cards_opened_lately_stand_there_once_pinned_ones_aside(ada_client: Client) -> None:
    ada_client.get("/cards/door-lock/")
    ada_client.get("/cards/door-hinge/")
    assert "/cards/door-lock/" in section(ada_client, "recent")
    ada_client.post(LOCK)
    assert "/cards/door-lock/" not in section(ada_client, "recent")
    assert "/cards/door-hinge/" in section(ada_client, "recent")
