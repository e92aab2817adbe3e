"""Practice: a week of it, what feeds it, whose it is."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from random import Random

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from enablement.judging import FINDING
from enablement.models import Delivery, Lesson, Person, State, Surface
from quizzes.attempts import start_attempt
from quizzes.grades import settle_answer
from quizzes.grading import BadResponse, Grade
from quizzes.kinds import ONE_PRESS
from quizzes.models import (
    PracticeItem,
    PracticeSession,
    Question,
    Quiz,
    Release,
    Review,
    SessionLength,
    Skill,
)
from quizzes.practice.from_quizzes import note_attempt
from quizzes.practice.memory import replay
from quizzes.practice.overview import activities, today_of
from quizzes.practice.plans import ITEMS_IN, BadPlan, change_plan
from quizzes.practice.questions import practice_questions
from quizzes.practice.sessions import (
    NothingToPractise,
    SessionOver,
    answer_item,
    next_item,
    start_session,
)
from quizzes.practice.skills import memory_of, ratings_of
from quizzes.practice.weak_spots import slips
from tests.quizzes.doors import CANARY, Answering, answer_of
from tests.quizzes.test_at_the_same_time import at_once

MONDAY = datetime(2026, 3, 2, 9, tzinfo=UTC)
DAY = timedelta(days=1)
TOPICS = {"parts", "telling-apart", "wording"}


def practise(person: Person, now: datetime, wrong: frozenset[str] = frozenset()) -> list[str]:
    """Practise what is due, right but for the topics in `wrong`, and return the topics."""
    session = start_session(person, now=now, random=Random(0))
    topics = []
    while item := next_item(session, now):
        question = item.question
        topics.append(question.topic)
        response = None if question.topic in wrong else {"chosen": question.key.correct}
        answer_item(session, item.position, response, now=now)
    return topics


def test_the_first_question_of_all_is_answered_by_one_press(quiz: Quiz, ada: Person) -> None:
    for seed in range(5):
        session = start_session(ada, now=MONDAY, random=Random(seed))
        kinds = [item.question.kind in ONE_PRESS for item in session.items.order_by("position")]
        assert kinds == sorted(kinds, reverse=True)
        assert kinds[0]
        session.delete()


def due_on(person: Person, now: datetime) -> set[str]:
    return {row.topic for row in today_of(person, now).skills if row.days is not None and row.days <= 0}


def test_a_week_of_practice(quiz: Quiz, ada: Person) -> None:
    assert set(practise(ada, MONDAY, wrong=frozenset({"wording"}))) == TOPICS
    with pytest.raises(NothingToPractise, match="Nothing is due today"):
        start_session(ada, now=MONDAY + timedelta(hours=8))
    assert practise(ada, MONDAY + DAY) == ["wording"]
    practised = {"tuesday": due_on(ada, MONDAY + DAY)}
    assert practised == {"tuesday": set()}
    back = [
        sorted(practise(ada, MONDAY + number * DAY))
        for number in range(2, 7)
        if due_on(ada, MONDAY + number * DAY)
    ]
    assert ["parts", "telling-apart"] in back
    for skill in Skill.objects.filter(person=ada):
        assert memory_of(skill) == replay(ratings_of(skill.reviews.all()))
        assert skill.due_at > MONDAY + 6 * DAY


def test_the_day_holds_no_more_than_its_cap(quiz: Quiz, ada: Person) -> None:
    change_plan(ada, now=MONDAY, daily_cap=2, shares_answers=False, away_until=None)
    assert len(practise(ada, MONDAY)) == 2
    with pytest.raises(NothingToPractise, match="all for today"):
        start_session(ada, now=MONDAY + timedelta(hours=1))
    assert len(practise(ada, MONDAY + DAY)) == 1


def test_who_comes_back_from_an_absence_finds_one_days_practice(quiz: Quiz, ada: Person) -> None:
    practise(ada, MONDAY, wrong=frozenset(TOPICS))
    change_plan(ada, now=MONDAY, daily_cap=2, shares_answers=False, away_until=(MONDAY + 10 * DAY).date())
    for number in range(1, 10):
        today = today_of(ada, MONDAY + number * DAY)
        assert (today.is_away, today.questions) == (True, 0)
    assert today_of(ada, MONDAY + 10 * DAY).questions == 2


def test_a_topic_is_due_on_the_persons_own_day(quiz: Quiz, ada: Person) -> None:
    ada.time_zone = "Asia/Tokyo"
    ada.save()
    practise(ada, MONDAY, wrong=frozenset(TOPICS))
    assert due_on(ada, MONDAY + timedelta(hours=5, minutes=59)) == set()
    assert due_on(ada, MONDAY + timedelta(hours=6)) == TOPICS


@pytest.mark.parametrize("days", [-1, 0, 200])
def test_an_absence_ends_after_today_and_within_half_a_year(ada: Person, days: int) -> None:
    day = (MONDAY + days * DAY).date()
    with pytest.raises(BadPlan, match="after today"):
        change_plan(ada, now=MONDAY, daily_cap=8, shares_answers=False, away_until=day)


def test_before_a_call_its_lesson_is_practised_though_nothing_is_due(quiz: Quiz, ada: Person) -> None:
    practise(ada, MONDAY)
    session = start_session(ada, lesson=quiz.lesson, now=MONDAY)
    assert {item.question.topic for item in session.items.all()} == TOPICS
    with pytest.raises(NothingToPractise, match="for this lesson"):
        start_session(ada, lesson=Lesson.objects.create(slug="empty", title="Empty"), now=MONDAY)


def test_five_minutes_are_five_minutes(quiz: Quiz, ada: Person) -> None:
    session = start_session(ada, now=MONDAY)
    assert next_item(session, MONDAY + timedelta(minutes=4, seconds=59))
    assert next_item(session, MONDAY + timedelta(minutes=5)) is None
    with pytest.raises(SessionOver):
        answer_item(session, 0, None, now=MONDAY + timedelta(minutes=6))


def test_two_minutes_are_two_minutes_and_three_questions_at_most(quiz: Quiz, ada: Person) -> None:
    session = start_session(ada, length=SessionLength.SHORT, now=MONDAY)
    assert session.items.count() == ITEMS_IN[SessionLength.SHORT] == 3
    assert start_session(ada, now=MONDAY + timedelta(minutes=1)) == session
    assert today_of(ada, MONDAY + timedelta(seconds=119)).open == session
    assert today_of(ada, MONDAY + timedelta(minutes=2)).open is None
    assert next_item(session, MONDAY + timedelta(minutes=2)) is None


def test_two_minutes_are_offered_where_more_than_that_waits(
    quiz: Quiz, ada_client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(ITEMS_IN, SessionLength.SHORT, 2)
    for name in ("practice", "home"):
        assert b"Only two minutes" in ada_client.get(reverse(name)).content
    ada_client.post(reverse("practice-start"), {"minutes": "2"})
    for name in ("practice", "home"):
        assert b"Only two minutes" not in ada_client.get(reverse(name)).content


def test_a_short_practice_by_the_page_ends_with_what_changed(quiz: Quiz, ada_client: Client) -> None:
    page = ada_client.post(reverse("practice-start"), {"minutes": "2"}, follow=True)
    session = PracticeSession.objects.get()
    assert (session.minutes, page.status_code) == (2, 200)
    for item in session.items.all():
        ada_client.post(reverse("practice-answer", args=[session.pk, item.position]), {"unknown": "1"})
    html = ada_client.get(session.get_absolute_url()).content.decode()
    assert "0 of 3 right. 3 topics have a new day." in html
    assert "What changed" in html


def test_a_question_of_an_open_attempt_is_not_practised(quiz: Quiz, ada: Person) -> None:
    now = timezone.now()
    session = start_session(ada, now=now)
    start_attempt(ada, quiz, now=now)
    with pytest.raises(SessionOver, match="quiz that you have open"):
        answer_item(session, 0, None, now=now)
    assert next_item(session, now) is None
    with pytest.raises(NothingToPractise):
        start_session(ada, now=now)


def test_a_quiz_that_holds_its_keys_back_is_not_practised(quiz: Quiz, ada: Person) -> None:
    Quiz.objects.update(release=Release.ONCE_PASSED)
    with pytest.raises(NothingToPractise, match="no questions to practise"):
        start_session(ada, now=MONDAY)
    bank = Quiz.objects.create(
        slug="bank", title="Bank", lesson=quiz.lesson, from_bank=True, state="released"
    )
    assert not practice_questions(ada)
    Quiz.objects.filter(pk=quiz.pk).delete()
    assert len(practice_questions(ada)) == 4
    Quiz.objects.filter(pk=bank.pk).update(release=Release.NEVER)
    assert not practice_questions(ada)


def test_of_a_bank_only_the_newest_released_version_is_practised(quiz: Quiz, ada: Person) -> None:
    Quiz.objects.update(from_bank=True)
    old = Question.objects.get(slug="what-squeaks")
    same = {"lesson": old.lesson, "slug": old.slug, "kind": old.kind, "prompt": "?", "topic": old.topic}
    draft = Question.objects.create(**same, version=2, state=State.DRAFT)
    assert old in practice_questions(ada)
    Question.objects.filter(pk=draft.pk).update(state=State.RELEASED)
    assert [one.version for one in practice_questions(ada) if one.slug == old.slug] == [2]


def test_nothing_answered_is_not_an_answer(quiz: Quiz, ada: Person) -> None:
    session = start_session(ada, now=MONDAY)
    with pytest.raises(BadResponse, match="Answer first"):
        answer_item(session, 0, {"chosen": []}, now=MONDAY)


@pytest.mark.django_db(transaction=True)
def test_fifty_answers_at_once_are_one_review(quiz: Quiz, ada: Person) -> None:
    session = start_session(ada)
    items = at_once(lambda _: answer_item(session, 0, None))
    assert len({item.answered_at for item in items}) == 1
    assert Review.objects.count() == 1
    assert len({start.pk for start in at_once(lambda _: start_session(ada))}) == 1


def test_a_quiz_feeds_practice_and_an_appeal_puts_it_right(
    quiz: Quiz, ada: Person, hand_in: Answering
) -> None:
    attempt = hand_in(ada, quiz, what_to_promise="a")
    assert [note_attempt(attempt), note_attempt(attempt)] == [3, 3]
    assert Review.objects.count() == 3
    now = attempt.submitted_at + timedelta(hours=1)
    assert slips(ada, now) == {("doors", "wording"): {"quiz": 1}}
    before = Skill.objects.get(topic="wording").due_at
    settle_answer(
        answer_of(attempt, "what-to-promise"), Grade(answered=True, correct=True, score=1.0), now=now
    )
    note_attempt(attempt)
    assert Skill.objects.get(topic="wording").due_at > before
    assert slips(ada, now) == {}


def test_what_has_no_grade_any_more_is_taken_back(quiz: Quiz, ada: Person, hand_in: Answering) -> None:
    attempt = hand_in(ada, quiz)
    note_attempt(attempt)
    answer_of(attempt, "what-to-promise").grade.delete()
    assert note_attempt(attempt) == 2
    assert memory_of(Skill.objects.get(topic="wording")) is None


def test_a_draft_that_broke_the_guide_makes_its_topic_a_weak_spot(
    quiz: Quiz, ada: Person, zoe: Person
) -> None:
    for person in (ada, ada, zoe):
        Delivery.objects.create(
            person=person,
            surface=Surface.BROWSER,
            purpose=FINDING,
            kind="guide_entry",
            slug="door-unbreakable",
            field="do_say",
            text="x",
        )
    now = datetime.now(UTC)
    assert slips(ada, now) == {("doors", "wording"): {"draft": 2}}
    today = today_of(ada, now)
    assert [(row.topic, row.recall, row.slips) for row in today.tried] == [("wording", None, 2)]
    assert "wording" not in {row.topic for row in today.untried}
    assert slips(ada, now + timedelta(days=31)) == {}


def test_a_manager_sees_that_somebody_practises_and_no_answer(
    client: Client, quiz: Quiz, ada: Person, max: Person, zoe: Person, root: Person
) -> None:
    practise(ada, datetime.now(UTC))
    activity = activities([ada.pk, zoe.pk], datetime.now(UTC), max)
    assert (activity[ada.pk].answers, len(activity[ada.pk].skills)) == (3, 3)
    assert zoe.pk not in activity
    for person, seen in ((ada, 3), (max, 0), (root, 0), (zoe, 0)):
        assert PracticeItem.objects.visible_to(person).count() == seen
    client.force_login(max)
    page = client.get(reverse("team-member", args=["ada"])).content.decode()
    assert "3 answers on 1 day" in page
    assert CANARY not in page
    now = datetime.now(UTC)
    change_plan(ada, now=now, daily_cap=8, shares_answers=True, away_until=None)
    for person, seen in ((ada, 3), (max, 3), (zoe, 0)):
        assert PracticeItem.objects.visible_to(person).count() == seen
    client.force_login(max)
    assert "Shared answers" in client.get(reverse("team-member", args=["ada"])).content.decode()
    session = PracticeSession.objects.get()
    for person in (max, zoe, root):
        client.force_login(person)
        assert client.get(session.get_absolute_url()).status_code == 404


def test_practice_in_the_browser(ada_client: Client, quiz: Quiz) -> None:
    assert "3 questions today" in ada_client.get(reverse("practice")).content.decode()
    page = ada_client.post(reverse("practice-start"), follow=True)
    session = PracticeSession.objects.get()
    assert CANARY not in page.content.decode()
    assert CANARY not in ada_client.get(reverse("api-practice-session", args=[session.pk])).content.decode()
    address = reverse("practice-answer", args=[session.pk, 0])
    empty = ada_client.post(address, {})
    assert empty.status_code == 400
    assert "Answer first" in empty.content.decode()
    feedback = ada_client.post(address, {"unknown": "1"}, follow=True).content.decode()
    assert CANARY in feedback
    assert "Not answered" in feedback
    end = ada_client.post(reverse("practice-end", args=[session.pk]), follow=True).content.decode()
    assert "2 questions left open" in end
    assert "tomorrow" in end


def test_practice_in_the_api(ada_client: Client, ada: Person, quiz: Quiz) -> None:
    assert ada_client.get(reverse("api-practice")).json()["questions"] == 3
    started = ada_client.post(reverse("api-practice-sessions"), {}, content_type="application/json")
    session = started.json()
    assert started.status_code == 201
    address = reverse("api-practice-answers", args=[session["id"]])
    while question := session["question"]:
        item = PracticeItem.objects.get(position=question["number"] - 1)
        body = {"number": question["number"], "response": {"chosen": item.question.key.correct}}
        graded = ada_client.post(address, body, content_type="application/json").json()
        assert graded["correct"] is True
        session = ada_client.get(reverse("api-practice-session", args=[session["id"]])).json()
    assert {change["topic"] for change in session["changes"]} == TOPICS
    over = ada_client.post(reverse("api-practice-sessions"), {}, content_type="application/json")
    assert (over.status_code, over.json()["code"]) == (409, "practice_over")
