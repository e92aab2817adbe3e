"""The guide as a file through the API, out and in."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from enablement.lessons.load import load_lessons
from enablement.models import AuditEvent, GuideEntry, Person, Revision
from tests.api.conftest import Program
from tests.small_lesson import small_lesson

pytestmark = pytest.mark.django_db
Of = Callable[[Person], Program]


@pytest.fixture
def editor(nia: Person, program: Of) -> Program:
    load_lessons([small_lesson("doors")])
    return program(nia)


def test_the_file_comes_back_as_it_was_taken(editor: Program) -> None:
    file = editor.get("guide-csv/")
    assert file["Content-Type"].startswith("text/csv")
    assert AuditEvent.objects.filter(verb="export_guide", channel="api").count() == 1
    back = editor.post("guide-csv/proposals/", {"lesson": "doors", "text": file.content.decode()})
    assert (back.status_code, back.json()) == (
        201,
        {"new": [], "changed": [], "same": ["door-unbreakable"], "busy": []},
    )


def test_what_is_new_or_changed_becomes_a_draft(editor: Program) -> None:
    text = editor.get("guide-csv/").content.decode().replace("ten minutes", "nine minutes")
    text += 'doors,door-new,"It is silent.","It is quieter than most.","Nothing is silent.",,,,,\r\n'
    made = editor.post("guide-csv/proposals/", {"lesson": "doors", "text": text}).json()
    assert [one["slug"] for one in made["new"]] == ["door-new"]
    assert [one["slug"] for one in made["changed"]] == ["door-unbreakable"]
    assert Revision.objects.get(pk=made["new"][0]["id"]).state == "draft"
    assert GuideEntry.objects.get().do_say.endswith("ten minutes.")


def test_a_file_with_a_fault_is_refused_whole_and_every_fault_is_said(editor: Program) -> None:
    text = "dont_say,do_say,why,colour\r\nIt is silent.,,\r\n"
    refused = editor.post("guide-csv/proposals/", {"lesson": "doors", "text": text})
    assert refused.status_code == 400
    assert "colour" in refused.json()["errors"]["text"][0]
    assert not Revision.objects.filter(state="draft").exists()


def test_readers_neither_take_nor_send_it(editor: Program, ada: Person, program: Of) -> None:
    assert program(ada).get("guide-csv/").status_code == 404
    sent = {"lesson": "doors", "text": "dont_say,do_say,why\r\na,b,c\r\n"}
    assert program(ada).post("guide-csv/proposals/", sent).status_code == 404
