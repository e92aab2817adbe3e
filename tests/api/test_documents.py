"""Documents through the API: handed in, read, decided draft by draft, their conflicts written down."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from enablement.api import documents
from enablement.judges.encoder import EncoderUnavailable
from enablement.lessons import importing
from enablement.lessons.importing import run_import
from enablement.models import AuditEvent, Card, Draft, ImportJob, Lesson, Person, Revision, Source
from tests.api.conftest import Program
from tests.documents.conftest import take_in
from tests.documents.papers import PAPER

Programs = Callable[[Person], Program]


@pytest.fixture
def editor(released_lesson: Lesson, program: Programs, nia: Person) -> Program:
    return program(nia)


@pytest.fixture
def paper(editor: Program, nia: Person, released_lesson: Lesson) -> Source:
    """A document that was read without asking the guide."""
    return take_in(PAPER, nia, released_lesson)


def upload(editor: Program, name: str, data: bytes, **headers: str) -> Any:
    sent = {"file": SimpleUploadedFile(name, data), "lesson": "doors"}
    known = {"Authorization": f"Bearer {editor.clear}", "Accept": "application/json"}
    return editor.client.post("/api/v1/documents/", sent, headers=known | headers)


def test_a_text_is_pasted_and_read(editor: Program, monkeypatch: pytest.MonkeyPatch) -> None:
    def away(*texts: object, **options: object) -> None:
        raise EncoderUnavailable("The encoder is not running.")

    monkeypatch.setattr(importing, "encode", away)
    job = editor.post("documents/", {"title": "Kettles", "text": PAPER, "lesson": "doors"})
    assert (job.status_code, job.json()["state"], job.json()["name"]) == (202, "waiting", "Kettles.txt")
    run_import(job.json()["id"])
    done = editor.get(f"imports/{job.json()['id']}/").json()
    assert (done["state"], done["added"], done["error"]) == ("done", 4, "The encoder is not running.")
    assert [row["id"] for row in editor.get("imports/", state="done", lesson="doors").json()["results"]] == [
        done["id"]
    ]
    document = editor.get(f"documents/{done['document']}/").json()
    assert (document["waiting"], document["version"]["number"]) == (4, 1)
    assert document["version"]["text"] == PAPER.strip()
    assert editor.get(f"documents/{done['document']}/", version="9").status_code == 404


def test_a_file_is_uploaded_once_under_its_key(editor: Program) -> None:
    key = {"Idempotency-Key": "kettles"}
    jobs = [upload(editor, "kettles.md", PAPER.encode(), **key) for _ in range(2)]
    assert [job.status_code for job in jobs] == [202, 202]
    assert jobs[0].json() == jobs[1].json()
    assert bytes(ImportJob.objects.get().data) == PAPER.encode()
    assert upload(editor, "kettles.md", b"Another", **key).json()["code"] == "idempotency_key_reused"


def test_a_file_that_is_too_large_is_said(editor: Program, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(documents, "is_too_large", lambda name, size: f"“{name}” is too large.")
    refused = upload(editor, "kettles.md", b"x")
    assert refused.json()["errors"] == {"file": ["“kettles.md” is too large."]}
    assert not ImportJob.objects.exists()


def test_a_form_with_too_much_beside_its_file_is_said(editor: Program) -> None:
    known = {"Authorization": f"Bearer {editor.clear}"}
    many = {f"field-{number}": "x" for number in range(1_001)}
    refused = editor.client.post("/api/v1/documents/", many, headers=known)
    assert (refused.status_code, refused.json()["code"]) == (413, "body_too_large")


def test_an_import_is_cancelled(editor: Program) -> None:
    job = upload(editor, "kettles.md", b"# Kettles").json()
    assert editor.post(f"imports/{job['id']}/cancel/", {}).json()["state"] == "cancelled"


def test_a_draft_is_put_right_accepted_and_taken_back(editor: Program, paper: Source, nia: Person) -> None:
    (card,) = editor.get("document-drafts/", document=paper.slug, kind="card").json()["results"]
    place = f"document-drafts/{card['id']}/"
    right = editor.post(place, {"values": {"title": "A tea kettle"}}).json()
    assert (right["title"], right["values"]["title"]) == ("A tea kettle", "A tea kettle")
    accepted = editor.post(f"{place}accept/", {}).json()
    assert accepted["state"] == "accepted"
    assert Revision.objects.get(pk=accepted["revision"]).item["title"] == "A tea kettle"
    assert editor.post(f"{place}accept/", {}).status_code == 409
    assert editor.post(f"{place}undo/", {}).json()["state"] == "proposed"
    assert editor.post(f"{place}discard/", {}).json()["decided_by"] == "nia"
    verbs = AuditEvent.objects.filter(actor=nia, kind="draft", subject=str(card["id"]))
    assert set(verbs.values_list("verb", flat=True)) == {"edit", "accept", "undo", "discard"}
    assert editor.get("document-drafts/", state="discarded").json()["count"] == 1


def test_a_draft_keeps_a_short_name(editor: Program, paper: Source) -> None:
    draft = Draft.objects.get(source=paper, kind="card")
    refused = editor.post(f"document-drafts/{draft.pk}/", {"values": {"slug": " "}})
    assert (refused.status_code, "short name" in refused.json()["detail"]) == (409, True)


def test_two_files_at_once_are_refused(editor: Program) -> None:
    sent = {"file": [SimpleUploadedFile("a.md", b"# A"), SimpleUploadedFile("b.md", b"# B")]}
    known = {"Authorization": f"Bearer {editor.clear}"}
    refused = editor.client.post("/api/v1/documents/", sent, headers=known)
    assert refused.json()["errors"] == {"file": ["Send one file with a request."]}
    assert not ImportJob.objects.exists()


def test_a_step_goes_into_a_ladder_that_is_there(editor: Program, paper: Source) -> None:
    draft = Draft.objects.get(source=paper, kind="card")
    Draft.objects.filter(pk=draft.pk).update(kind="ladder_step")
    refused = editor.post(f"document-drafts/{draft.pk}/merge/", {"target": "no-such-ladder"})
    assert refused.json()["errors"].keys() == {"target"}
    draft.refresh_from_db()
    assert draft.state == "proposed"


def test_a_draft_is_merged_into_a_piece(editor: Program, paper: Source) -> None:
    draft = Draft.objects.get(source=paper, kind="card")
    place = f"document-drafts/{draft.pk}/merge/"
    begun = editor.post("drafts/", {"kind": "card", "slug": "door-lock"}).json()
    merge = {"target": "door-lock", "item": begun["item"] | {"what_it_is": "It boils."}}
    assert editor.post(place, merge).status_code == 409
    merged = editor.post(place, merge | {"edition": begun["edition"]})
    assert (merged.status_code, merged.json()["state"]) == (200, "merged"), merged.content
    assert paper.slug in Revision.objects.get(pk=merged.json()["revision"]).item["sources"]
    assert editor.get(f"drafts/{begun['id']}/").json()["item"]["what_it_is"] == "It boils."
    assert Card.objects.get(slug="door-lock").what_it_is != "It boils."


def test_many_drafts_are_decided_and_all_of_it_taken_back(editor: Program, paper: Source) -> None:
    place, ids = f"documents/{paper.slug}/decide/", [draft.pk for draft in paper.drafts.all()]
    done = editor.post(place, {"do": "discard", "drafts": ids}).json()
    assert (sorted(done["done"]), done["refused"]) == (sorted(ids), [])
    again = editor.post(place, {"do": "discard", "drafts": ids[:1]}).json()
    assert again["refused"][0]["why"].endswith("decided about this already: discarded.")
    assert sorted(editor.post(place, {"do": "undo"}).json()["done"]) == sorted(ids)


def test_a_document_is_given_checked_and_told_apart(editor: Program, paper: Source, lesson_item: Any) -> None:
    place = f"documents/{paper.slug}/"
    assert editor.post(f"{place}lesson/", {"lesson": "doors"}).json()["lesson"] == "doors"
    assert editor.post(f"{place}lesson/", {"lesson": "nothing"}).status_code == 404
    assert editor.post(f"{place}check/", {}).status_code == 202
    assert editor.post(f"{place}alike/", {"join": False}).json()["nearly_same_as"] is None
    assert editor.post(f"{place}alike/", {"join": True}).status_code == 409


def test_a_conflict_is_written_down(editor: Program, paper: Source) -> None:
    start = PAPER.index("kettle")
    row = {"type": "guide", "entry": "door-unbreakable", "start": start, "end": start + 6, "quote": "kettle"}
    paper.versions.update(findings=[row | {"level": "block"}])
    (found,) = editor.get("conflicts/", document=paper.slug, lesson="doors").json()["results"]
    assert (found["kind"], found["voices"][0]["document"]) == ("guide", paper.slug)
    begun = editor.post("conflicts/", {"key": found["key"]})
    assert (begun.status_code, begun.json()["kind"]) == (201, "disagreement"), begun.content
    assert editor.post("conflicts/", {"key": "gone"}).status_code == 409


REFUSED: list[Any] = [
    ("documents/", {"text": ""}, None),
    ("documents/", {"text": "x", "lesson": "x y"}, "lesson"),
    ("documents/", {"texts": "x"}, "texts"),
    ("document-drafts/{draft}/", {"values": {"nothing": "x"}}, "values.nothing"),
    ("document-drafts/{draft}/", {"values": {"title": 5}}, "values.title"),
    ("document-drafts/{draft}/merge/", {"target": "door-lock"}, "item"),
    ("document-drafts/{draft}/accept/", {"keep": True}, "keep"),
    ("documents/{document}/decide/", {"do": "accept"}, "drafts"),
    ("documents/{document}/decide/", {"do": "accept", "drafts": [987654]}, "drafts"),
]


def test_bad_input_is_said(editor: Program, paper: Source) -> None:
    draft = Draft.objects.get(source=paper, kind="card")
    for path, body, about in REFUSED:
        refused = editor.post(path.format(draft=draft.pk, document=paper.slug), body)
        assert refused.status_code == 400, refused.content
        assert list(refused.json().get("errors", {None: ""})) == [about]


def test_readers_have_no_documents(paper: Source, program: Programs, ada: Person, max: Person) -> None:
    for person in (ada, max):
        for place in ("documents/", f"documents/{paper.slug}/", "imports/", "document-drafts/", "conflicts/"):
            assert program(person).get(place).status_code == 404
        assert upload(program(person), "kettles.md", b"x").status_code == 404
