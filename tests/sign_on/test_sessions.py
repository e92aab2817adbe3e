"""How long a session lives, where one is signed in, and how that ends."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from unittest.mock import patch

import pytest
from django.conf import settings
from django.test import Client
from django.utils import timezone

from enablement.models import AuditEvent, BrowserSession, Person
from enablement.sign_on import sessions

PASSWORD = "correct horse battery"
SECURITY = "/account/security/"


def entered(username: str, agent: str = "Mozilla/5.0 (X11; Linux) Firefox/140.0") -> Client:
    client = Client(headers={"user-agent": agent})
    client.post("/sign-in/", {"username": username, "password": PASSWORD})
    assert is_in(client)
    return client


def is_in(client: Client) -> bool:
    return client.get("/account/").status_code == 200


def at(**later: float) -> Any:
    """The clock that much later, for Django's sessions as well."""
    then = timezone.now() + timedelta(**later)
    return patch.object(timezone, "now", lambda: then)


def test_the_cookie_changes_when_somebody_signs_in(client: Client, ada: Person) -> None:
    client.get("/sign-in/")
    session = client.session
    session["planted"] = True
    session.save()
    client.cookies[settings.SESSION_COOKIE_NAME] = planted = session.session_key
    client.post("/sign-in/", {"username": "ada", "password": PASSWORD})
    assert client.cookies[settings.SESSION_COOKIE_NAME].value != planted
    stale = Client()
    stale.cookies[settings.SESSION_COOKIE_NAME] = planted
    assert not is_in(stale)


def test_a_cookie_from_before_signing_out_opens_nothing(ada: Person) -> None:
    client = entered("ada")
    kept = client.cookies[settings.SESSION_COOKIE_NAME].value
    client.post("/sign-out/")
    client.cookies[settings.SESSION_COOKIE_NAME] = kept
    assert not is_in(client)
    assert not BrowserSession.objects.exists()
    assert AuditEvent.objects.filter(verb="sign_out", actor=ada).count() == 1


def test_the_browser_forgets_a_session_after_twelve_hours(ada: Person) -> None:
    assert entered("ada").cookies[settings.SESSION_COOKIE_NAME]["max-age"] == 12 * 3600


def test_use_keeps_a_session_alive_but_not_past_seven_days(ada: Person) -> None:
    client = entered("ada")
    for hours in range(11, 7 * 24, 11):
        with at(hours=hours):
            assert is_in(client)
    with at(hours=7 * 24 + 1):
        assert not is_in(client)


def test_a_session_that_nobody_uses_ends(ada: Person) -> None:
    client = entered("ada")
    with at(hours=12.1):
        assert not is_in(client)


def test_people_see_where_they_are_signed_in(ada: Person, zoe: Person) -> None:
    entered("zoe")
    entered("ada", "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0) Version/18.0 Safari/604.1")
    page = entered("ada").get(SECURITY).content.decode()
    assert "Firefox on Linux" in page
    assert "Safari on iPhone" in page
    assert page.count('data-label="From"') == 2


def test_ending_another_browser_signs_it_out(ada: Person) -> None:
    phone, desk = entered("ada"), entered("ada")
    row = BrowserSession.objects.get(session_key=phone.session.session_key)
    desk.post(f"{SECURITY}sessions/{row.pk}/end/")
    assert (is_in(phone), is_in(desk)) == (False, True)


def test_nobody_ends_somebody_elses_session(ada: Person, zoe: Person) -> None:
    own, other = entered("ada"), entered("zoe")
    row = BrowserSession.objects.get(person=zoe)
    assert own.post(f"{SECURITY}sessions/{row.pk}/end/").status_code == 404
    assert is_in(other)


def test_a_new_password_signs_every_other_browser_out(ada: Person) -> None:
    phone, desk = entered("ada"), entered("ada")
    fields = {"old_password": PASSWORD, "new_password1": "battery staple horse"}
    refused = desk.post(f"{SECURITY}password/", fields | {"new_password2": "another"})
    assert refused.status_code == 400
    desk.post(f"{SECURITY}password/", fields | {"new_password2": "battery staple horse"})
    assert (is_in(phone), is_in(desk)) == (False, True)
    assert BrowserSession.objects.get().session_key == desk.session.session_key


@pytest.mark.django_db
def test_rows_of_sessions_that_are_over_are_dropped(ada: Person) -> None:
    entered("ada")
    assert sessions.forget_old(timezone.now() + timedelta(days=6)) == 0
    assert sessions.forget_old(timezone.now() + timedelta(days=8)) == 1
