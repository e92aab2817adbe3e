"""The pages of the editors, without JavaScript: what is posted, what comes back, what is in the way."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.test import Client

from enablement.lessons.pieces import KINDS
from enablement.lessons.revising import open_draft, release, save_draft, send_to_review
from enablement.models import Card, Distinction, Lesson, Person, Revision
from tests.conftest import make_person
from tests.editing.forms import fields_in
from tests.small_lesson import small_lesson

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def doors(released_lesson: Lesson) -> Lesson:
    return released_lesson


@pytest.fixture
def editor(nia: Person) -> Client:
    client = Client()
    client.force_login(nia)
    return client


@pytest.fixture
def olga(db: None) -> Person:
    return make_person("olga", "editor")  # type: ignore[arg-type]


@pytest.fixture
def other(olga: Person) -> Client:
    client = Client()
    client.force_login(olga)
    return client


def begin(client: Client, kind: str, slug: str) -> str:
    response = client.post(f"/pieces/{kind}/{slug}/edit/")
    assert response.status_code == 302
    return str(response["Location"])


def slugs() -> list[tuple[str, str]]:
    item = small_lesson()
    return [(kind, getattr(item, spec.plural)[0].slug) for kind, spec in KINDS.items()] + [
        ("lesson", "doors")
    ]


@pytest.mark.parametrize(("kind", "slug"), slugs())
def test_a_form_gives_back_what_was_put_in(editor: Client, nia: Person, kind: str, slug: str) -> None:
    url = begin(editor, kind, slug)
    page = editor.get(url)
    draft = Revision.objects.get(kind=kind, slug=slug, state="draft")
    response = editor.post(url, {**fields_in(page), "do": "save"})
    assert response.status_code == 302
    after = Revision.objects.get(pk=draft.pk)
    assert (after.item, after.edition) == (draft.item, 1)
    assert release(after, nia).state == "released"


@pytest.mark.parametrize(
    "path", ["/reviews/", "/lessons/new/", "/lessons/doors/contents/", "/pieces/card/door-lock/"]
)
def test_only_editors_reach_these_pages(path: str, ada: Person, editor: Client) -> None:
    reader = Client()
    reader.force_login(ada)
    assert reader.get(path).status_code == 404
    assert editor.get(path).status_code == 200


def test_readers_neither_open_nor_save_nor_release(ada: Person, nia: Person) -> None:
    draft = open_draft("card", "door-lock", nia)
    reader = Client()
    reader.force_login(ada)
    for path in (
        "/pieces/card/door-hinge/edit/",
        f"/revisions/{draft.pk}/",
        f"/revisions/{draft.pk}/release/",
    ):
        assert reader.post(path, {"do": "save"}).status_code == 404
    assert Revision.objects.filter(kind="card", slug="door-hinge").count() == 0


def test_a_saved_draft_is_not_what_readers_see(editor: Client, ada_client: Client) -> None:
    url = begin(editor, "card", "door-lock")
    fields = fields_in(editor.get(url))
    editor.post(url, {**fields, "title": "Bolt", "reason": "Plainer.", "do": "save"})
    assert b"Bolt" not in ada_client.get("/cards/door-lock/").content
    assert b"Draft: version 2 by Nia" in editor.get("/cards/door-lock/").content
    fields = fields_in(editor.get(url))
    response = editor.post(url, {**fields, "do": "release"}, follow=True)
    assert response.redirect_chain[-1][0] == "/cards/door-lock/"
    assert b"Bolt" in ada_client.get("/cards/door-lock/").content


def test_the_second_editor_gets_both_texts(editor: Client, other: Client) -> None:
    url = begin(editor, "card", "door-lock")
    mine, theirs = fields_in(editor.get(url)), fields_in(other.get(url))
    other.post(url, {**theirs, "title": "Bolt", "do": "save"})
    response = editor.post(url, {**mine, "title": "Latch", "summary": "Holds it shut.", "do": "save"})
    assert response.status_code == 409
    text = response.content.decode()
    assert "Bolt" in text
    assert "Latch" in text
    assert Card.objects.get(slug="door-lock").title == "Lock"
    ticked = fields_in(response)
    assert (ticked["pick-title"], ticked["pick-summary"]) == ("mine", "mine")
    merged = editor.post(f"{url}merge/", {**ticked, "pick-title": "theirs", "do": "save"})
    assert merged.status_code == 302
    item = Revision.objects.get(state="draft").item
    assert (item["title"], item["summary"]) == ("Bolt", "Holds it shut.")


def test_what_only_the_other_changed_is_taken_from_them(editor: Client, other: Client) -> None:
    url = begin(editor, "card", "door-lock")
    mine, theirs = fields_in(editor.get(url)), fields_in(other.get(url))
    other.post(url, {**theirs, "summary": "Holds it.", "do": "save"})
    ticked = fields_in(editor.post(url, {**mine, "title": "Latch", "do": "save"}))
    assert (ticked["pick-title"], ticked["pick-summary"]) == ("mine", "theirs")
    page = editor.post(f"{url}merge/", {**ticked, "do": "hand"})
    fields = fields_in(page)
    assert (fields["title"], fields["summary"]) == ("Latch", "Holds it.")
    assert editor.post(url, {**fields, "do": "save"}).status_code == 302
    assert Revision.objects.get(state="draft").item["title"] == "Latch"


def test_line_breaks_are_no_difference(editor: Client, other: Client, nia: Person) -> None:
    draft = open_draft("card", "door-lock", nia)
    save_draft(draft, {**draft.item, "what_it_is": "One line.\nAnother line."}, edition=1, person=nia)
    url = f"/revisions/{draft.pk}/"
    mine, theirs = fields_in(editor.get(url)), fields_in(other.get(url))
    assert "\r\n" in mine["what_it_is"]
    other.post(url, {**theirs, "summary": "Holds it.", "do": "save"})
    page = fields_in(editor.post(url, {**mine, "title": "Latch", "do": "save"}))
    assert {name for name in page if name.startswith("pick-")} == {"pick-title", "pick-summary"}


def test_a_third_save_in_between_is_shown_as_well(editor: Client, other: Client) -> None:
    url = begin(editor, "card", "door-lock")
    mine, theirs = fields_in(editor.get(url)), fields_in(other.get(url))
    other.post(url, {**theirs, "title": "Bolt", "do": "save"})
    ticked = fields_in(editor.post(url, {**mine, "title": "Latch", "do": "save"}))
    other.post(url, {**fields_in(other.get(url)), "title": "Bar", "do": "save"})
    again = editor.post(f"{url}merge/", {**ticked, "do": "save"})
    assert again.status_code == 409
    assert b"Bar" in again.content


def test_text_written_while_another_released_is_kept(editor: Client, other: Client) -> None:
    url = begin(editor, "card", "door-lock")
    mine, theirs = fields_in(editor.get(url)), fields_in(other.get(url))
    other.post(url, {**theirs, "title": "Bolt", "do": "release"})
    response = editor.post(url, {**mine, "title": "Latch", "do": "save"})
    assert response.status_code == 409
    merge = re.search(r'action="(/revisions/\d+/merge/)"', response.content.decode())
    assert merge
    editor.post(merge.group(1), {**fields_in(response), "do": "save"})
    draft = Revision.objects.get(kind="card", slug="door-lock", state="draft")
    assert draft.item["title"] == "Latch"
    assert Card.objects.get(slug="door-lock").title == "Bolt"


def test_rows_are_added_moved_removed_and_put_back(editor: Client) -> None:
    url = begin(editor, "ladder", "door-repair")
    fields = fields_in(editor.get(url))

    def press(do: str, held: dict[str, Any]) -> dict[str, Any]:
        response = editor.post(url, {**held, "do": do})
        assert response.status_code == 200
        return fields_in(response)

    added = press("add:steps", fields)
    assert (added["steps-count"], added["steps-2-title"]) == ("3", "")
    moved = press("up:steps:1", fields)
    assert (moved["steps-0-slug"], moved["steps-1-slug"]) == ("replace", "oil")
    gone = press("remove:steps:0", fields)
    assert (gone["steps-count"], gone["steps-0-slug"]) == ("1", "replace")
    back = press("restore:steps:0", gone)
    assert (back["steps-count"], back["steps-0-slug"]) == ("2", "oil")
    assert Revision.objects.get(state="draft").edition == 1


def test_the_cursor_goes_where_the_row_went(editor: Client) -> None:
    url = begin(editor, "ladder", "door-repair")
    fields = fields_in(editor.get(url))
    page = editor.post(url, {**fields, "do": "up:steps:1"}).content.decode()
    assert re.search(r'id="steps-0-down"[^>]* autofocus', page)
    page = editor.post(url, {**fields, "do": "add:steps"}).content.decode()
    assert re.search(r'name="steps-2-title"[^>]* autofocus', page)


def test_a_renamed_outcome_keeps_its_statements(editor: Client) -> None:
    url = begin(editor, "distinction", "door-problem")
    fields = fields_in(editor.get(url))
    editor.post(url, {**fields, "outcomes-0-name": "bolt", "do": "save"})
    item = Revision.objects.get(state="draft").item
    assert {row["outcome"] for row in item["statements"]} == {"bolt", "hinge", "neither"}
    assert [row["text"] for row in item["statements"]][:1] == ["The lock on the side door does not turn"]


def test_a_statement_with_its_reason_is_added_in_a_line(editor: Client, nia: Person) -> None:
    url = begin(editor, "distinction", "door-problem")
    fields = fields_in(editor.get(url))
    fields["statements-of-lock"] += "\nThe key will not go in // The key is named."
    editor.post(url, {**fields, "do": "save"})
    draft = Revision.objects.get(state="draft")
    assert draft.item["statements"][-1] == {
        "text": "The key will not go in",
        "outcome": "lock",
        "why": "The key is named.",
    }
    release(draft, nia)
    assert Distinction.objects.get().statements.count() == 13


def test_an_empty_field_is_kept_in_a_draft_and_named_at_release(editor: Client) -> None:
    url = begin(editor, "guide_entry", "door-unbreakable")
    fields = fields_in(editor.get(url))
    assert editor.post(url, {**fields, "why": "", "do": "save"}).status_code == 302
    page = editor.get(url)
    assert b"Before it can be released" in page.content
    refused = editor.post(url, {**fields_in(page), "do": "release"})
    assert refused.status_code == 400
    assert b'href="#why"' in refused.content


def test_what_was_typed_survives_a_refusal(editor: Client) -> None:
    url = begin(editor, "card", "door-lock")
    fields = fields_in(editor.get(url))
    refused = editor.post(url, {**fields, "title": "x" * 400, "what_it_is": "Kept words.", "do": "save"})
    assert refused.status_code == 400
    again = fields_in(refused)
    assert (again["title"], again["what_it_is"]) == ("x" * 400, "Kept words.")


def test_review_by_a_second_person(editor: Client, other: Client, doors: Lesson) -> None:
    editor.post("/lessons/doors/review/", {"needs_review": "1"})
    url = begin(editor, "card", "door-lock")
    fields = {**fields_in(editor.get(url)), "title": "Bolt"}
    editor.post(url, {**fields, "do": "release"})
    assert Card.objects.get(slug="door-lock").title == "Lock"
    editor.post(url, {**fields_in(editor.get(url)), "do": "review"})
    assert b"somebody else approves it" in editor.get(url).content
    editor.post(f"{url}approve/", {"release": "1"})
    assert Card.objects.get(slug="door-lock").title == "Lock"
    assert b"Bolt" in other.get("/reviews/").content
    other.post(f"{url}send-back/", {"note": "Name the maker."})
    assert b"Name the maker." in editor.get(url).content
    editor.post(url, {**fields_in(editor.get(url)), "do": "review"})
    other.post(f"{url}approve/", {"release": "1"})
    assert Card.objects.get(slug="door-lock").title == "Bolt"


def test_versions_are_compared_and_restored(editor: Client, nia: Person) -> None:
    draft = open_draft("card", "door-lock", nia)
    item = {**draft.item, "title": "Bolt", "what_it_is": "A lock keeps the door shut. It is made of brass."}
    release(save_draft(draft, item, edition=1, person=nia, reason="Plainer."), nia)
    page = editor.get("/pieces/card/door-lock/?from=1&to=2").content.decode()
    assert "Plainer." in page
    assert re.search(r"<del>.*holds.*</del>", page)
    assert re.search(r"<ins>.*keeps.*</ins>", page)
    first = Revision.objects.get(kind="card", slug="door-lock", number=1)
    response = editor.post(f"/revisions/{first.pk}/restore/")
    assert Revision.objects.get(state="draft").item["title"] == "Lock"
    assert response["Location"].startswith("/revisions/")


def test_a_piece_is_retired_and_brought_back(editor: Client, ada_client: Client) -> None:
    editor.post("/pieces/card/door-lock/retire/", {"do": "retire"})
    assert ada_client.get("/cards/door-lock/").status_code == 404
    editor.post("/pieces/card/door-lock/retire/", {"do": "bring-back"})
    assert ada_client.get("/cards/door-lock/").status_code == 200


def test_markdown_is_shown_as_it_will_read_and_never_as_html(editor: Client) -> None:
    url = begin(editor, "card", "door-lock")
    fields = {**fields_in(editor.get(url)), "what_it_is": "**Brass** <script>alert(1)</script>"}
    page = editor.post(url, {**fields, "do": "preview"}).content
    assert b"<strong>Brass</strong>" in page
    assert b"<script>alert" not in page


def test_the_queue_leaves_out_drafts_in_which_nothing_was_written(editor: Client) -> None:
    url = begin(editor, "card", "door-lock")
    assert url.encode() not in editor.get("/reviews/").content
    editor.post(url, {**fields_in(editor.get(url)), "title": "Bolt", "do": "save"})
    assert url.encode() in editor.get("/reviews/").content


def test_a_draft_begun_before_another_release_is_compared_first(editor: Client, nia: Person) -> None:
    url = begin(editor, "card", "door-lock")
    Revision.objects.filter(state="draft").update(base=None)
    response = editor.post(url, {**fields_in(editor.get(url)), "title": "Bolt", "do": "release"}, follow=True)
    assert b"Readers see a newer text" in response.content
    assert Card.objects.get(slug="door-lock").title == "Lock"
    editor.post(f"{url}take-over/")
    editor.post(url, {**fields_in(editor.get(url)), "do": "release"})
    assert Card.objects.get(slug="door-lock").title == "Bolt"


def test_hostile_counts_and_names_are_harmless(editor: Client) -> None:
    url = begin(editor, "ladder", "door-repair")
    fields = fields_in(editor.get(url))
    for wrong in ({"steps-count": "999999999"}, {"steps-count": "-1"}, {"edition": "x"}, {"began": "[]"}):
        assert editor.post(url, {**fields, **wrong, "do": "save"}).status_code in (200, 302, 400, 409)
    for do in ("up:steps:99", "remove:title:0", "add:", "restore:steps:0", "explode", "up:steps:²"):
        assert editor.post(url, {**fields, "do": do}).status_code in (200, 302, 400, 409)


def test_a_waiting_version_is_read_before_it_is_changed(editor: Client, nia: Person) -> None:
    draft = open_draft("card", "door-lock", nia)
    send_to_review(draft, nia)
    assert b'id="editing"' not in editor.get(f"/revisions/{draft.pk}/").content
    assert b'id="editing"' in editor.get(f"/revisions/{draft.pk}/?edit=1").content
