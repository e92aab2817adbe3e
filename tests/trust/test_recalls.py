"""Whoever was given a line that changed its meaning is told the old one and the new one; nobody else is."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from enablement.deliveries import Line, record_deliveries
from enablement.lessons.pieces import find_piece, read_piece
from enablement.lessons.schema import Item
from enablement.models import Delivery, Lesson, Notice, Person, Recall, Revision, Surface, Team
from enablement.trust.recalls import recall_changed_lines
from enablement.trust.verifying import assign_owner

ENTRY = ("guide_entry", "door-unbreakable")
OLD = "This lock withstands hand tools for ten minutes."
NEW = "This lock withstands hand tools for five minutes."


def live(kind: str, slug: str) -> Item:
    piece = find_piece(kind, slug)
    assert piece is not None
    return read_piece(piece)


def give(
    person: Person, text: str, kind: str = ENTRY[0], slug: str = ENTRY[1], field: str = "do_say"
) -> None:
    record_deliveries(person, Surface.BROWSER, "answer", [Line(kind, slug, field, text)])


def change(
    editor: Person, kind: str = ENTRY[0], slug: str = ENTRY[1], ticked: bool = False, **fields: Any
) -> list[Recall]:
    old = live(kind, slug)
    new = old.model_copy(update=fields)
    lesson = Lesson.objects.get(slug="doors")
    number = Revision.objects.of(kind, slug).count() + 1
    revision = Revision.objects.create(
        lesson=lesson,
        kind=kind,
        slug=slug,
        number=number,
        item=new.model_dump(mode="json"),
        state="superseded",
        changes_meaning=ticked,
    )
    return recall_changed_lines(old, new, revision, editor)


def test_who_was_given_the_line_is_told_old_and_new(
    released_lesson: Lesson, ada: Person, zoe: Person, nia: Person
) -> None:
    give(ada, OLD)
    (recall,) = change(nia, do_say=NEW)
    assert (recall.field, recall.old, recall.new, recall.by) == ("do_say", OLD, NEW, nia)
    notice = Notice.objects.get(person=ada)
    assert (notice.kind, notice.recall, notice.read_at) == ("recall", recall, None)
    assert OLD in notice.title
    assert not Notice.objects.filter(person=zoe).exists()


@pytest.mark.parametrize(
    "typo",
    [
        "This lock withstands hand tools for ten minutes!",
        "this lock withstands  hand tools for 10 minutes.",
        "This lock withstads hand tools for ten minutes.",
    ],
)
def test_a_typo_recalls_nothing(released_lesson: Lesson, ada: Person, nia: Person, typo: str) -> None:
    give(ada, OLD)
    assert change(nia, do_say=typo) == []
    assert not Notice.objects.exists()


def test_a_typo_that_the_editor_says_changes_the_meaning_is_recalled(
    released_lesson: Lesson, ada: Person, nia: Person
) -> None:
    give(ada, OLD)
    assert change(nia, ticked=True, do_say=OLD.replace(".", "!"))
    assert Notice.objects.filter(person=ada, kind="recall").count() == 1


def test_what_was_given_too_long_ago_is_not_recalled(
    released_lesson: Lesson, ada: Person, nia: Person, settings: Any
) -> None:
    give(ada, OLD)
    Delivery.objects.update(given_at=timezone.now() - timedelta(days=settings.RECALL_DAYS, minutes=1))
    (recall,) = change(nia, do_say=NEW)
    assert not recall.notices.filter(person=ada).exists()


def test_a_sentence_that_still_stands_is_not_recalled(
    released_lesson: Lesson, ada: Person, zoe: Person, nia: Person
) -> None:
    kind, slug, field = "card", "door-lock", "what_it_is"
    give(ada, "A lock holds the door shut.", kind, slug, field)
    give(zoe, "It is made of brass.", kind, slug, field)
    (recall,) = change(nia, kind, slug, what_it_is="A lock holds the door shut. It is made of steel.")
    assert [notice.person for notice in recall.notices.exclude(person=nia)] == [zoe]


def test_a_line_that_says_more_now_is_recalled_from_who_was_given_all_of_it(
    released_lesson: Lesson, ada: Person, nia: Person
) -> None:
    give(ada, OLD)
    (recall,) = change(nia, do_say=f"{OLD} It does not withstand power tools.")
    assert recall.notices.filter(person=ada).exists()


def test_a_verdicts_line_is_found_by_the_name_that_sorting_gives_it(
    released_lesson: Lesson, ada: Person, nia: Person
) -> None:
    give(ada, "That sounds like the lock.", "distinction", "door-problem", "lock.say")
    old: Any = live("distinction", "door-problem")
    outcomes = [
        row.model_copy(update={"say": "That sounds like the key."}) if row.name == "lock" else row
        for row in old.outcomes
    ]
    (recall,) = change(nia, "distinction", "door-problem", outcomes=outcomes)
    assert (recall.field, recall.notices.get(person=ada).kind) == ("lock:say", "recall")


def test_a_point_of_an_analogy_that_is_left_out_is_recalled_and_those_after_it_are_not(
    released_lesson: Lesson, ada: Person, zoe: Person, nia: Person
) -> None:
    kind, slug = "analogy", "door-as-a-book"
    give(ada, "A book has no lock.", kind, slug, "breaks-0")
    give(zoe, "Both turn about one edge.", kind, slug, "holds-1")
    (recall,) = change(nia, kind, slug, breaks=[])
    assert (recall.old, recall.new) == ("A book has no lock.", "")
    assert [notice.person for notice in recall.notices.exclude(person=nia)] == [ada]


def test_the_owner_sees_whom_it_reached(
    released_lesson: Lesson, ada: Person, zoe: Person, max: Person, nia: Person
) -> None:
    assign_owner(*ENTRY, nia, person=max)
    give(ada, OLD)
    give(zoe, OLD)
    (recall,) = change(nia, do_say=NEW)
    owner = recall.notices.get(person=max)
    assert "2 people were told" in owner.title
    assert set(recall.notices.exclude(pk=owner.pk).values_list("person__username", flat=True)) == {
        "ada",
        "zoe",
    }


def test_done_twice_it_tells_people_once(released_lesson: Lesson, ada: Person, nia: Person) -> None:
    give(ada, OLD)
    (recall,) = change(nia, do_say=NEW)
    assert recall.revision is not None
    new = live(*ENTRY).model_copy(update={"do_say": NEW})
    assert recall_changed_lines(live(*ENTRY), new, recall.revision, nia) == [recall]
    assert Notice.objects.filter(person=ada).count() == 1


def test_the_correction_counts_as_given_so_that_the_next_one_reaches_people_too(
    released_lesson: Lesson, ada: Person, nia: Person
) -> None:
    give(ada, OLD)
    change(nia, do_say=NEW)
    assert Delivery.objects.filter(person=ada, purpose="recall", text=NEW).exists()


def test_people_who_may_no_longer_read_the_lesson_are_not_given_the_new_line(
    released_lesson: Lesson, ada: Person, south: Team, nia: Person
) -> None:
    give(ada, OLD)
    released_lesson.teams.add(south)
    (recall,) = change(nia, do_say=NEW)
    assert recall.notices.filter(person=ada).exists()
    assert not Delivery.objects.filter(person=ada, purpose="recall").exists()


def test_a_withdrawn_piece_recalls_all_its_lines(released_lesson: Lesson, ada: Person, nia: Person) -> None:
    give(ada, OLD)
    revision = Revision.objects.create(
        lesson=released_lesson, kind=ENTRY[0], slug=ENTRY[1], number=1, item={}, state="superseded"
    )
    recalls = recall_changed_lines(live(*ENTRY), None, revision, nia)
    assert {recall.field for recall in recalls} == {"do_say", "why", "dont_say"}
    assert Notice.objects.filter(person=ada).count() == 1


def test_a_new_piece_and_a_change_said_to_mean_nothing_recall_nothing(
    released_lesson: Lesson, ada: Person, nia: Person
) -> None:
    give(ada, OLD)
    revision = Revision.objects.create(
        lesson=released_lesson, kind=ENTRY[0], slug=ENTRY[1], number=1, item={}, state="superseded"
    )
    new = live(*ENTRY).model_copy(update={"do_say": NEW})
    assert recall_changed_lines(None, new, revision, nia) == []
    assert recall_changed_lines(live(*ENTRY), new, revision, nia, changes_meaning=False) == []
