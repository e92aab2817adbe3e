"""Tokens: shown once, in the header only, and worth nothing once they have ended (docs/threats.md, T26)."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.utils import timezone

from enablement.models import ApiToken, AuditEvent, Person
from enablement.texts import BadText
from enablement.tokens import MAX_DAYS, find_token, make_token, revoke_token

ME = "/api/v1/me/"


def status_with(header: str) -> int:
    return Client().get(ME, headers={"Authorization": header}).status_code


def test_a_token_is_its_persons(ada: Person) -> None:
    _, clear = make_token(ada, "a script", 7)
    response = Client().get(ME, headers={"Authorization": f"Bearer {clear}"})
    assert response.json()["username"] == "ada"
    assert status_with(f"bearer {clear}") == 200
    assert ApiToken.objects.get().used_at is not None


def test_the_clear_text_is_nowhere_in_the_database(ada: Person) -> None:
    token, clear = make_token(ada, "a script", 7)
    secret = clear.removeprefix(token.prefix)
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names():
            cursor.execute(f'SELECT count(*) FROM "{table}" t WHERE t::text LIKE %s', [f"%{secret}%"])
            assert cursor.fetchone() == (0,), table


@pytest.mark.parametrize("end", ["expired", "revoked", "left"])
def test_a_token_that_has_ended_is_refused(ada: Person, end: str) -> None:
    token, clear = make_token(ada, "a script", 7)
    if end == "expired":
        ApiToken.objects.update(expires_at=timezone.now())
    elif end == "revoked":
        revoke_token(token, ada)
    else:
        Person.objects.filter(pk=ada.pk).update(is_active=False)
    response = Client().get(ME, headers={"Authorization": f"Bearer {clear}"})
    assert response.status_code == 401
    assert response.json()["code"] == "token_refused"
    assert response["WWW-Authenticate"] == "Bearer"


@pytest.mark.parametrize(
    "header",
    [
        "",
        "Bearer",
        "Bearer ",
        "Bearer {clear} {clear}",
        "Bearer {clear}x",
        "Bearer dosay_" + "A" * 43,
        "Bearer dosay_" + "é" * 43,
        "Bearer " + "A" * 7_000,
        "Token {clear}",
        "Basic {clear}",
        "{clear}",
    ],
)
def test_anything_but_a_token_in_its_place_is_nobody(ada: Person, header: str) -> None:
    _, clear = make_token(ada, "a script", 7)
    assert status_with(header.format(clear=clear)) == 401


def test_a_token_in_the_address_or_a_cookie_counts_for_nothing(ada: Person) -> None:
    _, clear = make_token(ada, "a script", 7)
    client = Client()
    client.cookies["token"] = clear
    for name in ("token", "access_token", "api_key"):
        assert client.get(ME, {name: clear}).status_code == 401


def test_a_refused_token_does_not_fall_back_to_the_session(ada: Person) -> None:
    client = Client()
    client.force_login(ada)
    assert client.get(ME).status_code == 200
    assert client.get(ME, headers={"Authorization": "Bearer dosay_wrong"}).status_code == 401


def test_revoking_twice_is_revoking_once(ada: Person) -> None:
    token, clear = make_token(ada, "a script", 7)
    revoke_token(token, ada)
    revoke_token(token, ada)
    assert find_token(clear) is None
    verbs = list(AuditEvent.objects.filter(kind="apitoken").order_by("pk").values_list("verb", flat=True))
    assert verbs == ["make_token", "revoke_token"]


@pytest.mark.parametrize("days", [0, -1, MAX_DAYS + 1])
def test_a_token_lives_a_year_at_most(ada: Person, days: int) -> None:
    with pytest.raises(ValueError, match="from 1 to 365 days"):
        make_token(ada, "a script", days)


def test_a_token_has_a_name(ada: Person) -> None:
    with pytest.raises(BadText):
        make_token(ada, " \0 ", 7)


def test_the_account_page_shows_a_new_token_once(ada: Person) -> None:
    client = Client()
    client.force_login(ada)
    page: Any = client.post("/account/tokens/", {"name": "a script", "days": "30"})
    clear = page.context["clear"]
    assert clear in page.content.decode()
    assert clear not in client.get("/account/").content.decode()
    token = find_token(clear)
    assert token is not None
    assert token.expires_at - timezone.now() < timedelta(days=30)
    assert client.post(f"/account/tokens/{token.pk}/revoke/").status_code == 302
    assert find_token(clear) is None


@pytest.mark.parametrize(
    "form", [{}, {"name": "", "days": "30"}, {"name": "x", "days": "9999"}, {"name": "…", "days": "30"},
             {"name": "x" * 101, "days": "30"}, {"name": "x\0", "days": "30"}, {"name": "x", "days": "[]"}]
)  # fmt: skip
def test_a_form_that_is_wrong_says_so_and_makes_nothing(ada: Person, form: dict[str, str]) -> None:
    client = Client()
    client.force_login(ada)
    response = client.post("/account/tokens/", form)
    assert response.status_code == 400
    assert 'class="error"' in response.content.decode()
    assert not ApiToken.objects.exists()


def test_nobody_revokes_another_persons_token(ada: Person, zoe: Person) -> None:
    token, clear = make_token(ada, "a script", 7)
    client = Client()
    client.force_login(zoe)
    assert client.post(f"/account/tokens/{token.pk}/revoke/").status_code == 404
    assert find_token(clear) is not None
