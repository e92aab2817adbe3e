"""The page that says who can see what: a test for each of its sentences."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from enablement.models import Conversation, Gap, Membership, Person, Role, Team
from quizzes.attempts import start_attempt, submit_attempt
from quizzes.extra_time import extend_attempt, give_extra_time
from quizzes.models import Attempt, PracticeItem, PracticeSession, Question, Quiz, TimeShare
from quizzes.practice.plans import share_answers
from tests.conftest import make_person
from tests.quizzes.doors import Answering

MEMBER = reverse("team-member", args=["ada"])
PROMPT = "What may you promise about a lock?"


def client_of(person: Person) -> Client:
    client = Client()
    client.force_login(person)
    return client


def page_for(person: Person, address: str = "") -> str:
    response = client_of(person).get(address or reverse("who-sees"))
    assert response.status_code == 200
    return response.content.decode()


@pytest.fixture
def practised(quiz: Quiz, ada: Person) -> PracticeItem:
    """A practice answer of Ada's, given an hour ago."""
    session = PracticeSession.objects.create(person=ada, started_at=timezone.now())
    return PracticeItem.objects.create(
        session=session,
        question=Question.objects.get(prompt=PROMPT),
        position=0,
        option_order=["a", "b", "c"],
        response={"chosen": ["a"]},
        score=0.0,
        answered_at=timezone.now() - timedelta(hours=1),
    )


def test_managers_are_named_with_their_teams_and_admins_by_name(ada: Person, root: Person) -> None:
    page = page_for(ada)
    assert "<strong>Max</strong> manages you: North." in page
    assert "Administrators can see what your managers can: Root." in page


def test_a_second_team_and_a_deactivated_manager_show_at_once(ada: Person, max: Person, south: Team) -> None:
    mia = make_person("mia", Role.MANAGER)
    south.managers.add(mia, max)
    Membership.objects.create(team=south, person=ada)
    page = page_for(ada)
    assert "<strong>Max</strong> manages you: North, South." in page
    assert "<strong>Mia</strong> manages you: South." in page
    Person.objects.filter(pk=mia.pk).update(is_active=False)
    assert "Mia" not in page_for(ada)


def test_without_a_manager_the_page_says_so(eve: Person) -> None:
    assert "Nobody manages you" in page_for(eve)


def test_no_colleague_and_no_manager_of_another_team_sees_anything(
    ada: Person, zoe: Person, south: Team, quiz: Quiz, hand_in: Answering, north: Team
) -> None:
    attempt = hand_in(ada, quiz)
    ben, mia = make_person("ben", Role.REP), make_person("mia", Role.MANAGER)
    Membership.objects.create(team=north, person=ben)
    south.managers.add(mia)
    for stranger in (ben, zoe, mia):
        client = client_of(stranger)
        assert client.get(MEMBER).status_code == 404
        assert client.get(reverse("attempt-result", args=[attempt.pk])).status_code == 404


def test_leaving_a_team_hides_at_once_and_keeps_what_was_done(
    ada: Person, max: Person, quiz: Quiz, hand_in: Answering
) -> None:
    attempt = hand_in(ada, quiz)
    result = reverse("attempt-result", args=[attempt.pk])
    assert client_of(max).get(result).status_code == 200
    Membership.objects.filter(person=ada).delete()
    assert client_of(max).get(result).status_code == 404
    assert client_of(max).get(MEMBER).status_code == 404
    assert client_of(ada).get(result).status_code == 200


def test_an_open_attempt_is_ones_own(ada: Person, max: Person, attempt: Attempt) -> None:
    response = client_of(max).get(reverse("attempt-detail", args=[attempt.pk]))
    assert response.status_code == 404


def test_managers_see_the_time_that_was_given_and_how_often_it_was_added(
    ada: Person, max: Person, quiz: Quiz
) -> None:
    Quiz.objects.update(time_limit=10)
    give_extra_time(max, ada, TimeShare.TWICE)
    attempt = extend_attempt(start_attempt(ada, Quiz.objects.get(pk=quiz.pk)), ada)
    submit_attempt(attempt, ada)
    assert "how often you added time" in page_for(ada)
    assert '<option value="200" selected>' in page_for(max, MEMBER)
    assert "Time was added 1 time." in page_for(max, reverse("attempt-result", args=[attempt.pk]))


def test_practice_answers_are_ones_own_until_shared_and_again_after(
    ada: Person, max: Person, practised: PracticeItem
) -> None:
    client = client_of(ada)
    assert "are yours alone" in page_for(ada)
    assert PROMPT not in page_for(max, MEMBER)
    client.post(reverse("who-sees-share"), {"shares": "yes"})
    assert "Max can read them" in page_for(ada)
    assert PROMPT in page_for(max, MEMBER)
    client.post(reverse("who-sees-share"), {"shares": "no"})
    assert "are yours alone" in page_for(ada)
    assert PROMPT not in page_for(max, MEMBER)
    assert not PracticeItem.objects.visible_to(max).exists()


def test_sharing_leaves_the_rest_of_the_plan_alone(ada: Person) -> None:
    plan = share_answers(ada, True)
    assert (plan.daily_cap, plan.away_until) == (8, None)
    assert share_answers(ada, False).shares_answers is False


def test_the_manager_sees_how_often_somebody_practises(
    ada: Person, max: Person, practised: PracticeItem
) -> None:
    assert "1 answer on 1 day" in page_for(max, MEMBER)


def test_talks_and_questions_are_nobody_elses(ada: Person, max: Person, root: Person) -> None:
    asked = Conversation.objects.create(person=ada, title="Can a lock be picked?")
    for reader in (max, root):
        assert client_of(reader).get(asked.get_absolute_url()).status_code == 404


def test_editors_see_a_question_without_an_answer_and_not_who_asked() -> None:
    people = [field.name for field in Gap._meta.get_fields() if field.related_model is Person]
    assert people == ["assignee"]
