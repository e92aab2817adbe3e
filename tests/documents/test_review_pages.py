"""The pages of a review without script and as fragments, and who gets to see them."""

from __future__ import annotations

import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from enablement.models import (
    Draft,
    DraftState,
    ImportJob,
    ImportState,
    Lesson,
    Person,
    Revision,
    Source,
)
from tests.documents.conftest import draft_of, take_in
from tests.documents.papers import PAPER

HTMX = {"HX-Request": "true"}


@pytest.fixture
def editor(client: Client, nia: Person) -> Client:
    client.force_login(nia)
    return client


def html(client: Client, path: str) -> str:
    response = client.get(path)
    assert response.status_code == 200, path
    return response.content.decode()


def decide(client: Client, draft: Draft, do: str, **headers: str) -> str:
    response = client.post(f"/documents/drafts/{draft.pk}/", {"do": do}, headers=headers or None)
    return response.content.decode()


def test_each_field_leads_to_its_place_in_the_text(editor: Client, kettle: Draft, paper: Source) -> None:
    page = html(editor, f"/documents/{paper.slug}/")
    at = kettle.spans["what_it_is"][0]
    assert f'href="#t-{at}"' in page
    assert f'id="t-{at}"' in page
    assert f"{kettle.pk}:what_it_is" in page


@pytest.mark.parametrize("do", ["accept", "release", "discard"])
def test_a_decision_without_script_goes_back_to_the_next_draft(
    editor: Client, kettle: Draft, do: str
) -> None:
    response = editor.post(f"/documents/drafts/{kettle.pk}/", {"do": do})
    assert response.status_code == 302
    assert "#draft-" in response["Location"]
    kettle.refresh_from_db()
    assert kettle.state != DraftState.PROPOSED


def test_a_decision_comes_back_as_the_panel_and_the_count(editor: Client, kettle: Draft) -> None:
    answer = decide(editor, kettle, "accept", **HTMX)
    assert 'data-state="accepted"' in answer
    assert "1 of 4 decided" in answer
    assert 'value="undo"' in answer
    assert 'value="accept"' in decide(editor, kettle, "undo", **HTMX)


def test_a_taken_name_offers_to_merge_or_to_keep_both(editor: Client, kettle: Draft) -> None:
    kettle.item["slug"] = "door-lock"
    kettle.save()
    answer = decide(editor, kettle, "accept", **HTMX)
    assert "door-lock" in answer
    assert 'value="both"' in answer
    assert f"/documents/drafts/{kettle.pk}/merge/?target=door-lock" in answer


def test_editing_keeps_or_accepts(editor: Client, paper: Source) -> None:
    draft = draft_of(paper, "term", "Lid")
    path = f"/documents/drafts/{draft.pk}/edit/"
    assert "What keeps the steam in" in html(editor, path)
    editor.post(path, {"f-meaning": "A cover", "do": "keep"})
    draft.refresh_from_db()
    assert (draft.item["meaning"], draft.state) == ("A cover", DraftState.PROPOSED)
    editor.post(path, {"f-meaning": "A good cover", "do": "accept"})
    revision = Revision.objects.get(kind="term", slug="lid")
    assert revision.item["meaning"] == "A good cover"


def test_cards_and_choices_are_shown_by_what_they_are_called(
    editor: Client, nia: Person, released_lesson: Lesson
) -> None:
    paper = "# Notes\n\n## When to use a lock\n\n- Many people pass the door\n"
    draft = draft_of(take_in(paper, nia), "fit", "Many")
    draft.item |= {"card": "door-lock", "kind": "does_not_help"}
    draft.save()
    page = html(editor, f"/documents/drafts/{draft.pk}/")
    assert re.search(r"</a> Lock</dd>", page)
    assert "Does not help" in page
    form = html(editor, f"/documents/drafts/{draft.pk}/edit/")
    assert '<option value="door-lock" selected>Lock</option>' in form


def test_merging_field_by_field(editor: Client, kettle: Draft) -> None:
    path = f"/documents/drafts/{kettle.pk}/merge/"
    assert "Lock" in html(editor, f"{path}?choose")
    assert "As the document has it" in html(editor, f"{path}?target=door-lock")
    given = {"target": "door-lock", "edition": "", "choice-title": "keep", "choice-what_it_is": "take"}
    assert editor.post(path, given).status_code == 302
    item = Revision.objects.open().get(kind="card", slug="door-lock").item
    assert item["title"] == "Lock"
    assert item["what_it_is"] == "A kettle with a whistle in its spout."


def test_merging_into_a_newer_draft_version_asks_again_and_keeps_the_choices(
    editor: Client, kettle: Draft, root: Person
) -> None:
    path = f"/documents/drafts/{kettle.pk}/merge/"
    first = {"target": "door-lock", "edition": "", "choice-title": "own", "own-title": "My title"}
    revision = Revision.objects.filter(kind="card", slug="door-lock")
    assert not revision.exists()
    other = Client()
    other.force_login(root)
    other.post("/pieces/card/door-lock/edit/")
    answer = editor.post(path, first)
    assert answer.status_code == 409
    assert "My title" in answer.content.decode()
    assert revision.open().get().edition == 1


def test_a_changed_line_shows_what_changed(editor: Client, paper: Source, nia: Person) -> None:
    take_in(PAPER.replace("Where the water comes out", "Where the tea comes out"), nia)
    page = html(editor, f"/documents/{paper.slug}/")
    assert re.search(r"<del>(<span.*?</span>)?water", page)
    assert re.search(r"<ins>(<span.*?</span>)?tea", page)
    assert "Version 1" in page
    assert "Where the water" in html(editor, f"/documents/{paper.slug}/?version=1")


def test_what_was_not_recognised_is_listed_with_why(editor: Client, paper: Source) -> None:
    page = html(editor, f"/documents/{paper.slug}/")
    assert "1 passage of plain text, and why" in page
    assert "Running text before the first heading." in page


def test_script_in_a_document_is_text(editor: Client, nia: Person, released_lesson: Lesson) -> None:
    source = take_in(
        "# Doors\n\n<script>alert(1)</script>\n\n| Term | Meaning |\n|-|-|\n| A | <b>x</b> |\n| B | y |\n",
        nia,
    )
    page = html(editor, f"/documents/{source.slug}/")
    assert "<script>alert" not in page
    assert "&lt;b&gt;x" in page


def test_the_lesson_is_chosen_on_the_page(editor: Client, nia: Person, released_lesson: Lesson) -> None:
    source = take_in(PAPER, nia)
    editor.post(f"/documents/{source.slug}/lesson/", {"lesson": "doors"})
    assert set(source.drafts.values_list("lesson__slug", flat=True)) == {"doors"}


def test_files_and_a_pasted_text_become_jobs(editor: Client, released_lesson: Lesson) -> None:
    files = [SimpleUploadedFile("a.md", b"# A"), SimpleUploadedFile("b.pdf", b"%PDF-1.4")]
    given = {"files": files, "text": "Some words", "title": "Page", "lesson": "doors"}
    assert editor.post("/documents/add/", given).status_code == 302
    assert set(ImportJob.objects.values_list("name", flat=True)) == {"a.md", "b.pdf", "Page.txt"}
    assert {job.lesson for job in ImportJob.objects.all()} == {released_lesson}


def test_what_was_handed_in_is_listed_by_the_title_of_its_document(editor: Client, nia: Person) -> None:
    source = take_in(PAPER, nia)
    ImportJob.objects.create(name="Pasted text.txt", person=nia, source=source, state=ImportState.DONE)
    listed = html(editor, "/documents/imports/")
    assert f">{source.title}</a>" in listed
    assert "Pasted text.txt" not in listed


def test_one_file_leads_to_its_progress_which_can_be_cancelled(editor: Client) -> None:
    answer = editor.post("/documents/add/", {"files": [SimpleUploadedFile("a.md", b"# A")]}, follow=True)
    job = ImportJob.objects.get()
    assert f"/documents/imports/{job.pk}/cancel/" in answer.content.decode()
    editor.post(f"/documents/imports/{job.pk}/cancel/")
    assert "Cancelled" in html(editor, f"/documents/imports/{job.pk}/")


def test_nothing_handed_in_is_said_and_what_was_typed_stays(editor: Client, db: None) -> None:
    answer = editor.post("/documents/add/", {"title": "My title"})
    assert answer.status_code == 400
    assert "Choose a file" in answer.content.decode()
    assert "My title" in answer.content.decode()


@pytest.mark.parametrize(
    "path",
    [
        "",
        "imports/",
        "drafts/{draft}/edit/",
        "drafts/{draft}/merge/",
        "{slug}/",
        "{slug}/conflicts/",
        "../conflicts/",
    ],
)
def test_only_editors_get_in(client: Client, ada: Person, max: Person, kettle: Draft, path: str) -> None:
    path = "/documents/" + path.format(draft=kettle.pk, slug=kettle.source.slug)
    for person in (ada, max):
        client.force_login(person)
        assert client.get(path.replace("documents/../", "")).status_code == 404


def test_only_editors_decide(client: Client, ada: Person, kettle: Draft) -> None:
    client.force_login(ada)
    assert client.post(f"/documents/drafts/{kettle.pk}/", {"do": "accept"}).status_code == 404
    kettle.refresh_from_db()
    assert kettle.state == DraftState.PROPOSED


def test_a_source_without_text_is_no_document(editor: Client, db: None) -> None:
    Source.objects.create(slug="a-book", title="A book")
    assert editor.get("/documents/a-book/").status_code == 404


def test_ticked_drafts_are_decided_together_and_all_of_it_undone(
    editor: Client, paper: Source, kettle: Draft
) -> None:
    ticked = [str(pk) for pk in paper.drafts.values_list("pk", flat=True)]
    url = f"/documents/{paper.slug}/decide/"
    html = editor.post(url, {"do": "discard", "draft": ticked}, follow=True).content.decode()
    assert f"{len(ticked)} discarded." in html
    assert f"Undo all {len(ticked)}" in html
    html = editor.post(url, {"do": "undo"}, follow=True).content.decode()
    assert f"{len(ticked)} wait again." in html
    assert "Undo all" not in html
    assert "Tick the drafts" in editor.post(url, {"do": "accept"}, follow=True).content.decode()
    kettle.refresh_from_db()
    assert kettle.state == "proposed"
