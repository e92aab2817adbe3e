"""Loading files again leaves what was edited here, and proposes what the files say now."""

from __future__ import annotations

from typing import Any

import pytest

from enablement.lessons.load import load_lessons
from enablement.lessons.revising import open_draft, release, retire, save_draft
from enablement.lessons.schema import LessonItem
from enablement.models import Card, Lesson, Person, Revision
from tests.small_lesson import small_lesson

pytestmark = pytest.mark.django_db


def with_card(**values: Any) -> LessonItem:
    """The small lesson with another first card (the lock)."""
    item = small_lesson()
    return item.model_copy(
        update={"cards": [item.cards[0].model_copy(update=values), *item.cards[1:]]}, deep=True
    )


def edit(person: Person, slug: str, **values: Any) -> Revision:
    draft = open_draft("card", slug, person)
    return release(save_draft(draft, {**draft.item, **values}, edition=1, person=person), person)


@pytest.fixture(autouse=True)
def doors(released_lesson: Lesson) -> Lesson:
    return released_lesson


def test_files_that_nobody_edited_here_are_taken(nia: Person) -> None:
    load_lessons([with_card(title="Bolt")])
    assert Card.objects.get(slug="door-lock").title == "Bolt"
    assert not Revision.objects.exists()


def test_what_was_edited_here_stays_and_the_files_become_a_draft(nia: Person) -> None:
    edit(nia, "door-lock", title="Latch")
    load_lessons([with_card(title="Bolt")])
    assert Card.objects.get(slug="door-lock").title == "Latch"
    proposed = Revision.objects.get(kind="card", slug="door-lock", state="draft")
    assert (proposed.origin, proposed.item["title"]) == ("loaded", "Bolt")
    assert release(proposed, nia).item["title"] == "Bolt"


def test_a_change_elsewhere_in_the_files_proposes_nothing(nia: Person) -> None:
    edit(nia, "door-lock", title="Latch")
    item = small_lesson()
    load_lessons([item.model_copy(update={"summary": "Another summary."})])
    assert Card.objects.get(slug="door-lock").title == "Latch"
    assert Lesson.objects.get(slug="doors").summary == "Another summary."
    assert not Revision.objects.filter(state="draft").exists()


def test_the_same_change_is_proposed_once(nia: Person) -> None:
    edit(nia, "door-lock", title="Latch")
    load_lessons([with_card(title="Bolt")])
    load_lessons([with_card(title="Bolt").model_copy(update={"summary": "Another summary."})])
    assert Revision.objects.filter(kind="card", slug="door-lock", origin="loaded").count() == 2


def test_an_editors_draft_is_not_overwritten(nia: Person) -> None:
    edit(nia, "door-lock", title="Latch")
    mine = open_draft("card", "door-lock", nia)
    load_lessons([with_card(title="Bolt")])
    mine.refresh_from_db()
    assert mine.item["title"] == "Latch"
    assert Revision.objects.get(state="discarded").item["title"] == "Bolt"


def test_files_go_on_being_taken_where_only_a_draft_was_begun(nia: Person) -> None:
    mine = open_draft("card", "door-lock", nia)
    load_lessons([with_card(title="Bolt")])
    assert Card.objects.get(slug="door-lock").title == "Bolt"
    renewed = Revision.objects.get(kind="card", slug="door-lock", state="released")
    assert (renewed.origin, renewed.item["title"]) == ("loaded", "Bolt")
    assert mine.base_id != renewed.pk


def test_the_order_of_the_files_holds_for_all_pieces(nia: Person) -> None:
    edit(nia, "door-lock", title="Latch")
    load_lessons([with_card(title="Bolt")])
    assert list(Card.objects.values_list("slug", "position")) == [("door-lock", 0), ("door-hinge", 1)]


def test_what_was_retired_here_stays_retired(nia: Person) -> None:
    retire("card", "door-lock", nia)
    load_lessons([with_card(title="Bolt")])
    card = Card.objects.get(slug="door-lock")
    assert (card.state, card.title) == ("archived", "Lock")
    assert Revision.objects.get(state="draft").item["title"] == "Bolt"


def test_a_lessons_own_words_edited_here_stay(nia: Person) -> None:
    draft = open_draft("lesson", "doors", nia)
    release(save_draft(draft, {**draft.item, "title": "Gates"}, edition=1, person=nia), nia)
    load_lessons([small_lesson().model_copy(update={"title": "Portals"})])
    assert Lesson.objects.get(slug="doors").title == "Gates"
    assert Revision.objects.get(kind="lesson", state="draft").item["title"] == "Portals"
