"""Somebody who is deactivated, or changed, is out everywhere within a minute."""

from __future__ import annotations

import pytest
from django.http import HttpResponse
from django.test import Client
from rest_framework.test import APIClient

from enablement.chat.events import Event
from enablement.models import (
    ApiToken,
    AuditEvent,
    Membership,
    Notice,
    Ownership,
    Person,
    Role,
    SlackLink,
    Team,
)
from enablement.sign_on.standing import CannotDeactivate, deactivate_person, reactivate_person
from enablement.sign_on.welcome import LOOKED_UP_EVERY, StillWelcome
from enablement.slack.linking import linked_person
from enablement.tokens import make_token
from enablement.trust.owners import owners_of
from tests.sign_on.test_sessions import entered, is_in

CARDS = "/api/v1/cards/"


@pytest.fixture
def slack(ada: Person) -> SlackLink:
    return SlackLink.objects.create(person=ada, slack_team="T1", slack_user="U1")


def by_token(clear: str, address: str = CARDS) -> int:
    client = APIClient(headers={"authorization": f"Bearer {clear}"})
    return int(client.get(address).status_code)


def test_a_deactivated_person_loses_every_way_in(ada: Person, root: Person, slack: SlackLink) -> None:
    browser, (_, clear) = entered("ada"), make_token(ada, "script", 30)
    assert (by_token(clear), linked_person("T1", "U1")) == (200, ada)
    deactivate_person(ada, root)
    assert not is_in(browser)
    assert browser.get(CARDS).status_code in (401, 403)
    assert by_token(clear) == 401
    assert linked_person("T1", "U1") is None
    assert (
        browser.post("/sign-in/", {"username": "ada", "password": "correct horse battery"}).status_code == 400
    )
    after = AuditEvent.objects.get(verb="deactivate").after
    assert after == {"sessions": 1, "tokens": 1, "slack": 1, "invitations": 0, "pieces_unowned": 0}


def test_what_was_taken_does_not_come_back_with_the_person(
    ada: Person, root: Person, slack: SlackLink
) -> None:
    browser, (_, clear) = entered("ada"), make_token(ada, "script", 30)
    deactivate_person(ada, root)
    reactivate_person(ada, root)
    assert not is_in(browser)
    assert by_token(clear) == 401
    assert linked_person("T1", "U1") is None
    assert is_in(entered("ada"))


def test_a_row_that_is_changed_by_hand_counts_at_once(ada: Person, slack: SlackLink) -> None:
    """Whatever way the person was deactivated: every door looks at the row itself."""
    browser, (_, clear) = entered("ada"), make_token(ada, "script", 30)
    Person.objects.filter(pk=ada.pk).update(is_active=False)
    assert not is_in(browser)
    assert by_token(clear) == 401
    assert linked_person("T1", "U1") is None


def test_another_role_counts_with_the_next_request(nia: Person) -> None:
    browser, (_, clear) = entered("nia"), make_token(nia, "script", 30)
    assert (browser.get("/reviews/").status_code, by_token(clear, "/api/v1/gaps/")) == (200, 200)
    Person.objects.filter(pk=nia.pk).update(role=Role.REP)
    assert browser.get("/reviews/").status_code == 404
    assert by_token(clear) == 200
    assert by_token(clear, "/api/v1/gaps/") == 404


def test_another_role_counts_in_slack_with_the_next_message(ada: Person, slack: SlackLink) -> None:
    Person.objects.filter(pk=ada.pk).update(role=Role.EDITOR)
    assert (found := linked_person("T1", "U1")) is not None
    assert found.is_editor


def test_a_team_that_is_taken_away_counts_with_the_next_request(
    max: Person, north: Team, ada: Person
) -> None:
    browser = entered("max")
    assert "Ada" in browser.get("/team/").content.decode()
    north.managers.remove(max)
    assert "Ada" not in browser.get("/team/").content.decode()


def test_an_open_answer_is_looked_up_within_a_minute() -> None:
    now, welcome = [0.0], [True]
    may_go_on = StillWelcome(lambda: welcome[0], clock=lambda: now[0])
    welcome[0] = False
    assert may_go_on()
    now[0] = LOOKED_UP_EVERY
    assert not may_go_on()
    assert LOOKED_UP_EVERY <= 60


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(("door", "end"), [("browser", "access"), ("api", "access"), ("browser", "team")])
def test_an_open_answer_ends_with_the_access(
    ada: Person, root: Person, door: str, end: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The person is let out, or leaves a team, between two sentences; what would follow is not sent."""

    def events(turn: object) -> object:
        yield Event("token", {"text": "first"})
        if end == "access":
            deactivate_person(ada, root)
        else:
            Membership.objects.filter(person=ada).delete()
        yield Event("token", {"text": "second"})

    monkeypatch.setattr("enablement.chat.turns.answer", events)
    monkeypatch.setattr("enablement.sign_on.welcome.LOOKED_UP_EVERY", 0.0)
    if door == "browser":
        response = entered("ada").post("/ask/stream/", {"text": "What is a hinge?"})
    else:
        _, clear = make_token(ada, "script", 30)
        client = APIClient(headers={"authorization": f"Bearer {clear}", "accept": "text/event-stream"})
        response = client.post("/api/v1/ask/", {"text": "What is a hinge?"}, format="json")
    said = b"".join(response.streaming_content)  # type: ignore[attr-defined]
    assert b"first" in said
    assert b"second" not in said


@pytest.mark.django_db
def test_what_they_own_is_unowned_and_stays_theirs(
    nia: Person, root: Person, released_lesson: object
) -> None:
    Ownership.objects.create(lesson=released_lesson, kind="card", slug="door-lock", person=nia)
    deactivate_person(nia, root)
    assert owners_of("card", "door-lock") == []
    assert Notice.objects.filter(person=root, title__contains="1 pieces").exists()
    reactivate_person(nia, root)
    assert owners_of("card", "door-lock") == [nia]


def test_nobody_locks_everybody_out(root: Person, ada: Person) -> None:
    with pytest.raises(CannotDeactivate, match="yourself"):
        deactivate_person(root, root)
    with pytest.raises(CannotDeactivate, match="only admin"):
        deactivate_person(root, None)


def administer(admin: Client, person: Person, **changed: str) -> HttpResponse:
    """Save a person's page of the administration; without `is_active` they are deactivated."""
    rows = {"memberships-TOTAL_FORMS": "0", "memberships-INITIAL_FORMS": "0"}
    looks = {
        "date_form": person.date_form,
        "number_form": person.number_form,
        "density": person.density,
        "messages_by": person.messages_by,
    }
    fields = {"username": person.username, "role": person.role, "time_zone": "UTC", "mail": "daily"}
    address = f"/admin/enablement/person/{person.pk}/change/"
    return admin.post(address, {**fields, **looks, **rows, **changed})  # type: ignore[return-value]


@pytest.fixture
def admin(root: Person) -> Client:
    root.is_staff = True
    root.save()
    client = Client()
    client.force_login(root)
    return client


def test_the_administration_takes_access_away_as_well(ada: Person, root: Person, admin: Client) -> None:
    browser, (_, clear) = entered("ada"), make_token(ada, "script", 30)
    response = administer(admin, ada)
    assert response.status_code == 302, response.content.decode()
    assert not is_in(browser)
    assert ApiToken.objects.get().revoked_at is not None
    assert AuditEvent.objects.filter(verb="deactivate", actor=root).exists()
    assert admin.post(f"/admin/enablement/person/{ada.pk}/delete/", {"post": "yes"}).status_code == 403
    assert by_token(clear) == 401


def test_what_is_refused_there_is_not_on_record_as_done(root: Person, admin: Client) -> None:
    page = admin.get(str(administer(admin, root, is_staff="on")["Location"]))
    assert b"You cannot deactivate yourself" in page.content
    assert b"was changed successfully" not in page.content
    root.refresh_from_db()
    assert root.is_active
    assert [event for event in AuditEvent.objects.all() if "is_active" in event.after] == []
    assert not AuditEvent.objects.filter(verb="deactivate").exists()
