"""One form for every answer, wherever it was given, that is never anything else than what follows from it."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from random import Random

import pytest
from django.core.management import call_command

from enablement.models import Distinction, Membership, Person, Surface, Team
from quizzes.evidence.keeping import differing_evidence, note_coaching, rebuild_evidence
from quizzes.grades import settle_answer
from quizzes.grading import Grade as GivenGrade
from quizzes.models import CoachRun, CoachTurn, Evidence, Grade, PracticeItem, PracticePlan, Quiz, Scenario
from quizzes.practice.plans import change_plan
from quizzes.practice.sessions import answer_item, start_session
from tests.quizzes.doors import Answering, answer_of

NOW = datetime(2026, 3, 2, 9, tzinfo=UTC)


def practise(person: Person, now: datetime = NOW, surface: Surface = Surface.BROWSER) -> PracticeItem:
    """Sort one statement in practice, as `neither`."""
    session = start_session(person, now=now, random=Random(0))
    items = session.items.select_related("question")
    item = next(item for item in items if item.question.topic == "telling-apart")
    return answer_item(session, item.position, {"chosen": ["neither"]}, surface=surface, now=now)


def share(person: Person, shares: bool = True) -> None:
    change_plan(person, now=NOW, daily_cap=8, shares_answers=shares, away_until=None)


def talk(person: Person, scenario: Scenario, chosen: str) -> CoachTurn:
    """Say the first thing to the coach, as it is stored."""
    run = CoachRun.objects.create(person=person, scenario=scenario, outcome="hinge", turns=[], started_at=NOW)
    turn = CoachTurn.objects.create(
        run=run, number=0, chosen=chosen, text="Let us look.", score=0.5, reply="Well.", said_at=NOW
    )
    note_coaching(turn.pk)
    return turn


@pytest.fixture
def scenario(quiz: Quiz) -> Scenario:
    return Scenario.objects.create(
        lesson=quiz.lesson,
        distinction=Distinction.objects.get(slug="door-problem"),
        slug="the-porch",
        title="The porch",
        topic="telling-apart",
        buyer="A caretaker",
        situation="A porch.",
        says="It scrapes.",
        turns=1,
        content_hash="",
    )


def test_a_quiz_says_what_was_chosen_and_what_is_true(quiz: Quiz, ada: Person, hand_in: Answering) -> None:
    attempt = hand_in(ada, quiz, sort_scraping="lock", sort_key_slips=None)
    found = {one.question.slug: one for one in Evidence.objects.filter(person=ada)}
    taken, left_open = found["sort-scraping"], found["sort-key-slips"]
    assert (taken.true, taken.chosen, taken.correct, taken.answered) == ("hinge", "lock", False, True)
    assert (left_open.true, left_open.chosen, left_open.answered) == ("lock", "", False)
    assert (taken.source, taken.quiz, taken.at) == ("quiz", quiz, attempt.submitted_at)
    assert taken.distinction.slug == "door-problem"


def test_an_open_attempt_is_no_evidence(attempt: object) -> None:
    assert not Evidence.objects.exists()


def test_another_grade_changes_the_evidence_with_it(quiz: Quiz, ada: Person, hand_in: Answering) -> None:
    answer = answer_of(hand_in(ada, quiz, what_to_promise="a"), "what-to-promise")
    settle_answer(answer, GivenGrade(answered=True, correct=True, score=1.0), now=NOW)
    assert Evidence.objects.get(question__slug="what-to-promise").correct
    Grade.objects.filter(answer=answer).delete()
    assert Evidence.objects.count() == 3


def test_practice_is_evidence_while_it_is_shared(quiz: Quiz, ada: Person) -> None:
    practise(ada)
    assert not Evidence.objects.exists()
    share(ada)
    (one,) = Evidence.objects.all()
    assert (one.source, one.chosen, one.correct, one.quiz) == ("practice", "neither", False, None)
    share(ada, False)
    assert not Evidence.objects.exists()


@pytest.mark.parametrize(
    ("surface", "source"), [("browser", "practice"), ("api", "practice"), ("slack",) * 2]
)
def test_practice_knows_where_it_was_answered(quiz: Quiz, ada: Person, surface: str, source: str) -> None:
    share(ada)
    practise(ada, surface=Surface(surface))
    assert Evidence.objects.get().source == source


def test_the_coach_says_it_in_the_same_form(ada: Person, zoe: Person, scenario: Scenario) -> None:
    share(ada)
    talk(ada, scenario, "lock")
    talk(zoe, scenario, "lock")
    (one,) = Evidence.objects.all()
    assert (one.source, one.person, one.true, one.chosen, one.question) == (
        "coach",
        ada,
        "hinge",
        "lock",
        None,
    )


def test_what_is_kept_is_what_follows_from_the_answers(
    quiz: Quiz, ada: Person, zoe: Person, scenario: Scenario, hand_in: Answering
) -> None:
    share(ada)
    for person in (ada, zoe):
        hand_in(person, quiz, sort_scraping="lock")
        practise(person)
        talk(person, scenario, "lock")
    assert differing_evidence() == 0
    kept = set(Evidence.objects.values_list("source", "person", "topic", "true", "chosen", "at"))
    Evidence.objects.filter(person=zoe).delete()
    Evidence.objects.filter(source="coach").update(chosen="hinge")
    assert differing_evidence() == 5
    assert rebuild_evidence() == 5
    assert differing_evidence() == 0
    assert set(Evidence.objects.values_list("source", "person", "topic", "true", "chosen", "at")) == kept


def test_evidence_that_follows_from_nothing_is_dropped(quiz: Quiz, ada: Person, zoe: Person) -> None:
    for person in (ada, zoe):
        share(person)
        practise(person)
    PracticePlan.objects.filter(person=ada).update(shares_answers=False)
    assert differing_evidence() == 1
    rebuild_evidence()
    assert [one.person for one in Evidence.objects.all()] == [zoe]


def test_the_team_is_the_one_at_the_time(
    quiz: Quiz, ada: Person, north: Team, south: Team, hand_in: Answering
) -> None:
    hand_in(ada, quiz)
    Membership.objects.filter(person=ada).delete()
    Membership.objects.create(person=ada, team=south)
    hand_in(ada, quiz)
    rebuild_evidence()
    assert list(Evidence.objects.order_by("at").distinct("at").values_list("teams", flat=True)) == [
        [north.pk],
        [south.pk],
    ]


def test_evidence_is_seen_by_its_person_and_their_managers(
    quiz: Quiz, ada: Person, zoe: Person, max: Person, nia: Person, hand_in: Answering
) -> None:
    for person in (ada, zoe):
        hand_in(person, quiz)
    seen = {one.username: Evidence.objects.visible_to(one).count() for one in (ada, zoe, max, nia)}
    assert seen == {"ada": 4, "zoe": 4, "max": 4, "nia": 0}


def test_the_command_counts_and_puts_right(
    quiz: Quiz, ada: Person, hand_in: Answering, capsys: pytest.CaptureFixture[str]
) -> None:
    hand_in(ada, quiz)
    Evidence.objects.update(at=NOW - timedelta(days=1))
    call_command("rebuild_evidence", "--check")
    call_command("rebuild_evidence")
    call_command("rebuild_evidence", "--check")
    assert [line.split("; ")[1][0] for line in capsys.readouterr().out.splitlines()] == ["4", "4", "0"]
