"""The second step after a password: an app's codes, recovery codes, and who must have one."""

from __future__ import annotations

import re
import time
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from django.conf import settings
from django.test import Client
from pytest_django import Settings

from enablement.models import AuditEvent, Notice, Person
from enablement.sign_on.sealing import CannotUnseal, seal, unseal
from enablement.sign_on.second_step import reset_second_step

PASSWORD = "correct horse battery"
STEP, SECURITY = "/sign-in/second-step/", "/account/security/"


def code_of(secret: str) -> str:
    """The six digits that an app shows now."""
    return format_hotp_value(hotp_value(secret, int(time.time()) // 30))


def sign_in(client: Client, username: str, **more: str) -> str:
    """Post the password form and return where it leads."""
    response = client.post("/sign-in/", {"username": username, "password": PASSWORD, **more})
    return response.headers.get("Location", f"status {response.status_code}")


def add_app(client: Client) -> tuple[str, list[str]]:
    """Add an app as a signed-in person does. Return its secret and the recovery codes."""
    page = f"{SECURITY}app/"
    assert client.get(page)["Location"].startswith("/account/confirm/")
    client.post(f"/account/confirm/?next={page}", {"password": PASSWORD})
    found = re.search(r"<code>([A-Z2-7]{32})</code>", client.get(page).content.decode())
    assert found
    assert client.post(page, {"code": "000000"}).status_code == 200
    assert client.post(page, {"code": code_of(found[1])})["Location"] == f"{SECURITY}recovery-codes/"
    shown = client.get(f"{SECURITY}recovery-codes/").content.decode()
    return found[1], re.findall(r"^(?:<div.*<pre>)?(\d{8})$", shown, re.MULTILINE)


@pytest.fixture
def secured(client: Client, max: Person, django_capture_on_commit_callbacks: Any) -> tuple[str, list[str]]:
    """Max has an app; he is signed out again."""
    sign_in(client, "max")
    with django_capture_on_commit_callbacks(execute=True):
        found = add_app(client)
    client.post("/sign-out/")
    return found


def test_the_password_alone_no_longer_opens_anything(client: Client, secured: tuple[str, list[str]]) -> None:
    assert sign_in(client, "max", next="/guide/") == STEP
    assert client.get("/guide/").status_code == 302
    assert "_auth_user_id" not in client.session


def test_the_cookie_changes_with_the_second_step(client: Client, secured: tuple[str, list[str]]) -> None:
    client.get("/sign-in/")
    sign_in(client, "max")
    planted = client.cookies[settings.SESSION_COOKIE_NAME].value
    client.post(STEP, {"code": secured[1][0]})
    assert "_auth_user_id" in client.session
    assert client.cookies[settings.SESSION_COOKIE_NAME].value != planted
    stale = Client()
    stale.cookies[settings.SESSION_COOKIE_NAME] = planted
    assert stale.get("/guide/").status_code == 302


def test_a_code_that_was_used_does_not_fit_again(client: Client, secured: tuple[str, list[str]]) -> None:
    sign_in(client, "max", next="/guide/")
    code = code_of(secured[0])
    assert client.post(STEP, {"code": code})["Location"] == "/guide/"
    assert AuditEvent.objects.filter(verb="sign_in").latest("pk").after == {"by": "password and app"}
    client.post("/sign-out/")
    sign_in(client, "max")
    refused = client.post(STEP, {"code": code})
    assert "This does not fit" in refused.content.decode()
    assert client.get("/guide/").status_code == 302


def test_a_recovery_code_works_once(client: Client, secured: tuple[str, list[str]]) -> None:
    code = secured[1][0]
    sign_in(client, "max")
    assert client.post(STEP, {"code": code})["Location"] == "/"
    client.post("/sign-out/")
    sign_in(client, "max")
    assert client.post(STEP, {"code": code}).status_code == 200
    assert client.get("/").status_code == 302


def test_codes_cannot_be_guessed(client: Client, secured: tuple[str, list[str]]) -> None:
    sign_in(client, "max")
    for guess in range(5):
        client.post(STEP, {"code": f"{guess:06}"})
    refused = client.post(STEP, {"code": code_of(secured[0])}).content.decode()
    assert "Too many codes" in refused
    assert "_auth_user_id" not in client.session


@pytest.mark.parametrize(
    "posted", [{}, {"code": "\0"}, {"code": "9" * 5000}, {"credential": "{"}, {"credential": '{"id": 1}'}]
)
def test_nonsense_in_place_of_a_code_is_refused(
    client: Client, secured: tuple[str, list[str]], posted: dict[str, str]
) -> None:
    sign_in(client, "max")
    assert client.post(STEP, posted).status_code == 200
    assert "_auth_user_id" not in client.session


def test_nobody_reaches_the_second_step_without_the_first(client: Client, db: None) -> None:
    assert client.get(STEP)["Location"] == "/sign-in/"
    assert client.post(STEP, {"code": "123456"})["Location"] == "/sign-in/"


def test_the_secret_is_sealed_in_the_database(client: Client, secured: tuple[str, list[str]]) -> None:
    kept = " ".join(str(data) for data in Authenticator.objects.values_list("data", flat=True))
    assert secured[0] not in kept
    assert not any(code in kept for code in secured[1])


def test_another_key_opens_nothing_that_was_sealed(settings: Settings) -> None:
    sealed, settings.SECRET_KEY = seal("secret"), "another key, long enough to be one of those"
    with pytest.raises(CannotUnseal):
        unseal(sealed)


def test_a_secret_that_cannot_be_unsealed_fits_no_code(
    client: Client, secured: tuple[str, list[str]], max: Person
) -> None:
    Authenticator.objects.filter(user=max).update(data={"secret": "lost", "seed": "lost", "used_mask": 0})
    sign_in(client, "max")
    for code in (code_of(secured[0]), code_of(""), secured[1][1]):
        assert client.post(STEP, {"code": code}).status_code == 200
    assert "_auth_user_id" not in client.session


def test_changes_are_noted_and_told(client: Client, secured: tuple[str, list[str]], max: Person) -> None:
    assert AuditEvent.objects.filter(actor=max, verb="add_app").exists()
    assert Notice.objects.filter(person=max, title__contains="authenticator app was added").exists()


def test_an_admin_takes_a_lost_step_away(
    client: Client, secured: tuple[str, list[str]], max: Person, root: Person
) -> None:
    assert reset_second_step(max, root) == 2
    assert AuditEvent.objects.get(verb="reset_second_step").before == {"kinds": ["recovery_codes", "totp"]}
    assert sign_in(client, "max") == "/"


@pytest.mark.parametrize(
    ("setting", "people"), [("ADMINS", {"root"}), ("MANAGERS", {"root", "max", "nia"}), ("NOBODY", set())]
)
def test_who_needs_a_second_step_sets_it_up_before_anything_else(
    settings: Settings, root: Person, max: Person, nia: Person, ada: Person, setting: str, people: set[str]
) -> None:
    settings.SECOND_STEP = setting
    held = set()
    for person in (root, max, nia, ada):
        client = Client()
        sign_in(client, person.username)
        if client.get("/guide/").headers.get("Location") == SECURITY:
            held.add(person.username)
            assert client.get("/api/v1/cards/").status_code == 403
            assert "Your role needs" in client.get(SECURITY).content.decode()
    assert held == people


def test_once_it_is_set_up_the_way_is_open(client: Client, max: Person, settings: Settings) -> None:
    settings.SECOND_STEP = "MANAGERS"
    sign_in(client, "max")
    add_app(client)
    assert client.get("/guide/").status_code == 200
