"""From an answer in the chat over a released correction to the message and the page that tell of it."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from enablement.chat import turns
from enablement.lessons.revising import open_draft, release, save_draft
from enablement.models import Delivery, Lesson, Notice, Person, Surface, TurnState, Verification
from enablement.retrieval.indexing import index_lesson
from enablement.trust.demo import make_demo_trust
from enablement.trust.health import health_of
from enablement.trust.states import TrustState
from enablement.trust.verifying import assign_owner, verify
from tests.trust.conftest import ClientOf

QUESTION = "What is a hinge?"
HINGE = ("card", "door-hinge")


@pytest.fixture
def indexed(released_lesson: Lesson, encoder: None) -> Lesson:
    index_lesson(released_lesson)
    return released_lesson


def edit(slug: str, editor: Person, **fields: str) -> None:
    draft = open_draft("card", slug, editor)
    draft = save_draft(
        draft, draft.item | fields, edition=draft.edition, person=editor, reason="It was wrong."
    )
    release(draft, editor)


def test_a_correction_reaches_who_was_answered_with_it_and_a_typo_nobody(
    indexed: Lesson, ada: Person, zoe: Person, nia: Person, max: Person, client_of: ClientOf
) -> None:
    assign_owner(*HINGE, nia, person=max)
    Notice.objects.all().delete()
    turn = turns.answer_now(ada, QUESTION, Surface.BROWSER)
    assert turn.state == TurnState.DONE
    assert Delivery.objects.filter(person=ada, slug="door-hinge", field="what_it_is").exists()

    edit("door-hinge", nia, what_it_is="A hinge carries the door! It is made of brass.")
    assert not Notice.objects.filter(kind="recall").exists()
    edit("door-hinge", nia, what_it_is="A hinge carries the window. It is made of steel.")
    assert set(Notice.objects.filter(kind="recall").values_list("person__username", flat=True)) == {
        "ada",
        "max",
    }

    page = client_of(ada).get(turn.conversation.get_absolute_url()).content.decode()
    assert "Corrected since this answer" in page
    assert "A hinge carries the window." in page


def test_an_answer_says_that_its_line_has_expired(
    indexed: Lesson, ada: Person, nia: Person, client_of: ClientOf
) -> None:
    assign_owner(*HINGE, nia, person=nia)
    verify(*HINGE, nia)
    assert "Nobody has confirmed" not in turns.answer_now(ada, QUESTION, Surface.BROWSER).note
    Verification.objects.update(until=timezone.now() - timedelta(days=1))
    turn = turns.answer_now(ada, QUESTION, Surface.BROWSER)
    assert "Nobody has confirmed this in time: “Hinge”" in turn.note
    page = client_of(ada).get(turn.conversation.get_absolute_url()).content.decode()
    assert "Expired</span>" in page
    assert "/flags/new/?kind=card&amp;slug=door-hinge" in page


def test_the_wording_check_names_an_expired_entry(
    indexed: Lesson, ada: Person, nia: Person, client_of: ClientOf
) -> None:
    entry = ("guide_entry", "door-unbreakable")
    assign_owner(*entry, nia, person=nia)
    Verification.objects.update(until=timezone.now() - timedelta(days=1))
    page = client_of(ada).post("/check/", {"text": "This lock cannot be broken."}).content.decode()
    assert "Expired</span>" in page


def test_a_demonstration_has_all_states(released_lesson: Lesson, nia: Person, north: object) -> None:
    made = make_demo_trust()
    health = health_of(nia)
    assert made == len(health.rows) - 1
    assert [row.piece.kind for row in health.in_state(TrustState.UNOWNED)] == ["guide_entry"]
    assert health.in_state(TrustState.VERIFIED)
    assert make_demo_trust() == 0
