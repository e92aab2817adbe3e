"""What is one's own through the API: corrections one was told of, settings, the practice plan, one's data."""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.utils import timezone

from enablement.models import AuditEvent, Lesson, Person
from enablement.personal.erasing import erase
from enablement.trust.verifying import assign_owner
from quizzes.models import PracticePlan
from tests.api.conftest import Program
from tests.trust.test_recalls import ENTRY, NEW, OLD, change, give

Programs = Callable[[Person], Program]


def test_a_correction_names_whom_it_reached_to_its_owner_alone(
    released_lesson: Lesson, program: Programs, ada: Person, max: Person, nia: Person, zoe: Person
) -> None:
    assign_owner(*ENTRY, nia, person=max)
    give(ada, OLD)
    (recall,) = change(nia, do_say=NEW)
    own = f"corrections/{recall.pk}/"
    read = program(ada).get(own).json()
    assert (read["correction"]["old"], read["new"], read["reached"], read["people"]) == (OLD, NEW, None, [])
    assert [line["text"] for line in read["given"]] == [OLD]
    assert recall.notices.get(person=ada).read_at is None
    (reached,) = program(max).get(own).json()["people"]
    assert (reached["username"], reached["given"]["text"], reached["read_at"]) == ("ada", OLD, None)
    assert program(zoe).get(own).status_code == 404
    assert [program(who).get("corrections/").json()["count"] for who in (ada, zoe)] == [1, 0]


def test_settings_are_changed_one_at_a_time_and_that_is_on_record(program: Programs, ada: Person) -> None:
    was = program(ada).get("me/settings/").json()
    changed = program(ada).post("me/settings/", {"time_zone": "Asia/Tokyo", "messages_by": "slack"}).json()
    assert changed == was | {"time_zone": "Asia/Tokyo", "messages_by": "slack"}
    rows = AuditEvent.objects.filter(actor=ada, verb__startswith="choose_")
    assert sorted((row.verb, *(row.after or {})) for row in rows) == [
        ("choose_looks", "time_zone"),
        ("choose_mail", "messages_by"),
    ]
    refused = program(ada).post("me/settings/", {"time_zone": "Mars/Base"})
    assert refused.json()["errors"].keys() == {"time_zone"}


def test_what_is_not_changed_of_a_plan_stays(program: Programs, ada: Person) -> None:
    back = (timezone.now() + timedelta(days=5)).date().isoformat()
    first = program(ada).post("practice/plan/", {"away_until": back, "slack_hour": 8}).json()
    second = program(ada).post("practice/plan/", {"daily_cap": 4, "shares_answers": True}).json()
    assert second == first | {"daily_cap": 4, "shares_answers": True}
    assert program(ada).post("practice/plan/", {"away_until": None}).json()["away_until"] is None


def test_who_was_away_changes_their_plan(program: Programs, ada: Person) -> None:
    PracticePlan.objects.create(person=ada, away_until=timezone.now().date() - timedelta(days=3))
    assert program(ada).post("practice/plan/", {"daily_cap": 4}).json()["daily_cap"] == 4


@pytest.mark.parametrize(
    ("sent", "about"),
    [
        ({"away_until": "2020-01-01"}, "away_until"),
        ({"daily_cap": 5}, "daily_cap"),
        ({"slack_hour": 3}, "slack_hour"),
    ],
)
def test_a_plan_that_is_none_is_said(
    program: Programs, ada: Person, sent: dict[str, object], about: str
) -> None:
    assert program(ada).post("practice/plan/", sent).json()["errors"].keys() == {about}


def test_one_takes_ones_own_data_and_an_admin_somebodys(program: Programs, ada: Person, root: Person) -> None:
    for who, path in ((ada, "me/data/"), (root, "people/ada/data/")):
        file = program(who).get(path)
        archive = zipfile.ZipFile(io.BytesIO(file.content))
        assert json.loads(archive.read("who-they-are-here.json"))[0]["username"] == "ada"
        assert AuditEvent.objects.filter(actor=who, verb="export_person", subject=str(ada.pk)).exists()


def test_erasing_shows_what_goes_and_asks_for_the_name(program: Programs, ada: Person, root: Person) -> None:
    admin = program(root)
    assert {"what", "rows", "fate"} == admin.get("people/ada/erase/").json()[0].keys()
    slip = admin.post("people/ada/erase/", {"username": "adam"})
    assert "Nothing was erased" in slip.json()["detail"]
    assert admin.post("people/root/erase/", {"username": "root"}).status_code == 409
    assert admin.post("people/ada/erase/", {"username": "ada"}).status_code == 200
    ada.refresh_from_db()
    assert ada.erased_at
    assert admin.get("people/ada/").status_code == 404


def test_an_answer_that_names_who_was_erased_is_not_given_again(
    program: Programs, ada: Person, root: Person
) -> None:
    admin, once = program(root), {"Idempotency-Key": "once"}
    assert "ada@example.org" in admin.post("people/ada/deactivate/", {}, **once).content.decode()
    erase(ada, root)
    assert "ada@example.org" not in admin.post("people/ada/deactivate/", {}, **once).content.decode()
