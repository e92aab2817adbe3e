"""Passkeys: added, signed in with, and refused."""

from __future__ import annotations

import json
import re
from typing import Any

import pytest
from django.test import Client
from pytest_django import Settings

from enablement.models import AuditEvent, Person
from tests.sign_on.soft_key import USER_PRESENT, SoftKey
from tests.sign_on.test_second_step import PASSWORD, SECURITY, STEP, sign_in

ADD, PASSKEY = f"{SECURITY}passkeys/add/", "/sign-in/passkey/"


@pytest.fixture
def client(client: Client, settings: Settings) -> Client:
    client.defaults["HTTP_HOST"] = "localhost"
    return client


def options_on(client: Client, page: str) -> Any:
    """What the page hands to the browser's passkeys."""
    found = re.search(r'<script id="passkey-data"[^>]*>(.*?)</script>', client.get(page).content.decode())
    assert found
    return json.loads(found[1])


def add_passkey(client: Client, key: SoftKey, username: str) -> None:
    sign_in(client, username)
    client.post(f"/account/confirm/?next={ADD}", {"password": PASSWORD})
    made = key.create(options_on(client, ADD)["creation_options"])
    posted = {"name": "Phone", "passwordless": "on", "credential": json.dumps(made)}
    assert client.post(ADD, posted)["Location"] == f"{SECURITY}recovery-codes/"
    client.post("/sign-out/")


def request_options(client: Client) -> Any:
    return client.get(PASSKEY, HTTP_ACCEPT="application/json").json()["request_options"]


def use(client: Client, signed: dict[str, Any], **more: str) -> str:
    return str(client.post(PASSKEY, {"credential": json.dumps(signed), **more})["Location"])


@pytest.fixture
def key(client: Client, ada: Person) -> SoftKey:
    key = SoftKey()
    add_passkey(client, key, "ada")
    return key


def test_a_passkey_signs_in_without_a_password(client: Client, key: SoftKey, ada: Person) -> None:
    assert use(client, key.get(request_options(client)), next="/guide/") == "/guide/"
    assert client.get("/guide/").status_code == 200
    assert AuditEvent.objects.filter(verb="sign_in", actor=ada).latest("pk").after == {"by": "passkey"}


def test_a_passkey_is_a_second_step(client: Client, key: SoftKey) -> None:
    assert sign_in(client, "ada", next="/guide/") == STEP
    signed = key.get(options_on(client, STEP)["request_options"])
    assert client.post(STEP, {"credential": json.dumps(signed)})["Location"] == "/guide/"


def test_another_sites_passkey_is_refused(client: Client, key: SoftKey) -> None:
    key.origin, key.host = "https://evil.example", "evil.example"
    assert use(client, key.get(request_options(client))) == "/sign-in/"
    assert "does not fit" in client.get("/sign-in/").content.decode()


def test_a_wrong_signature_is_refused(client: Client, key: SoftKey) -> None:
    key.secret = SoftKey().secret
    assert use(client, key.get(request_options(client))) == "/sign-in/"


def test_an_old_answer_does_not_fit_again(client: Client, key: SoftKey) -> None:
    signed = key.get(request_options(client))
    use(client, signed)
    client.post("/sign-out/")
    request_options(client)
    assert use(client, signed) == "/sign-in/"


def test_alone_a_passkey_must_have_known_its_owner(client: Client, key: SoftKey) -> None:
    assert use(client, key.get(request_options(client), flags=USER_PRESENT)) == "/sign-in/"


def test_a_deactivated_person_is_refused(client: Client, key: SoftKey, ada: Person) -> None:
    Person.objects.filter(pk=ada.pk).update(is_active=False)
    use(client, key.get(request_options(client)))
    assert client.get("/account/").status_code == 302


NONSENSE = ["", "{", "[]", "{}", '{"rawId": 1, "id": 2}', '{"response": []}', "null"]


def test_nonsense_is_refused_everywhere(client: Client, key: SoftKey) -> None:
    for nonsense in NONSENSE:
        assert client.post(PASSKEY, {"credential": nonsense})["Location"] == "/sign-in/"
    sign_in(client, "ada")
    for nonsense in NONSENSE[-4:]:
        assert client.post(STEP, {"credential": nonsense}).status_code == 200
    client.post(STEP, {"credential": json.dumps(key.get(options_on(client, STEP)["request_options"]))})
    again = "/account/confirm/passkey/"
    for nonsense in NONSENSE[-4:]:
        assert client.post(again, {"credential": nonsense})["Location"].startswith(again)
    client.post(again, {"credential": json.dumps(key.get(options_on(client, again)["request_options"]))})
    for nonsense in NONSENSE:
        assert client.post(ADD, {"name": "x", "credential": nonsense}).status_code == 200


def test_a_passkey_can_be_removed_again(client: Client, key: SoftKey) -> None:
    use(client, key.get(request_options(client)))
    found = re.search(rf"{SECURITY}passkeys/\d+/remove/", client.get(SECURITY).content.decode())
    assert found
    client.post(f"/account/confirm/?next={SECURITY}", {"password": PASSWORD})
    assert client.post(found[0])["Location"] == SECURITY
    client.post("/sign-out/")
    assert sign_in(client, "ada") == "/"
