"""First steps: an admin's ten minutes and a rep's first one. What is done is read from the site."""

from __future__ import annotations

from datetime import timedelta
from urllib.parse import parse_qs, urlsplit

import pytest
from django.test import Client

from enablement.first_steps import first_steps
from enablement.models import Conversation, Lesson, Person, Statement, Team
from quizzes.views.first_visit import NEW_FOR, first_visit_panel


@pytest.fixture
def roots(root: Person) -> Client:
    client = Client()
    client.force_login(root)
    return client


def done() -> set[str]:
    return {step.name for step in first_steps() if step.is_done}


@pytest.mark.django_db
def test_a_new_site_has_every_step_before_it() -> None:
    assert done() == set()


def test_steps_are_done_when_the_site_says_so(released_lesson: Lesson, ada: Person) -> None:
    assert done() == {"team", "content"}


def test_a_step_that_was_put_off_leaves_the_next_one_and_comes_back(roots: Client) -> None:
    assert roots.get("/first-steps/").context["next_step"].name == "team"
    roots.post("/first-steps/team/put-off/")
    assert roots.get("/first-steps/").context["next_step"].name == "content"
    roots.post("/first-steps/team/put-off/")
    assert roots.get("/first-steps/").context["next_step"].name == "team"


def test_every_step_says_where_and_what_to_write(roots: Client) -> None:
    page = roots.get("/first-steps/").content.decode()
    assert all(f'href="{url}"' in page for step in first_steps() for _, url in step.ways)
    assert "/sign-in/provider/callback/" in page
    assert "OIDC_ISSUER=" in page


def test_a_step_that_does_not_exist_cannot_be_put_off(roots: Client) -> None:
    assert roots.post("/first-steps/dance/put-off/").status_code == 404


def test_first_steps_are_for_admins_only(ada_client: Client, south: Team) -> None:
    assert ada_client.get("/first-steps/").status_code == 404
    assert "First steps" not in ada_client.get("/").content.decode()


def test_a_rep_who_is_new_is_led_through_three_things(released_lesson: Lesson, ada: Person) -> None:
    panel = first_visit_panel(ada)
    assert panel is not None
    assert [step.is_done for step in panel.content["steps"]] == [False, False, False]
    Conversation.objects.create(person=ada, title="Locks")
    panel = first_visit_panel(ada)
    assert panel is not None
    assert [step.is_done for step in panel.content["steps"]] == [True, False, False]


def test_who_has_been_here_for_weeks_is_left_alone(released_lesson: Lesson, ada: Person) -> None:
    ada.date_joined -= NEW_FOR + timedelta(minutes=1)
    assert first_visit_panel(ada) is None


def test_the_first_sort_is_of_a_clear_statement(released_lesson: Lesson, ada: Person) -> None:
    panel = first_visit_panel(ada)
    assert panel is not None
    [statement] = parse_qs(urlsplit(panel.content["steps"][1].url).query)["text"]
    assert Statement.objects.get(text=statement).outcome.signals.count() == 1
