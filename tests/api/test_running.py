"""What admins look after by API: how the site is, what leaves for a model, what groups give."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from enablement.models import AuditEvent, GroupRule, Person, Team, Work
from enablement.outbox import MAX_TRIES
from tests.api.conftest import Program

Of = Callable[[Person], Program]


@pytest.fixture
def admin(program: Of, root: Person) -> Program:
    return program(root)


def test_every_part_says_how_it_is(admin: Program) -> None:
    found = admin.get("status/").json()
    parts = {part["part"]: part["health"] for part in found["parts"]}
    assert parts["database"] == "ok"
    assert set(parts.values()) <= {"ok", "warn", "bad"}


def test_work_that_was_given_up_is_listed_and_sent_again(admin: Program, root: Person) -> None:
    work = Work.objects.create(
        name="nothing", tries=MAX_TRIES, error="It broke.", arguments={"text": "secret"}
    )
    assert admin.get("status/").json()["given_up"] == 1
    listed = admin.get("status/work/")
    assert [row["error"] for row in listed.json()["results"]] == ["It broke."]
    assert "secret" not in listed.content.decode()
    assert admin.post(f"status/work/{work.pk}/try-again/", {}).status_code == 200
    assert admin.post(f"status/work/{work.pk}/try-again/", {}).status_code == 404
    assert AuditEvent.objects.filter(actor=root, verb="try_work_again").count() == 1


def test_what_would_leave_for_a_model_is_shown_without_names(admin: Program, ada: Person) -> None:
    Person.objects.filter(pk=ada.pk).update(email="ada@example.org")
    shown = admin.get("model-use/", question="Does ada@example.org need retrieval?").json()
    assert "retrieval" in str(shown["sends"])
    assert "ada@example.org" not in str(shown["sends"])
    assert admin.get("model-use/").json()["sends"] is None
    assert admin.get("model-use/", question="").json()["code"] == "bad_text"


def test_a_rule_is_made_listed_and_taken_out_on_record(admin: Program, north: Team) -> None:
    made = admin.post("group-rules/", {"group": "leads", "team": "north", "manages": True})
    assert made.status_code == 201, made.content
    assert made.json()["in_words"] == "Whoever is in “leads” manages the team North."
    assert [rule["group"] for rule in admin.get("group-rules/").json()["results"]] == ["leads"]
    assert admin.post(f"group-rules/{made.json()['id']}/delete/", {}).status_code == 200
    assert not GroupRule.objects.exists()
    verbs = AuditEvent.objects.filter(kind="grouprule").order_by("pk").values_list("verb", flat=True)
    assert list(verbs) == ["add", "delete"]


@pytest.mark.parametrize(
    ("sent", "about"),
    [
        ({"group": "leads"}, "role"),
        ({"group": "leads", "role": "rep", "team": "north"}, "role"),
        ({"group": "leads", "role": "rep", "manages": True}, "manages"),
        ({"group": "leads", "team": "nothing"}, "team"),
        ({"group": " ", "role": "rep"}, "group"),
    ],
)
def test_a_rule_that_is_none_is_said(
    admin: Program, north: Team, sent: dict[str, object], about: str
) -> None:
    assert admin.post("group-rules/", sent).json()["errors"].keys() == {about}
    assert not GroupRule.objects.exists()
