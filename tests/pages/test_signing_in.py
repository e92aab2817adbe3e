"""Signing in: with a password, and as a demo person where the site runs as a demonstration."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from pytest_django import Settings

from enablement.models import AuditEvent, Person, Role

PASSWORD = "correct horse battery"


@pytest.fixture
def demo_person(db: None) -> Person:
    return Person.objects.create_user("dora", role=Role.REP, is_demo=True)


def test_a_password_signs_in_and_leaves_a_trace(client: Client, ada: Person) -> None:
    response = client.post("/sign-in/", {"username": "ada", "password": PASSWORD, "next": "/guide/"})
    assert response["Location"] == "/guide/"
    assert AuditEvent.objects.get(verb="sign_in").actor == ada


@pytest.mark.usefixtures("ada")
def test_a_wrong_password_says_so_and_keeps_the_name(client: Client) -> None:
    response = client.post("/sign-in/", {"username": "ada", "password": "wrong"})
    html = response.content.decode()
    assert response.status_code == 400
    assert "do not fit together" in html
    assert 'value="ada"' in html


@pytest.mark.usefixtures("ada")
def test_a_foreign_address_to_go_on_to_is_ignored(
    client: Client, demo_person: Person, settings: Settings
) -> None:
    settings.DEMO = True
    response = client.post("/sign-in/demo/", {"username": "dora", "next": "https://example.org/"})
    assert response["Location"] == "/"


@pytest.mark.usefixtures("demo_person")
def test_one_click_signs_in_as_a_demo_person(client: Client, settings: Settings) -> None:
    settings.DEMO = True
    assert 'value="dora"' in client.get("/sign-in/").content.decode()
    client.post("/sign-in/demo/", {"username": "dora"})
    assert client.get("/lessons/").status_code == 200
    assert AuditEvent.objects.get(verb="sign_in").after == {"by": "demo"}


@pytest.mark.usefixtures("demo_person")
def test_outside_demo_mode_there_is_no_one_click(client: Client, settings: Settings) -> None:
    settings.DEMO = False
    assert "dora" not in client.get("/sign-in/").content.decode()
    assert client.post("/sign-in/demo/", {"username": "dora"}).status_code == 404
    assert "_auth_user_id" not in client.session


@pytest.mark.parametrize("username", ["ada", "", "nobody", "a\0b"])
def test_nobody_else_is_entered_with_one_click(
    client: Client, ada: Person, settings: Settings, username: str
) -> None:
    settings.DEMO = True
    assert client.post("/sign-in/demo/", {"username": username}).status_code == 404
    assert "_auth_user_id" not in client.session


@pytest.mark.usefixtures("demo_person")
def test_one_click_needs_the_forms_token(settings: Settings) -> None:
    settings.DEMO = True
    response = Client(enforce_csrf_checks=True).post("/sign-in/demo/", {"username": "dora"})
    assert response.status_code == 403
    assert "out of date" in response.content.decode()


def test_signing_out_takes_a_form(ada_client: Client) -> None:
    assert ada_client.get("/sign-out/").status_code == 405
    ada_client.post("/sign-out/")
    assert ada_client.get("/").status_code == 302


@pytest.mark.django_db
def test_a_demo_session_ends_with_demo_mode(client: Client, ada: Person, settings: Any) -> None:
    settings.DEMO, ada.is_demo = True, True
    ada.save()
    client.force_login(ada)
    assert client.get("/").status_code == 200
    settings.DEMO = False
    assert client.get("/").status_code == 302
