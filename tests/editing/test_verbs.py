"""Drafts beside the released text: begun, saved, reviewed, released, restored, retired."""

from __future__ import annotations

import threading
from typing import Any

import pytest
from django.db import connection
from django.test import Client

from enablement.lessons.links import LinkError
from enablement.lessons.making import move_piece
from enablement.lessons.pieces import KINDS, find_piece
from enablement.lessons.revising import (
    BadItem,
    RevisingError,
    StaleEdition,
    approve,
    bring_back,
    discard,
    new_draft,
    open_draft,
    release,
    restore,
    retire,
    save_draft,
    send_back,
    send_to_review,
    undo_discard,
)
from enablement.models import AuditEvent, Card, Fit, Lesson, Notice, Person, Revision, Work
from tests.conftest import make_person
from tests.small_lesson import small_lesson

pytestmark = pytest.mark.django_db


@pytest.fixture
def draft(released_lesson: Lesson, nia: Person) -> Revision:
    return open_draft("card", "door-lock", nia)


@pytest.fixture
def olga(db: None) -> Person:
    return make_person("olga", "editor")  # type: ignore[arg-type]


def edited(revision: Revision, **values: Any) -> dict[str, Any]:
    return {**revision.item, **values}


def lock_card() -> Card:
    return Card.objects.get(slug="door-lock")


def test_the_first_edit_keeps_what_was_loaded(draft: Revision) -> None:
    loaded = Revision.objects.get(kind="card", slug="door-lock", number=1)
    assert (loaded.state, loaded.origin) == ("released", "loaded")
    assert (draft.number, draft.state, draft.base) == (2, "draft", loaded)
    assert draft.item["title"] == "Lock"


def test_opening_twice_gives_the_same_draft(draft: Revision, olga: Person) -> None:
    assert open_draft("card", "door-lock", olga).pk == draft.pk


@pytest.mark.parametrize("kind", [*KINDS, "lesson"])
def test_every_kind_is_edited_and_released(released_lesson: Lesson, nia: Person, kind: str) -> None:
    slug = "doors" if kind == "lesson" else getattr(small_lesson(), KINDS[kind].plural)[0].slug
    before = open_draft(kind, slug, nia)
    released = release(before, nia)
    assert released.state == "released"
    assert released.item == before.base.item  # type: ignore[union-attr]
    assert Revision.objects.get(kind=kind, slug=slug, number=1).state == "superseded"


def test_readers_see_the_released_text_until_the_release(draft: Revision, nia: Person) -> None:
    saved = save_draft(draft, edited(draft, title="Bolt"), edition=1, person=nia, reason="Plainer.")
    assert (saved.edition, lock_card().title) == (2, "Lock")
    release(saved, nia)
    assert lock_card().title == "Bolt"
    assert Work.objects.filter(name="index_lesson", arguments__lesson=draft.lesson_id).exists()
    assert AuditEvent.objects.filter(verb="release", subject="door-lock", actor=nia).exists()


def test_a_save_against_an_older_edition_overwrites_nothing(
    draft: Revision, nia: Person, olga: Person
) -> None:
    save_draft(draft, edited(draft, title="Bolt"), edition=1, person=nia)
    with pytest.raises(StaleEdition) as stale:
        save_draft(draft, edited(draft, title="Latch"), edition=1, person=olga)
    assert stale.value.current.item["title"] == "Bolt"
    assert Revision.objects.get(pk=draft.pk).author == nia


def test_a_save_after_the_release_is_stale_as_well(draft: Revision, nia: Person, olga: Person) -> None:
    release(draft, nia)
    with pytest.raises(StaleEdition):
        save_draft(draft, edited(draft, title="Latch"), edition=1, person=olga)
    assert lock_card().title == "Lock"


def test_an_unfinished_draft_is_kept_and_not_released(draft: Revision, nia: Person) -> None:
    saved = save_draft(draft, edited(draft, what_it_is="  "), edition=1, person=nia)
    with pytest.raises(BadItem) as bad:
        release(saved, nia)
    assert [problem.path for problem in bad.value.problems] == [("what_it_is",)]
    assert lock_card().what_it_is


def test_what_cannot_be_kept_is_refused_at_once(draft: Revision, nia: Person) -> None:
    with pytest.raises(BadItem):
        save_draft(draft, edited(draft, title="x" * 301), edition=1, person=nia)
    with pytest.raises(BadItem):
        save_draft(draft, edited(draft, colour="red"), edition=1, person=nia)
    assert Revision.objects.get(pk=draft.pk).edition == 1


def test_a_link_that_leads_nowhere_releases_nothing(released_lesson: Lesson, nia: Person) -> None:
    draft = open_draft("term", "door-latch", nia)
    saved = save_draft(draft, edited(draft, card="nowhere", meaning="Changed."), edition=1, person=nia)
    with pytest.raises(LinkError):
        release(saved, nia)
    part: Any = find_piece("term", "door-latch")
    assert part.meaning != "Changed."
    assert Revision.objects.get(pk=draft.pk).state == "draft"


def test_nobody_approves_what_they_wrote(draft: Revision, nia: Person, olga: Person) -> None:
    Lesson.objects.update(needs_review=True)
    with pytest.raises(RevisingError):
        release(draft, nia)
    waiting = send_to_review(draft, nia)
    assert Notice.objects.filter(person=olga, kind="review").count() == 1
    with pytest.raises(RevisingError):
        approve(waiting, nia)
    with pytest.raises(RevisingError):
        release(waiting, olga)
    release(approve(waiting, olga), nia)
    assert lock_card().title == "Lock"
    assert Revision.objects.get(pk=draft.pk).reviewer == olga


def test_a_change_after_approval_needs_approval_anew(draft: Revision, nia: Person, olga: Person) -> None:
    Lesson.objects.update(needs_review=True)
    approved = approve(send_to_review(draft, nia), olga)
    saved = save_draft(approved, edited(draft, title="Bolt"), edition=1, person=nia)
    assert (saved.state, saved.reviewer) == ("draft", None)
    with pytest.raises(RevisingError):
        release(saved, nia)


def test_the_author_reads_why_it_came_back(draft: Revision, nia: Person, olga: Person) -> None:
    waiting = send_to_review(draft, nia)
    with pytest.raises(RevisingError):
        send_back(waiting, olga, "  ")
    back = send_back(waiting, olga, "Name the maker.")
    assert (back.state, back.review_note) == ("draft", "Name the maker.")
    assert Notice.objects.get(person=nia).text == "Name the maker."


def test_discarding_is_undone(draft: Revision, nia: Person) -> None:
    saved = save_draft(draft, edited(draft, title="Bolt"), edition=1, person=nia)
    gone = discard(saved, nia)
    assert undo_discard(gone, nia).item["title"] == "Bolt"
    discard(gone, nia)
    open_draft("card", "door-lock", nia)
    with pytest.raises(RevisingError):
        undo_discard(gone, nia)


def test_an_earlier_version_comes_back_as_a_draft(draft: Revision, nia: Person) -> None:
    release(save_draft(draft, edited(draft, title="Bolt"), edition=1, person=nia), nia)
    first = Revision.objects.get(kind="card", slug="door-lock", number=1)
    restored = restore(first, nia)
    assert (restored.origin, restored.item["title"], lock_card().title) == ("restored", "Lock", "Bolt")
    release(restored, nia)
    assert lock_card().title == "Lock"
    open_draft("card", "door-lock", nia)
    with pytest.raises(RevisingError):
        restore(first, nia)


def test_a_new_piece_is_unseen_until_released(released_lesson: Lesson, nia: Person) -> None:
    item = {"slug": "door-key", "title": "Key"}
    draft = new_draft(released_lesson, "card", item, nia)
    assert find_piece("card", "door-key") is None
    with pytest.raises(RevisingError):
        new_draft(released_lesson, "card", item, nia)
    with pytest.raises(RevisingError):
        new_draft(released_lesson, "card", {"slug": "door-lock", "title": "Lock"}, nia)
    texts = dict.fromkeys(("what_it_is", "what_it_does", "where_it_comes_from"), "A thing.")
    saved = save_draft(draft, {**item, **texts}, edition=1, person=nia)
    with pytest.raises(BadItem):
        release(saved, nia)
    release(save_draft(saved, {**saved.item, "what_makes_it_distinct": "Teeth."}, edition=2, person=nia), nia)
    assert Card.objects.get(slug="door-key").position == 2


def test_a_retired_piece_leaves_readers_and_comes_back(
    released_lesson: Lesson, nia: Person, ada: Person
) -> None:
    retire("card", "door-lock", nia)
    assert not Card.objects.visible_to(ada).filter(slug="door-lock").exists()
    bring_back("card", "door-lock", nia)
    assert Card.objects.visible_to(ada).filter(slug="door-lock").exists()


@pytest.mark.django_db(transaction=True)
def test_of_two_saves_at_once_one_is_told(draft: Revision, nia: Person, olga: Person) -> None:
    start = threading.Barrier(2)
    outcomes: dict[str, str] = {}

    def save(person: Person, title: str) -> None:
        start.wait()
        try:
            save_draft(draft, edited(draft, title=title), edition=1, person=person)
            outcomes[title] = "saved"
        except StaleEdition as stale:
            outcomes[title] = str(stale.current.item["title"])
        finally:
            connection.close()

    threads = [threading.Thread(target=save, args=pair) for pair in ((nia, "Bolt"), (olga, "Latch"))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(20)
    winner = next(title for title, outcome in outcomes.items() if outcome == "saved")
    loser = ({"Bolt", "Latch"} - {winner}).pop()
    assert outcomes[loser] == winner
    assert Revision.objects.get(pk=draft.pk).item["title"] == winner


@pytest.mark.django_db(transaction=True)
def test_of_two_who_begin_at_once_both_get_one_draft(released_lesson: Lesson, nia: Person) -> None:
    start = threading.Barrier(2)
    drafts: list[int] = []

    def begin() -> None:
        start.wait()
        try:
            drafts.append(open_draft("card", "door-hinge", nia).pk)
        finally:
            connection.close()

    threads = [threading.Thread(target=begin) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(20)
    assert len(drafts) == 2
    assert len(set(drafts)) == 1


def test_a_piece_is_moved_among_its_fellows(released_lesson: Lesson, nia: Person, client: Client) -> None:
    def order() -> list[str]:
        return list(Card.objects.order_by("position").values_list("slug", flat=True))

    client.force_login(nia)
    first, last = order()[0], order()[-1]
    piece = Card.objects.get(slug=last)
    assert move_piece(piece, "top", nia)[0] == 1
    assert order()[0] == last
    assert move_piece(piece, "up", nia)[0] == 1
    html = client.post(
        f"/pieces/card/{last}/move/", {"way": "down"}, headers={"HX-Request": "true"}
    ).content.decode()
    assert f'id="{last}-down" autofocus' in html
    assert "Place 2 of" in html
    assert order()[:2] == [first, last]


def test_a_situation_moves_among_those_of_its_card(released_lesson: Lesson, nia: Person) -> None:
    fit = Fit.objects.get()
    other = Card.objects.exclude(pk=fit.card_id).first()
    values = {"lesson": released_lesson, "fit_kind": "costs", "title": "t", "text": "t", "state": "released"}
    Fit.objects.create(slug="elsewhere", card=other, position=1, **values)
    Fit.objects.create(slug="here", card=fit.card, position=2, **values)
    assert move_piece(Fit.objects.get(slug="here"), "up", nia) == (1, 2)
    assert Fit.objects.order_by("position")[0].slug == "here"
