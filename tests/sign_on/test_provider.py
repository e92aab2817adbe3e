"""Signing in with the provider of one's organisation: who comes in, as whom, and what is refused."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, urlsplit

import pytest
from django.http import HttpResponse
from django.test import Client
from pytest_django import Settings

from enablement.models import AuditEvent, GroupRule, Identity, Membership, Person, Role, Team
from enablement.sign_on.provider.refusals import SENTENCES, Reason
from tests.sign_on.broken import BROKEN, BROKEN_METADATA, Break
from tests.sign_on.provider_server import Provider, public_jwk

BEGIN, BACK = "/sign-in/provider/", "/sign-in/provider/callback/"


@pytest.fixture
def known(provider: Provider, ada: Person) -> Person:
    """Ada, whom the provider calls ada-1."""
    Identity.objects.create(person=ada, issuer=provider.url, subject="ada-1")
    return ada


def asked(client: Client, **query: str) -> dict[str, str]:
    """Begin, and return what the browser asks of the provider."""
    return dict(parse_qsl(urlsplit(client.get(BEGIN, query)["Location"]).query))


def answer(client: Client, query: dict[str, str], **answered: Any) -> HttpResponse:
    return client.get(BACK, {"state": query["state"], **answered})  # type: ignore[return-value]


def sign_in(client: Client, provider: Provider, **query: str) -> HttpResponse:
    """The whole way: to the provider, yes there, and back."""
    question = asked(client, **query)
    return answer(client, question, code=provider.code_for(question))


def link(client: Client) -> str:
    """Where linking leads, once the person has confirmed who they are."""
    place = "/account/security/provider/"
    assert client.get(place)["Location"].startswith("/account/confirm/")
    client.post(f"/account/confirm/?next={place}", {"password": "correct horse battery"})
    return str(client.get(place)["Location"])


def is_in(client: Client) -> bool:
    return client.get("/account/").status_code == 200


def assert_refused(client: Client, response: HttpResponse, code: str) -> None:
    page = response.content.decode()
    assert response.status_code in (400, 403, 503), page
    assert SENTENCES[Reason(code)] in page
    assert page.count('role="alert"') == 1
    assert not is_in(client)
    assert AuditEvent.objects.latest("pk").after == {"by": "provider", "reason": code}


def test_a_known_identity_comes_in(client: Client, provider: Provider, known: Person) -> None:
    assert sign_in(client, provider, next="/guide/")["Location"] == "/guide/"
    assert is_in(client)
    assert AuditEvent.objects.get(verb="sign_in").after == {"by": "provider"}


@pytest.mark.django_db
def test_the_browser_asks_with_state_nonce_and_challenge(client: Client, provider: Provider) -> None:
    first, second = asked(client), asked(client)
    for name in ("state", "nonce", "code_challenge"):
        assert len(first[name]) >= 43
        assert first[name] != second[name]
    assert first["code_challenge_method"] == "S256"
    assert first["redirect_uri"] == f"http://testserver{BACK}"


@pytest.mark.parametrize(("said", "broken", "code"), BROKEN, ids=[name for name, *_ in BROKEN])
def test_what_is_said_wrongly_is_refused(
    client: Client, provider: Provider, known: Person, said: str, broken: Break, code: str
) -> None:
    GroupRule.objects.create(group="leads", role=Role.MANAGER)
    broken(provider)
    assert_refused(client, sign_in(client, provider), code)


def test_the_docs_name_every_way_and_count_them() -> None:
    text = (Path(__file__).parents[2] / "docs" / "sign-on.md").read_text(encoding="utf-8")
    rows = re.findall(r"^\| [^|]+ \((\d+)\) \| (.+) \|$", text, re.MULTILINE)
    named = [(int(count), ways.split("; ")) for count, ways in rows]
    assert all(count == len(ways) for count, ways in named)
    assert sorted(way for _, ways in named for way in ways) == sorted(
        name for name, *_ in BROKEN + BROKEN_METADATA
    )
    assert f"holds {len(BROKEN) + len(BROKEN_METADATA)} ways" in text


@pytest.mark.django_db
@pytest.mark.parametrize(("said", "broken", "code"), BROKEN_METADATA, ids=[n for n, *_ in BROKEN_METADATA])
def test_wrong_metadata_leads_nowhere(
    client: Client, provider: Provider, said: str, broken: Break, code: str
) -> None:
    broken(provider)
    assert_refused(client, client.get(BEGIN), code)


def test_nobody_listens_at_the_provider(client: Client, known: Person, settings: Settings) -> None:
    settings.OIDC_ISSUER = "http://127.0.0.1:9"
    assert_refused(client, client.get(BEGIN), "provider-away")


def test_an_answer_is_used_once(client: Client, provider: Provider, known: Person) -> None:
    question = asked(client)
    code = provider.code_for(question)
    answer(client, question, code=code)
    client.post("/sign-out/")
    assert_refused(client, answer(client, question, code=code), "wrong-state")


def test_a_code_is_used_once(client: Client, provider: Provider, known: Person) -> None:
    question = asked(client)
    code = provider.code_for(question)
    answer(client, question, code=code)
    client.post("/sign-out/")
    assert_refused(client, answer(client, asked(client), code=code), "code-refused")


@pytest.mark.parametrize("state", ["", "x", "\0", "a" * 5000, "é"])
def test_another_state_is_refused(client: Client, provider: Provider, known: Person, state: str) -> None:
    question = asked(client)
    refused = client.get(BACK, {"state": state, "code": provider.code_for(question)})
    assert_refused(client, refused, "wrong-state")


def test_an_answer_to_another_browser_is_refused(client: Client, provider: Provider, known: Person) -> None:
    question = asked(Client())
    assert_refused(client, answer(client, question, code=provider.code_for(question)), "wrong-state")


def test_a_code_without_its_challenge_is_refused(client: Client, provider: Provider, known: Person) -> None:
    """A code that somebody else's browser asked for, slipped into this one."""
    stolen = provider.code_for(asked(Client()))
    assert_refused(client, answer(client, asked(client), code=stolen), "code-refused")


@pytest.mark.parametrize(
    ("answered", "code"),
    [
        ({"error": "access_denied"}, "cancelled"),
        ({"error": "<script>alert(1)</script>"}, "code-refused"),
        ({}, "code-refused"),
        ({"code": "x", "iss": "https://evil.example"}, "wrong-issuer"),
    ],
)
def test_an_answer_that_is_none_is_refused(
    client: Client, provider: Provider, known: Person, answered: dict[str, str], code: str
) -> None:
    assert_refused(client, answer(client, asked(client), **answered), code)


def test_a_provider_that_names_itself_must(client: Client, provider: Provider, known: Person) -> None:
    provider.metadata["authorization_response_iss_parameter_supported"] = True
    assert_refused(client, sign_in(client, provider), "wrong-issuer")


@pytest.mark.parametrize(
    "place", ["//evil", "https:evil", r"\evil", r"/\evil", "https://evil.example/", "javascript:alert(1)"]
)
def test_nobody_is_sent_elsewhere(client: Client, provider: Provider, known: Person, place: str) -> None:
    assert sign_in(client, provider, next=place)["Location"] == "/"


def test_new_keys_are_fetched_when_they_are_needed(client: Client, provider: Provider, known: Person) -> None:
    sign_in(client, provider)
    client.post("/sign-out/")
    provider.keys = [public_jwk("first"), public_jwk("other")]
    provider.token = lambda own, claims: own.signed(claims, "other")
    assert sign_in(client, provider).status_code == 302
    assert provider.asked.count("/keys") == 2


def test_the_same_address_is_not_the_same_person(
    client: Client, provider: Provider, root: Person, settings: Settings
) -> None:
    provider.claims |= {
        "sub": "stranger",
        "email": root.email,
        "email_verified": True,
        "preferred_username": "root",
    }
    assert_refused(client, sign_in(client, provider), "unknown-person")
    settings.OIDC_CREATES_PEOPLE = True
    sign_in(client, provider)
    made = Identity.objects.get(subject="stranger").person
    assert (made.pk != root.pk, made.username, made.role, made.has_usable_password()) == (
        True,
        "root-2",
        "rep",
        False,
    )


@pytest.mark.parametrize(("verified", "kept"), [(True, "ada@example.org"), (False, ""), ("true", "")])
def test_an_address_is_kept_only_where_the_provider_vouches_for_it(
    client: Client, provider: Provider, ada: Person, verified: object, kept: str
) -> None:
    Identity.objects.create(person=ada, issuer=provider.url, subject="ada-1", email="old@example.org")
    provider.claims |= {"sub": "ada-1", "email": "ada@example.org", "email_verified": verified}
    sign_in(client, provider)
    assert Identity.objects.get().email == kept


def test_the_same_subject_of_another_issuer_is_somebody_else(
    client: Client, provider: Provider, ada: Person
) -> None:
    Identity.objects.create(person=ada, issuer="https://elsewhere.example", subject="ada-1")
    assert_refused(client, sign_in(client, provider), "unknown-person")


def test_a_deactivated_person_stays_out(client: Client, provider: Provider, known: Person) -> None:
    Person.objects.filter(pk=known.pk).update(is_active=False)
    assert_refused(client, sign_in(client, provider), "deactivated")


def test_somebody_signed_in_makes_the_provider_a_way_in(
    client: Client, provider: Provider, ada: Person
) -> None:
    client.force_login(ada)
    there = link(client)
    question = dict(parse_qsl(urlsplit(there).query))
    assert answer(client, question, code=provider.code_for(question))["Location"] == "/account/security/"
    assert Identity.objects.get().person == ada
    other = Client()
    assert sign_in(other, provider)["Location"] == "/"
    assert other.get("/account/").context["person"] == ada


def test_an_identity_is_not_taken_from_its_person(
    client: Client, provider: Provider, known: Person, zoe: Person
) -> None:
    client.force_login(zoe)
    there = link(client)
    question = dict(parse_qsl(urlsplit(there).query))
    response = answer(client, question, code=provider.code_for(question))
    assert (response.status_code, Identity.objects.get().person) == (400, known)


def test_without_a_provider_there_is_no_such_way(client: Client, db: None) -> None:
    assert client.get(BEGIN).status_code == client.get(BACK).status_code == 404
    assert BEGIN not in client.get("/sign-in/").content.decode()


def test_groups_are_given_and_taken_away(
    client: Client, provider: Provider, known: Person, north: Team, south: Team
) -> None:
    GroupRule.objects.create(group="leads", role=Role.MANAGER)
    GroupRule.objects.create(group="leads", team=south, manages=True)
    GroupRule.objects.create(group="sales", team=south)
    provider.claims["groups"] = ["leads", "sales", "unheard of"]
    sign_in(client, provider)
    known.refresh_from_db()
    # North is spoken of by no rule: an admin put Ada there, and there she stays.
    assert (known.role, set(known.teams.all()), list(known.managed_teams.all())) == (
        "manager",
        {north, south},
        [south],
    )
    client.post("/sign-out/")
    provider.claims["groups"] = None
    sign_in(client, provider)
    known.refresh_from_db()
    assert (known.role, list(known.teams.all()), list(known.managed_teams.all())) == ("rep", [north], [])
    assert AuditEvent.objects.filter(verb="change_by_groups").count() == 2
    assert Membership.objects.filter(person=known).count() == 1


def test_the_strongest_role_counts_and_opens_the_administration(
    client: Client, provider: Provider, known: Person
) -> None:
    for group, role in (("a", Role.EDITOR), ("b", Role.ADMIN), ("c", Role.REP)):
        GroupRule.objects.create(group=group, role=role)
    for groups, wanted in (
        (["c", "b", "a"], ("admin", True)),
        (["a"], ("editor", False)),
        ([], ("rep", False)),
    ):
        provider.claims["groups"] = groups
        sign_in(client, provider)
        known.refresh_from_db()
        assert (known.role, known.is_staff) == wanted
        client.post("/sign-out/")
