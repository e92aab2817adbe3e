"""People, teams and the audit through the API: what admins do, and how far a manager sees."""

from __future__ import annotations

import json
from collections.abc import Callable

import pytest

from enablement.models import AuditEvent, Invitation, Person, Team
from tests.api.conftest import Program

Programs = Callable[[Person], Program]


@pytest.fixture
def admin(program: Programs, root: Person) -> Program:
    return program(root)


def test_somebody_is_invited_and_the_link_is_kept_nowhere(admin: Program, north: Team) -> None:
    sent = {"username": "una", "email": "una@example.org", "role": "rep", "teams": ["north"]}
    made = admin.post("invitations/", sent, **{"Idempotency-Key": "once"})
    assert made.status_code == 201, made.content
    link = made.json()["link"]
    assert Person.objects.get(username="una").teams.get() == north
    assert link.rstrip("/").rpartition("/")[2] not in str(list(Invitation.objects.values()))
    assert admin.post("invitations/", sent).json()["errors"].keys() == {"username"}
    again = admin.post("people/una/invite-again/", {}).json()
    assert again["link"] != link
    assert admin.get("people/una/").json()["is_invited"]
    assert not admin.post("people/una/revoke-invitation/", {}).json()["is_invited"]


@pytest.mark.parametrize(
    ("change", "about"),
    [
        ({"username": "a b"}, "username"),
        ({"email": "nowhere"}, "email"),
        ({"role": "king"}, "role"),
        ({"teams": ["nothing"]}, "teams"),
    ],
)
def test_a_wrong_invitation_is_said(admin: Program, change: dict[str, object], about: str) -> None:
    refused = admin.post("invitations/", {"username": "una", "role": "rep"} | change)
    assert (refused.status_code, list(refused.json()["errors"])) == (400, [about])
    assert not Person.objects.filter(username="una").exists()


def test_a_role_and_teams_are_changed_and_that_is_on_record(admin: Program, ada: Person, south: Team) -> None:
    changed = admin.post("people/ada/", {"role": "manager", "teams": ["south"]}).json()
    assert (changed["role"], changed["teams"]) == ("manager", ["south"])
    rows = AuditEvent.objects.filter(verb="change", subject=str(ada.pk), channel="api")
    assert {key for row in rows for key in row.after or {}} == {"role", "teams"}
    assert admin.get("people/", team="south", role="manager", q="AD").json()["count"] == 1


def test_an_admin_neither_leaves_nor_is_the_last_to_go(admin: Program, root: Person) -> None:
    for path, sent in (("people/root/", {"role": "rep"}), ("people/root/deactivate/", {})):
        assert admin.post(path, sent).status_code in (404, 409), path
    root.refresh_from_db()
    assert root.is_admin


def test_who_is_let_out_loses_the_token_at_once(admin: Program, program: Programs, ada: Person) -> None:
    own = program(ada)
    assert not admin.post("people/ada/deactivate/", {}).json()["is_active"]
    assert own.get("me/").status_code == 401
    assert admin.post("people/ada/reactivate/", {}).json()["is_active"]
    assert own.get("me/").status_code == 401


def test_a_manager_sees_their_own_team_and_no_other(
    program: Programs, max: Person, ada: Person, zoe: Person
) -> None:
    assert [team["slug"] for team in program(max).get("teams/").json()["results"]] == ["north"]
    members = program(max).get("teams/north/").json()["members"]
    assert [(one["username"], one["role"]) for one in members] == [("ada", "rep")]
    assert "email" not in members[0]
    assert program(max).get("teams/south/").status_code == 404
    assert program(max).get("people/ada/").status_code == 404


def test_a_team_is_made_renamed_and_given_managers(admin: Program, max: Person, ada: Person) -> None:
    assert admin.post("teams/", {"slug": "west", "name": "West"}).status_code == 201
    assert admin.post("teams/", {"slug": "west", "name": "Other"}).json()["errors"].keys() == {"slug"}
    changed = admin.post("teams/west/", {"name": "Far West", "managers": ["max"], "may_ask_model": False})
    assert changed.json() | {"members": []} == {
        **{"slug": "west", "name": "Far West", "may_ask_model": False},
        **{"managers": ["max"], "members": []},
    }
    refused = admin.post("teams/west/", {"name": "Near West", "managers": ["ada"]})
    assert refused.status_code == 409
    assert "Change the role first" in refused.json()["detail"]
    assert admin.post("teams/west/", {"managers": ["nobody"]}).status_code == 400
    assert Team.objects.get(slug="west").name == "Far West"


def test_the_audit_is_searched_and_taken_along(admin: Program, ada: Person) -> None:
    admin.post("people/ada/", {"role": "editor"})
    found = admin.get("audit/", who="root", what="change", subject="ada").json()["results"]
    assert [(row["actor"], row["before"], row["after"]) for row in found] == [
        ("root", {"role": "rep"}, {"role": "editor"})
    ]
    file = admin.get("audit/export/", who="root", what="change")
    rows = [json.loads(line) for line in b"".join(file.streaming_content).splitlines()]
    assert [row.pop("id") for row in rows] == [row["id"] for row in found]
    assert rows[0]["after"] == {"role": "editor"}
    assert (AuditEvent.objects.get(verb="export_audit").after or {})["rows"] == 1


@pytest.mark.parametrize(
    ("query", "about"),
    [
        ({"since": "yesterday"}, "since"),
        ({"whom": "ada"}, "whom"),
        ({"since": "2026-03-02", "until": "2026-03-01"}, "until"),
    ],
)
def test_a_search_that_is_not_understood_is_said(admin: Program, query: dict[str, str], about: str) -> None:
    assert admin.get("audit/", **query).json()["errors"].keys() == {about}


def test_the_audit_is_read_to_the_end_of_time(admin: Program) -> None:
    assert admin.get("audit/", until="9999-12-31").status_code == 200
    assert admin.get("audit/export/", until="9999-12-31").status_code == 200


def test_a_team_without_a_name_is_refused(admin: Program) -> None:
    refused = admin.post("teams/", {"slug": "east", "name": "  "})
    assert (refused.status_code, refused.json()["errors"].keys()) == (400, {"name"})
    assert admin.post("teams/", {"slug": "east", "name": " East "}).json()["name"] == "East"


def test_who_changes_their_own_teams_may_send_that_again(admin: Program, north: Team) -> None:
    first, again = (
        admin.post("teams/north/", {"managers": ["root"]}, **{"Idempotency-Key": "once"}) for _ in range(2)
    )
    assert (first.status_code, first.content) == (again.status_code, again.content) == (200, again.content)
    assert again.headers["Idempotent-Replayed"] == "true"


def test_managers_are_sent_back_as_they_were_read(admin: Program, north: Team, max: Person) -> None:
    Person.objects.filter(pk=max.pk).update(is_active=False)
    known = admin.get("teams/north/").json()["managers"]
    assert known == ["max"]
    both = admin.post("teams/north/", {"managers": [*known, "root"]}).json()["managers"]
    assert sorted(both) == ["max", "root"]
    assert admin.post("teams/north/", {"managers": ["nobody"]}).status_code == 400
