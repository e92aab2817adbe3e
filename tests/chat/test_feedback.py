"""What readers make of answers, and who hears of it."""

from __future__ import annotations

import pytest
from django.test import Client

from enablement.chat import turns
from enablement.models import (
    Feedback,
    Flag,
    FlagState,
    Gap,
    GapReason,
    Lesson,
    Notice,
    Ownership,
    Person,
    Surface,
    Turn,
)
from enablement.retrieval.search import Hit
from enablement.trust.flags import close_flag
from tests.chat.conftest import QUESTION
from tests.chat.passages import far_hits

pytestmark = pytest.mark.django_db


@pytest.fixture
def answered(doors: list[Hit], ada: Person) -> Turn:
    return turns.answer_now(ada, QUESTION, Surface.BROWSER)


def test_a_thumb_down_reaches_whoever_answers_for_the_line(
    released_lesson: Lesson, answered: Turn, nia: Person, ada_client: Client
) -> None:
    Ownership.objects.create(lesson=released_lesson, kind="card", slug="door-hinge", person=nia)
    data = {"good": "no", "reason": "wrong", "note": "Ours are made of steel."}
    page = ada_client.post(f"/ask/turns/{answered.pk}/feedback/", data, follow=True).content.decode()
    assert "You said: it is wrong" in page
    assert Gap.objects.get(turn=answered).reason == GapReason.DISLIKED
    flag = Flag.objects.get()
    assert (flag.kind, flag.slug, flag.reason) == ("card", "door-hinge", "wrong")
    assert "steel" in flag.note
    assert Notice.objects.filter(person=nia, flag=flag).exists()


def test_a_thumb_up_is_kept_and_tells_nobody(answered: Turn, ada_client: Client) -> None:
    ada_client.post(f"/ask/turns/{answered.pk}/feedback/", {"good": "yes"})
    assert Feedback.objects.get(turn=answered).good
    assert not Gap.objects.exists()
    assert not Flag.objects.exists()


def test_given_again_it_replaces_the_last(answered: Turn, ada_client: Client) -> None:
    url = f"/ask/turns/{answered.pk}/feedback/"
    ada_client.post(url, {"good": "no", "reason": "too_long"})
    ada_client.post(url, {"good": "yes"})
    assert [feedback.good for feedback in Feedback.objects.all()] == [True]


def test_without_a_reason_it_is_asked_for(answered: Turn, ada_client: Client) -> None:
    url = f"/ask/turns/{answered.pk}/feedback/"
    page = ada_client.post(url, {"good": "no", "reason": "x"}, follow=True)
    assert "Choose what is the matter" in page.content.decode()
    assert not Feedback.objects.exists()


def test_nobody_judges_another_persons_answer(answered: Turn, zoe: Person, client: Client) -> None:
    client.force_login(zoe)
    assert client.post(f"/ask/turns/{answered.pk}/feedback/", {"good": "yes"}).status_code == 404
    assert not Feedback.objects.exists()


def test_a_refused_question_goes_to_the_owner_of_what_comes_nearest_and_the_asker_hears(
    released_lesson: Lesson, doors: list[Hit], ada: Person, nia: Person, ada_client: Client
) -> None:
    Ownership.objects.create(lesson=released_lesson, kind="card", slug="door-hinge", person=nia)
    doors[:] = far_hits()
    turn = turns.answer_now(ada, "Who paints the doors in Lisbon?", Surface.BROWSER)
    assert "Ask the owner" in ada_client.get(turn.conversation.get_absolute_url()).content.decode()
    for _ in range(2):
        page = ada_client.post(f"/ask/turns/{turn.pk}/ask-owner/", follow=True).content.decode()
    assert "has your question" in page
    flag = Flag.objects.get()
    assert "Who paints the doors in Lisbon?" in flag.note
    assert Notice.objects.filter(person=nia, flag=flag).exists()
    close_flag(flag, nia, FlagState.DECLINED, "Nobody does.")
    assert Notice.objects.filter(person=ada, flag=flag).exists()


def test_only_ones_own_refusals_go_to_an_owner(
    answered: Turn, ada_client: Client, zoe: Person, client: Client
) -> None:
    page = ada_client.post(f"/ask/turns/{answered.pk}/ask-owner/", follow=True).content.decode()
    assert "no owner to ask" in page
    client.force_login(zoe)
    assert client.post(f"/ask/turns/{answered.pk}/ask-owner/").status_code == 404
    assert not Flag.objects.exists()


def test_a_source_says_who_answers_for_it(
    released_lesson: Lesson, answered: Turn, nia: Person, ada_client: Client
) -> None:
    Ownership.objects.create(lesson=released_lesson, kind="card", slug="door-hinge", person=nia)
    page = ada_client.get(answered.conversation.get_absolute_url()).content.decode()
    assert f"{nia.name} answers for this line" in page
