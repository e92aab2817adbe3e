"""Nobody signs up; people are invited, by a link that works once."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.core import mail
from django.test import Client
from django.utils import timezone
from django.utils.formats import date_format
from pytest_django import Settings

from config.env import MailServer
from enablement.models import AuditEvent, Identity, Invitation, Person, Team
from tests.sign_on.provider_server import Provider
from tests.sign_on.test_provider import answer, asked
from tests.sign_on.test_second_step import add_app, sign_in

PASSWORDS = {"new_password1": "battery staple horse", "new_password2": "battery staple horse"}


@pytest.fixture
def admin(root: Person) -> Client:
    client = Client()
    client.force_login(root)
    return client


def path_in(page: Any) -> str:
    """The path of the link that the page shows."""
    return str(page.context["link"]).removeprefix("http://127.0.0.1:8000")


def invite(admin: Client, **fields: Any) -> str:
    sent = {"username": "leo", "first_name": "Leo", "role": "rep", "email": "leo@example.org", **fields}
    return path_in(admin.post("/people/invite/", sent))


def test_an_invited_person_chooses_a_password_and_comes_in(
    admin: Client, client: Client, north: Team
) -> None:
    path = invite(admin, teams=[north.pk])
    assert "Welcome, Leo" in client.get(path).content.decode()
    assert client.post(path, PASSWORDS)["Location"] == "/"
    leo = client.get("/account/").context["person"]
    assert (leo.username, leo.role, list(leo.teams.all())) == ("leo", "rep", [north])
    assert list(
        AuditEvent.objects.filter(subject=str(leo.pk)).order_by("pk").values_list("verb", flat=True)
    ) == [
        "invite",
        "accept_invitation",
        "sign_in",
    ]


def test_a_link_works_once(admin: Client, client: Client, db: None) -> None:
    path = invite(admin)
    client.post(path, PASSWORDS)
    assert Client().get(path).status_code == Client().post(path, PASSWORDS).status_code == 404


@pytest.mark.parametrize("end", ["old", "revoked", "sent again", "deactivated"])
def test_a_link_that_is_over_lets_nobody_in(admin: Client, client: Client, end: str) -> None:
    path = invite(admin)
    leo = Person.objects.get(username="leo")
    if end == "old":
        Invitation.objects.update(expires_at=timezone.now() - timedelta(seconds=1))
    else:
        verb = {"revoked": "invitation/revoke", "sent again": "invite", "deactivated": "deactivate"}[end]
        admin.post(f"/people/{leo.pk}/{verb}/")
    assert "does not work" in client.get(path).content.decode()
    assert client.post(path, PASSWORDS).status_code == 404
    leo.refresh_from_db()
    assert not leo.has_usable_password()


@pytest.mark.parametrize("secret", ["x", "a" * 500, "%00", "é"])
def test_a_link_that_was_never_made_lets_nobody_in(client: Client, db: None, secret: str) -> None:
    assert client.get(f"/invitations/{secret}/").status_code == 404


def test_a_weak_password_uses_nothing_up(admin: Client, client: Client) -> None:
    path = invite(admin)
    refused = client.post(path, {"new_password1": "leo", "new_password2": "leo"})
    assert refused.status_code == 400
    assert "at least 12 characters" in refused.content.decode()
    assert client.post(path, PASSWORDS).status_code == 302


def test_only_the_hash_of_a_link_is_kept(admin: Client) -> None:
    secret = invite(admin).split("/")[-2]
    assert len(secret) >= 43
    assert secret not in str(list(Invitation.objects.values())) + str(list(AuditEvent.objects.values()))


def test_the_link_is_mailed_where_there_is_a_mail_server(admin: Client, settings: Settings) -> None:
    settings.MAIL = MailServer(host="mail.example")
    path = invite(admin)
    [sent] = mail.outbox
    assert sent.to == ["leo@example.org"]
    assert sent.subject == f"{Person.objects.get(username='root').name} invites you to Dosay"
    assert sent.body.count(path) == sent.body.count("http") == 1
    assert "Your user name is leo." in sent.body
    until = timezone.localtime(Invitation.objects.get().expires_at)
    assert date_format(until, "DATETIME_FORMAT") in sent.body


def test_a_new_link_is_not_called_an_invitation(admin: Client, settings: Settings, ada: Person) -> None:
    settings.MAIL = MailServer(host="mail.example")
    Person.objects.filter(pk=ada.pk).update(email="ada@example.org", last_login=timezone.now())
    admin.post(f"/people/{ada.pk}/invite/")
    [sent] = mail.outbox
    assert sent.subject == "Your new link to Dosay"
    assert "invites you" not in sent.body


def test_a_new_link_for_a_lost_password_still_asks_for_the_second_step(
    admin: Client, client: Client, max: Person
) -> None:
    sign_in(client, "max")
    add_app(client)
    path = path_in(admin.post(f"/people/{max.pk}/invite/"))
    other = Client()
    assert other.post(path, PASSWORDS)["Location"] == "/sign-in/second-step/"
    assert client.get("/account/").status_code == 302


def test_an_invited_person_comes_in_with_the_provider(
    admin: Client, client: Client, provider: Provider
) -> None:
    secret = invite(admin).split("/")[-2]
    question = asked(client, invitation=secret)
    assert answer(client, question, code=provider.code_for(question))["Location"] == "/"
    assert Identity.objects.get().person.username == "leo"
    assert client.get("/account/").context["person"].username == "leo"
    assert client.get("/sign-in/provider/", {"invitation": secret}).status_code == 404


def test_the_link_and_a_providers_account_are_not_enough_where_there_is_a_second_step(
    admin: Client, client: Client, provider: Provider, max: Person
) -> None:
    sign_in(client, "max")
    add_app(client)
    secret = path_in(admin.post(f"/people/{max.pk}/invite/")).split("/")[-2]
    other = Client()
    question = asked(other, invitation=secret)
    assert answer(other, question, code=provider.code_for(question)).status_code == 403
    assert not Identity.objects.exists()


def test_an_open_browser_of_an_admin_does_not_change_how_they_sign_in(admin: Client, root: Person) -> None:
    for verb in ("invite", "deactivate", "second-step/reset"):
        assert admin.post(f"/people/{root.pk}/{verb}/").status_code == 404


@pytest.mark.parametrize("name", ["max", "nia", "ada"])
def test_only_admins_reach_the_page(name: str, max: Person, nia: Person, ada: Person) -> None:
    client = Client()
    client.force_login({"max": max, "nia": nia, "ada": ada}[name])
    assert client.get("/people/").status_code == 404
    for path in ("/people/invite/", f"/people/{ada.pk}/deactivate/", f"/people/{ada.pk}/second-step/reset/"):
        assert client.post(path).status_code == 404
    assert Person.objects.get(pk=ada.pk).is_active


@pytest.mark.parametrize(
    "fields",
    [{"username": ""}, {"username": "root"}, {"username": "a\0"}, {"role": "king"}, {"teams": ["x"]}],
)
def test_a_wrong_invitation_says_what_is_wrong(admin: Client, fields: dict[str, Any]) -> None:
    sent = {"username": "leo", "role": "rep", **fields}
    page = admin.post("/people/invite/", sent)
    assert page.status_code == 400
    assert 'role="alert"' in page.content.decode()
    assert Person.objects.count() == 1
