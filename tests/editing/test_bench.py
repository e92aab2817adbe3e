"""The bench beside a guide entry: each phrasing of the form against the wording check, nothing saved."""

from __future__ import annotations

import pytest
from django.test import Client

from enablement.editing.bench import TRIED, try_phrasings
from enablement.judges.training import train_guide
from enablement.lessons.revising import open_draft
from enablement.models import Delivery, Lesson, Person, Revision
from tests.editing.forms import fields_in

FIRM = "Our locks are unbreakable."
KIND = "Ask us about the guarantee."


@pytest.fixture
def draft(released_lesson: Lesson, nia: Person) -> Revision:
    return open_draft("guide_entry", "door-unbreakable", nia)


@pytest.fixture
def editor(nia: Person) -> Client:
    client = Client()
    client.force_login(nia)
    return client


@pytest.mark.usefixtures("encoder", "released_lesson")
def test_a_phrasing_is_right_where_the_check_does_what_its_list_says(nia: Person) -> None:
    train_guide()
    item = {"slug": "door-unbreakable", "breaks": [KIND, FIRM], "fine": [KIND, FIRM]}
    rows = try_phrasings(item, nia).rows
    assert [(row.level, row.is_right) for row in rows] == [
        ("block", True),
        ("", False),
        ("block", False),
        ("", True),
    ]
    assert not Delivery.objects.exists()


@pytest.mark.usefixtures("encoder", "released_lesson")
def test_the_last_of_a_long_list_are_tried_and_whose_finding_it_is_stands_there(nia: Person) -> None:
    train_guide()
    bench = try_phrasings({"slug": "new", "breaks": [KIND] * 3 + [FIRM] * TRIED}, nia)
    assert {row.by_another for row in bench.rows} == {"This lock cannot be broken."}
    assert (len(bench.rows), bench.left_out) == (TRIED, 3)


@pytest.mark.usefixtures("encoder")
def test_without_script_the_form_comes_back_with_the_results_and_all_that_was_typed(
    editor: Client, draft: Revision
) -> None:
    train_guide()
    url = f"/revisions/{draft.pk}/"
    typed = {**fields_in(editor.get(url)), "why": "Typed.", "breaks": FIRM, "fine": KIND, "do": "try"}
    page = editor.post(url, typed)
    assert b"2 of 2 come out as they should" in page.content
    assert fields_in(page)["why"] == "Typed."
    before = draft.edition
    draft.refresh_from_db()
    assert draft.edition == before


def test_a_check_that_cannot_run_says_so_and_keeps_the_text(editor: Client, draft: Revision) -> None:
    url = f"/revisions/{draft.pk}/"
    typed = {**fields_in(editor.get(url)), "breaks": "Never trained on this.", "do": "try"}
    page = editor.post(url, typed)
    assert b"notice warn" in page.content
    assert fields_in(page)["breaks"] == "Never trained on this."


def test_only_a_guide_entry_has_a_bench(editor: Client, released_lesson: Lesson, nia: Person) -> None:
    draft = open_draft("card", "door-lock", nia)
    assert b'id="bench"' not in editor.get(f"/revisions/{draft.pk}/").content
