"""The headers of every kind of answer over TLS, as Mozilla's HTTP Observatory counts them."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any, NoReturn

import pytest
from django.http import HttpRequest, HttpResponse
from django.test import Client
from django.urls import path

from config import urls
from enablement.models import Person
from tests.settings.conftest import PRODUCTION
from tests.settings.observatory import read_policy, score

BROKEN = "the inside of the site"
FOREIGN = re.compile(r'<(?:script|link|img|iframe)[^>]*\s(?:src|href)="(?:https?:)?//', re.IGNORECASE)
PAGES = ["/", "/audit/", "/admin/enablement/person/", "/cards/nothing/", "/broken/"]
API = ["/api/v1/lessons/", "/api/v1/schema/", "/api/v1/nothing/"]
OF_TLS = re.compile("SECURE_|SESSION_COOKIE_|CSRF_|ALLOWED_HOSTS")


def broken(request: HttpRequest) -> NoReturn:
    raise RuntimeError(BROKEN)


handler500 = urls.handler500
urlpatterns = [path("broken/", broken), *urls.urlpatterns]


@pytest.fixture
def over_tls(settings: Any, read_settings: Any) -> Client:
    """A visitor of the site as it is set in production, with one address more, which fails."""
    for name, value in read_settings(**PRODUCTION).items():
        if OF_TLS.match(name):
            setattr(settings, name, value)
    settings.ROOT_URLCONF = __name__
    return Client(
        raise_request_exception=False, headers={"host": "dosay.example.org", "x-forwarded-proto": "https"}
    )


def worth(response: HttpResponse) -> int:
    is_foreign = bool(FOREIGN.search(b"".join(response).decode()))
    return score(response.headers, list(response.cookies.values()), loads_foreign_scripts=is_foreign)


@pytest.mark.usefixtures("released_lesson")
@pytest.mark.parametrize("address", [*PAGES, *API])
def test_every_kind_of_answer_is_worth_an_a_plus(over_tls: Client, root: Person, address: str) -> None:
    over_tls.force_login(root)
    response = over_tls.get(address)
    policy = read_policy(response.headers["Content-Security-Policy"])
    assert not [value for values in policy.values() for value in values if "unsafe" in value]
    assert worth(response) >= 110
    assert response.headers["Cross-Origin-Opener-Policy"] == "same-origin"
    assert "camera=()" in response.headers["Permissions-Policy"]
    assert "no-store" in response.headers["Cache-Control"]


@pytest.mark.django_db
@pytest.mark.parametrize("address", ["/", "/sign-in/", "/api/v1/lessons/", "/cards/nothing/"])
def test_whoever_is_not_signed_in_gets_the_same(over_tls: Client, address: str) -> None:
    response = over_tls.get(address)
    assert worth(response) >= 110
    assert "no-store" in response.headers["Cache-Control"]


@pytest.mark.usefixtures("ada")
def test_the_cookies_of_who_signs_in_are_for_https_and_not_for_scripts(over_tls: Client) -> None:
    entered = over_tls.post("/sign-in/", {"username": "ada", "password": "correct horse battery"})
    session = entered.cookies["__Host-sessionid"]
    assert (session["secure"], session["httponly"], session["samesite"]) == (True, True, "Lax")
    assert worth(entered) >= 110


@pytest.mark.django_db
def test_a_fault_shows_nothing_of_the_inside(over_tls: Client) -> None:
    response = over_tls.get("/broken/")
    html = response.content.decode()
    assert response.status_code == 500
    assert not [word for word in (BROKEN, "Traceback", Path(__file__).name) if word in html]


def test_a_style_sheet_is_ours_alone_and_kept_by_browsers(over_tls: Client) -> None:
    response = over_tls.get("/static/dosay/mark.svg")
    assert response.status_code == 200
    assert response.headers["Cross-Origin-Resource-Policy"] == "same-origin"
    assert response.headers["X-Content-Type-Options"] == "nosniff"
    assert "max-age" in response.headers["Cache-Control"]
