"""Django's admin: editors look at content, admins look after people, reps are kept out."""

from __future__ import annotations

import pytest
from django.contrib import admin
from django.test import Client

from enablement.models import AuditEvent, Card, Lesson, LessonPart, Person, Team

PEOPLE_PAGES = ["/admin/enablement/person/", "/admin/enablement/team/", "/admin/enablement/auditevent/"]


def make_staff(person: Person) -> Person:
    person.is_staff = True
    person.save()
    return person


def test_every_kind_of_content_is_there_to_look_at() -> None:
    missing = [kind for kind in LessonPart.__subclasses__() if not admin.site.is_registered(kind)]
    assert missing == []
    assert admin.site.is_registered(Lesson)


@pytest.mark.parametrize("staff", [False, True])
def test_a_rep_is_kept_out_even_where_marked_as_staff(client: Client, ada: Person, staff: bool) -> None:
    client.force_login(make_staff(ada) if staff else ada)
    for path in ["/admin/enablement/card/", *PEOPLE_PAGES]:
        assert client.get(path).status_code == 404, path


def test_an_editor_does_not_reach_people(client: Client, nia: Person) -> None:
    client.force_login(make_staff(nia))
    assert client.get("/admin/enablement/card/").status_code == 200
    for path in PEOPLE_PAGES:
        assert client.get(path).status_code == 403


def test_an_admin_reads_the_audit_and_cannot_change_it(client: Client, root: Person) -> None:
    client.force_login(make_staff(root))
    event = AuditEvent.objects.create(actor=root, verb="add", kind="card", subject="x")
    for path in PEOPLE_PAGES:
        assert client.get(path).status_code == 200
    assert client.post(f"/admin/enablement/auditevent/{event.pk}/delete/", {"post": "yes"}).status_code == 403


def test_content_is_looked_at_there_and_written_elsewhere(
    client: Client, nia: Person, released_lesson: Lesson
) -> None:
    client.force_login(make_staff(nia))
    card = Card.objects.get(slug="door-hinge")
    page = client.get(f"/admin/enablement/card/{card.pk}/change/")
    assert page.status_code == 200
    assert b'name="title"' not in page.content
    for path in (f"{card.pk}/change/", f"{card.pk}/delete/", "add/"):
        assert client.post(f"/admin/enablement/card/{path}", {"title": "Bolt"}).status_code == 403
    card.refresh_from_db()
    assert card.title == "Hinge"


def test_whom_a_lesson_is_for_is_set_there(
    client: Client, nia: Person, released_lesson: Lesson, north: Team
) -> None:
    client.force_login(make_staff(nia))
    path = f"/admin/enablement/lesson/{released_lesson.pk}/change/"
    assert client.post(path, {"teams": [north.pk], "title": "Gates"}).status_code == 302
    released_lesson.refresh_from_db()
    assert (released_lesson.title, list(released_lesson.teams.all())) == ("Doors", [north])
    assert AuditEvent.objects.get(verb="change").subject == "doors"


@pytest.mark.parametrize(
    ("place", "goes_to"),
    [
        ("/first-steps/", "/first-steps/"),
        ("https://evil.example/", "/admin/enablement/team/"),
        ("", "/admin/enablement/team/"),
    ],
)
def test_after_saving_a_team_one_is_back_where_one_came_from(
    client: Client, root: Person, place: str, goes_to: str
) -> None:
    client.force_login(make_staff(root))
    rows = {"memberships-TOTAL_FORMS": "0", "memberships-INITIAL_FORMS": "0"}
    saved = client.post(f"/admin/enablement/team/add/?next={place}", {"name": "West", "slug": "west", **rows})
    assert (saved.status_code, saved.headers.get("Location")) == (302, goes_to)


def test_teams_stand_beside_the_people_and_lead_back_to_them(
    client: Client, root: Person, north: Team
) -> None:
    client.force_login(make_staff(root))
    page = client.get("/people/").content.decode()
    assert f"/admin/enablement/team/{north.pk}/change/?next=/people/" in page
