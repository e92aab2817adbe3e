"""The review desk: what waits and for whom, decisions one after another, each taken back right there."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from enablement.models import AuditEvent, Membership, Person, Role, Team
from quizzes.appeals import make_appeal, standing_of
from quizzes.desk.agreement import Agreement, counted
from quizzes.desk.queue import Why, count_for, queue_for
from quizzes.desk.sheet import marked
from quizzes.models import Answer, Attempt, Grade, PendingGrade, Quiz
from tests.conftest import make_person
from tests.quizzes.desks import let_wait

NOW = timezone.now()


@pytest.fixture
def quiz_of_all(every_kind: Attempt) -> Quiz:
    return every_kind.quiz


@pytest.fixture
def answers(quiz_of_all: Quiz, ada: Person, north: Team) -> list[Answer]:
    """Three that wait, the oldest first: Ben's, Ada's, Cem's."""
    ben, cem = (make_person(name, Role.REP) for name in ("ben", "cem"))
    for person in (ben, cem):
        Membership.objects.create(team=north, person=person)
    return [
        let_wait(person, quiz_of_all, "The lock is worn, so the key sticks.", NOW - timedelta(hours=hours))
        for hours, person in ((9, ben), (5, ada), (1, cem))
    ]


@pytest.fixture
def max_client(max: Person) -> Client:
    client = Client()
    client.force_login(max)
    return client


def checks_of(answer: Answer) -> list[str]:
    return [check["name"] for check in answer.question.key.rubric["checks"]]


def decide(client: Client, answer: Answer, query: str = "", **form: object) -> str:
    sent = {"met": checks_of(answer), "seen": standing_of(answer)} | form
    response = client.post(reverse("answer-review", args=[answer.pk]) + query, sent)
    assert response.status_code == 302
    return response.headers["Location"]


def test_the_oldest_stands_first_and_everything_is_counted(
    answers: list[Answer], max: Person, max_client: Client
) -> None:
    assert [row.answer for row in queue_for(max)] == answers
    assert count_for(max) == 3
    page = max_client.get(reverse("answer-reviews")).content.decode()
    assert 'aria-label="3 waiting"' in page
    assert reverse("answer-review", args=[answers[0].pk]) in page


def test_after_a_decision_the_next_one_comes_with_a_way_back(
    answers: list[Answer], max_client: Client
) -> None:
    address = decide(max_client, answers[0])
    assert address == f"{reverse('answer-review', args=[answers[1].pk])}?done={answers[0].pk}"
    page = max_client.get(address).content.decode()
    assert "Ben: right." in page
    max_client.post(reverse("answer-undo", args=[answers[0].pk]))
    assert PendingGrade.objects.filter(answer=answers[0]).exists()
    verbs = list(AuditEvent.objects.order_by("pk").values_list("verb", flat=True))
    assert verbs[-2:] == ["decide_answer", "undo_decision"]


def test_the_last_one_leads_to_the_empty_desk(answers: list[Answer], max_client: Client) -> None:
    for answer in answers:
        address = decide(max_client, answer)
    assert address == f"{reverse('answer-reviews')}?done={answers[-1].pk}"
    page = max_client.get(address).content.decode()
    assert "Nothing waits" in page
    assert "Undo" in page


def test_skipping_goes_on_and_comes_round(answers: list[Answer], max_client: Client) -> None:
    page = max_client.get(reverse("answer-review", args=[answers[2].pk])).content.decode()
    assert f'href="{reverse("answer-review", args=[answers[0].pk])}" data-skip' in page


def test_filters_stay_from_one_to_the_next(
    answers: list[Answer], max: Person, max_client: Client, south: Team
) -> None:
    south.managers.add(max)
    Membership.objects.create(team=south, person=answers[1].attempt.person)
    Membership.objects.create(team=south, person=answers[2].attempt.person)
    assert [row.answer for row in queue_for(max, team=south)] == answers[1:]
    address = decide(max_client, answers[1], "?team=south")
    assert address.startswith(reverse("answer-review", args=[answers[2].pk]) + "?team=south")
    assert queue_for(max, why=Why.OBJECTION) == []


def test_an_objection_has_its_day_and_stands_by_its_age(answers: list[Answer], max: Person) -> None:
    decided = answers[2]
    client = Client()
    client.force_login(max)
    decide(client, decided, met=[])
    make_appeal(decided, checks_of(decided)[0], "I said it.", now=NOW - timedelta(hours=7))
    rows = queue_for(max)
    assert [row.answer for row in rows] == [answers[0], decided, answers[1]]
    assert rows[1].due is not None
    assert [row.answer for row in queue_for(max, why=Why.OBJECTION)] == [decided]


def test_the_second_manager_is_told_and_nothing_of_theirs_is_saved(
    answers: list[Answer], max_client: Client, north: Team
) -> None:
    mia = make_person("mia", Role.MANAGER)
    north.managers.add(mia)
    other = Client()
    other.force_login(mia)
    seen = standing_of(answers[0])
    decide(max_client, answers[0])
    late = other.post(
        reverse("answer-review", args=[answers[0].pk]), {"met": [], "seen": seen, "note": "No."}
    )
    assert late.status_code == 409
    page = late.content.decode()
    assert "Max decided on this answer while you looked at it" in page
    assert "No." in page
    assert Grade.objects.get(answer=answers[0]).correct


def test_nobody_sees_answers_of_another_team_or_their_own(
    answers: list[Answer], south: Team, max: Person, quiz_of_all: Quiz
) -> None:
    mia = make_person("mia", Role.MANAGER)
    south.managers.add(mia)
    client = Client()
    client.force_login(mia)
    assert client.get(reverse("answer-review", args=[answers[0].pk])).status_code == 404
    assert client.post(reverse("answer-undo", args=[answers[0].pk])).status_code == 404
    assert count_for(mia) == 0
    Membership.objects.create(team=south, person=mia)
    own = let_wait(mia, quiz_of_all, "Mine.", NOW)
    assert client.get(reverse("answer-review", args=[own.pk])).status_code == 404
    assert count_for(mia) == 0


def test_an_answer_leaves_the_desk_with_the_person(answers: list[Answer], max: Person) -> None:
    Membership.objects.filter(person=answers[0].attempt.person).delete()
    assert [row.answer for row in queue_for(max)] == answers[1:]


def test_a_models_word_stands_beside_the_judges(answers: list[Answer], max_client: Client) -> None:
    pending = PendingGrade.objects.get(answer=answers[0])
    address = reverse("answer-review", args=[answers[0].pk])
    assert 'data-label="Model"' not in max_client.get(address).content.decode()
    pending.proposal[0] |= {"model": "met", "model_start": 4, "model_end": 8, "model_quote": "lock"}
    pending.save()
    page = max_client.get(address).content.decode()
    assert page.count('data-label="Model"') == len(pending.proposal)
    assert "<q>lock</q>" in page
    assert "<mark>lock<sup>1</sup></mark>" in page


def test_the_judges_words_are_marked_in_the_answer(answers: list[Answer], max_client: Client) -> None:
    page = max_client.get(reverse("answer-review", args=[answers[0].pk])).content.decode()
    assert "<mark>The <sup>" in page


@pytest.mark.parametrize(
    "query", ["?team=\0", "?team=nowhere&why=else", "?done=x", "?done=99999999999999999"]
)
def test_an_address_that_asks_for_nothing_shows_everything(
    query: str, answers: list[Answer], max_client: Client
) -> None:
    response = max_client.get(reverse("answer-reviews") + query.replace("\0", "%00"))
    assert response.status_code == 200
    assert "3 wait" in response.content.decode()


@given(st.text(max_size=40), st.lists(st.tuples(st.integers(-3, 50), st.integers(-3, 50), st.integers(1, 4))))
def test_marking_never_changes_what_was_written(text: str, spans: list[tuple[int, int, int]]) -> None:
    assert "".join(piece.text for piece in marked(text, spans)) == text


def test_agreement_counts_what_the_judge_said_before_a_person_did() -> None:
    def check(met: bool, outcome: str = "met") -> dict[str, object]:
        return {"name": "lock", "met": met, "outcome": outcome}

    decisions = [
        ({"pending": {"proposal": [check(True)]}}, {}, {"checks": [check(True)]}),
        ({"pending": {"proposal": [check(False, "open")]}}, {}, {"checks": [check(True)]}),
        ({}, {"judge": "rubric-1:x", "checks": [check(False)]}, {"checks": [check(True)]}),
        ({}, {"judge": "person", "checks": [check(False)]}, {"checks": [check(True)]}),
    ]
    assert counted(decisions) == {"lock": Agreement(n=2, same=1)}
    assert Agreement(2, 1).in_words.endswith("too few to tell.")
    assert Agreement(10, 9).in_words == "People agreed with the judge in 9 of 10 (60 to 98\xa0%)."
