"""The palette: everything that a person may go to, and nothing else."""

from __future__ import annotations

import pytest
from django.test import Client

from enablement.models import Card, Lesson, Person, State, Team

pytestmark = pytest.mark.usefixtures("released_lesson")


def titles(client: Client) -> set[str]:
    return {place["title"] for place in client.get("/palette/").json()["places"]}


def test_it_leads_to_cards_lines_pages_and_things_to_do(ada_client: Client) -> None:
    places = ada_client.get("/palette/").json()["places"]
    assert {"Do", "Page", "Lesson", "Card", "Guide"} <= {place["kind"] for place in places}


def test_a_card_that_is_not_released_is_no_place_for_a_rep(ada_client: Client, nia: Person) -> None:
    card = Card.objects.get(slug="door-lock")
    Card.objects.filter(pk=card.pk).update(state=State.DRAFT)
    editor = Client()
    editor.force_login(nia)
    assert card.title not in titles(ada_client)
    assert card.title in titles(editor)


def test_a_lesson_for_another_team_is_no_place(
    ada_client: Client, released_lesson: Lesson, south: Team
) -> None:
    released_lesson.teams.add(south)
    assert released_lesson.title not in titles(ada_client)


def test_pages_of_editors_are_no_place_for_a_rep(ada_client: Client) -> None:
    assert not {"Reviews", "Audit", "Synonyms"} & titles(ada_client)


def test_without_script_the_way_to_find_things_is_the_search_page(ada_client: Client) -> None:
    html = ada_client.get("/").content.decode()
    assert '<a class="find" href="/search/"' in html


def test_the_components_are_shown_to_staff_only(ada_client: Client, root: Person) -> None:
    assert ada_client.get("/styleguide/").status_code == 404
    root.is_staff = True
    root.save()
    staff = Client()
    staff.force_login(root)
    assert staff.get("/styleguide/").status_code == 200
