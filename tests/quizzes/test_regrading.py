"""Grading anew: who changes is shown first, then applied, told, and taken back."""

from __future__ import annotations

from datetime import timedelta

import pytest
import yaml
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from enablement.models import AuditEvent, Notice, Person, Role, Work
from quizzes import grading
from quizzes.appeals import decide_answer
from quizzes.attempts import save_answer, submit_attempt
from quizzes.grades import GRADE_ANSWER, settle_answer
from quizzes.grading.rubrics import GradedCheck, Outcome, Rubric, RubricGrade
from quizzes.grading.written import grade_of
from quizzes.models import (
    Answer,
    Attempt,
    Grade,
    GradeChange,
    PendingGrade,
    PendingState,
    Question,
    Quiz,
    Regrade,
    RegradeState,
    RegradeWay,
)
from quizzes.regrading import planning
from quizzes.regrading.applying import CannotRegrade, apply_regrade, undo_regrade
from quizzes.regrading.asking import BadRegrade, ask_for_regrade
from quizzes.regrading.effects import Line, Standing, after_all
from quizzes.regrading.standings import effects_of
from quizzes.statistics.item_report import quiz_statistics
from quizzes.tasks import work_out_a_regrade
from quizzes.writing import question_text, write_question
from quizzes.written import rubric_of
from tests.quizzes.doors import Answering, answer_of

SLUG = "what-to-promise"


def asked(person: Person, way: str, slug: str = SLUG) -> Regrade:
    return ask_for_regrade(person, way, slug, None, "The key was wrong.", now=timezone.now())


@pytest.fixture
def wrong(hand_in: Answering, quiz: Quiz, ada: Person) -> Attempt:
    """An attempt of Ada's in which one answer is wrong by the key."""
    return hand_in(ada, quiz, what_to_promise="a")


@pytest.fixture
def new_key(wrong: Attempt, nia: Person) -> Question:
    """A new version of the question whose key is the answer that Ada gave."""
    question = answer_of(wrong, SLUG).question
    said = yaml.safe_load(question_text(question))
    for option, right in zip(said["options"], (True, False, False), strict=True):
        option.update(correct=right, misconception="" if right else "It does not hold out.")
    return write_question(question.lesson, yaml.safe_dump(said), nia, of=question)


def score(attempt: Attempt) -> float | None:
    return Attempt.objects.get(pk=attempt.pk).score


def test_a_new_key_shows_who_changes_and_changes_nothing_yet(
    wrong: Attempt, new_key: Question, max: Person
) -> None:
    (effect,) = effects_of(asked(max, RegradeWay.ANEW))
    assert effect.attempt == wrong
    assert effect.was is not None
    assert effect.will_be == 100 > effect.was
    assert not Grade.objects.get(answer=answer_of(wrong, SLUG)).correct
    assert not GradeChange.objects.exists()


def test_applied_it_keeps_the_old_grade_and_the_version_and_tells_the_rep(
    wrong: Attempt, new_key: Question, max: Person, ada: Person, ada_client: Client
) -> None:
    before = answer_of(wrong, SLUG)
    apply_regrade(asked(max, RegradeWay.ANEW), max, now=timezone.now())
    answer = answer_of(wrong, SLUG)
    assert (answer.question, answer.grade.key_of, answer.grade.correct) == (before.question, new_key, True)
    assert score(wrong) == 1
    change = GradeChange.objects.get(answer=answer)
    assert (change.before["correct"], change.after["correct"]) == (False, True)
    assert "100 % now" in Notice.objects.get(person=ada).title
    assert AuditEvent.objects.filter(actor=max, verb="apply_regrade").exists()
    page = ada_client.get(reverse("attempt-result", args=[wrong.pk])).content.decode()
    assert "The key was wrong." in page


def test_taken_back_all_is_as_before(wrong: Attempt, new_key: Question, max: Person) -> None:
    before, was = answer_of(wrong, SLUG).grade, score(wrong)
    regrade = apply_regrade(asked(max, RegradeWay.ANEW), max, now=timezone.now())
    assert undo_regrade(regrade, max, now=timezone.now()) == 0
    after = answer_of(wrong, SLUG).grade
    assert (after.correct, after.checks, after.judge, after.key_of) == (
        before.correct,
        before.checks,
        before.judge,
        None,
    )
    assert score(wrong) == was


def test_void_does_not_count_and_statistics_follow(wrong: Attempt, quiz: Quiz, max: Person) -> None:
    apply_regrade(asked(max, RegradeWay.VOID), max, now=timezone.now())
    assert not Grade.objects.filter(answer=answer_of(wrong, SLUG)).exists()
    assert score(wrong) == 1
    rows = quiz_statistics(quiz, Attempt.objects.all()).items
    assert [row.figures for row in rows if row.question.slug == SLUG] == [None]


def test_an_attempt_is_never_left_with_nothing(
    hand_in: Answering, quiz: Quiz, ada: Person, max: Person
) -> None:
    attempt = hand_in(ada, quiz)
    attempt.answers.exclude(question__slug=SLUG).delete()
    with pytest.raises(CannotRegrade, match="One attempt would be left"):
        apply_regrade(asked(max, RegradeWay.VOID), max, now=timezone.now())
    assert score(attempt) == 1


def test_accept_all_makes_every_given_answer_right(
    hand_in: Answering, quiz: Quiz, ada: Person, max: Person
) -> None:
    wrong = hand_in(ada, quiz, what_to_promise="a")
    left_open = hand_in(ada, quiz, what_to_promise=None)
    apply_regrade(asked(max, RegradeWay.ACCEPT), max, now=timezone.now())
    assert answer_of(wrong, SLUG).grade.correct
    assert not answer_of(left_open, SLUG).grade.correct


def test_a_key_to_other_options_leaves_the_answers_alone(wrong: Attempt, nia: Person, max: Person) -> None:
    question = answer_of(wrong, SLUG).question
    text = question_text(question).replace("It can never be opened", "Nothing at all")
    write_question(question.lesson, text, nia, of=question)
    regrade = asked(max, RegradeWay.ANEW)
    assert not regrade.lines.exists()
    assert regrade.notes == [f"{planning.OTHER_OPTIONS}: 1."]


def test_what_changed_meanwhile_is_left(wrong: Attempt, new_key: Question, max: Person) -> None:
    first, second = asked(max, RegradeWay.ANEW), asked(max, RegradeWay.ACCEPT)
    apply_regrade(second, max, now=timezone.now())
    apply_regrade(first, max, now=timezone.now())
    assert answer_of(wrong, SLUG).grade.judge == planning.ACCEPTED
    with pytest.raises(CannotRegrade):
        apply_regrade(first, max, now=timezone.now())


def test_only_those_whom_one_manages_are_reached(
    wrong: Attempt, zoe: Person, hand_in: Answering, quiz: Quiz, max: Person, ada: Person
) -> None:
    hers = hand_in(zoe, quiz, what_to_promise="a")
    assert {effect.attempt for effect in effects_of(asked(max, RegradeWay.VOID))} == {wrong} != {hers}
    for person in (ada, zoe):
        client = Client()
        client.force_login(person)
        assert client.get(reverse("regrades")).status_code == 404
    other = Person.objects.create_user("mia", "mia@example.org", "correct horse battery", role=Role.MANAGER)
    client = Client()
    client.force_login(other)
    mine = Regrade.objects.first()
    assert mine is not None
    assert client.get(reverse("regrade", args=[mine.pk])).status_code == 404
    assert client.post(reverse("regrade-act", args=[mine.pk]), {"act": "apply"}).status_code == 404
    with pytest.raises(BadRegrade, match="Nobody"):
        asked(other, RegradeWay.VOID)


@pytest.mark.parametrize(
    ("way", "slug", "reason", "says"),
    [
        ("sideways", SLUG, "x", "Choose how"),
        ("void", "", "x", "Choose a question"),
        ("void", SLUG, " ", "reason"),
        ("void", "no-such-question", "x", "Nobody"),
    ],
)
def test_what_makes_no_sense_is_said_in_a_sentence(
    wrong: Attempt, max: Person, client: Client, way: str, slug: str, reason: str, says: str
) -> None:
    client.force_login(max)
    form = {"way": way, "question": slug, "reason": reason}
    response = client.post(reverse("regrades"), form)
    assert response.status_code == 400
    assert says in response.content.decode()
    assert not Regrade.objects.exists()


def test_by_the_page_from_asking_to_taking_back(
    wrong: Attempt, new_key: Question, max: Person, client: Client
) -> None:
    client.force_login(max)
    form = {"way": "anew", "question": SLUG, "reason": "The key was wrong."}
    shown = client.post(reverse("regrades"), form, follow=True)
    assert "1 of 1 answer" in shown.content.decode()
    regrade = Regrade.objects.get()
    for act, state in (("again", "ready"), ("apply", "applied"), ("undo", "undone")):
        assert (
            client.post(reverse("regrade-act", args=[regrade.pk]), {"act": act}, follow=True).status_code
            == 200
        )
        regrade.refresh_from_db()
        assert regrade.state == RegradeState(state)


@pytest.fixture
def spoken(every_kind: Attempt, ada: Person) -> Answer:
    """An answer of Ada's in her own words that the judge found wrong."""
    answer = answer_of(every_kind, "kind-free")
    save_answer(every_kind, answer.question, {"text": "I am sure that the lock is worn."}, 1)
    submit_attempt(every_kind, ada)
    settle_answer(answer, judged_grade(answer, Outcome.NOT_MET), now=timezone.now())
    return answer


def test_a_judge_that_keeps_one_waiting_is_said_to_and_can_be_left(
    spoken: Answer, max: Person, client: Client
) -> None:
    client.force_login(max)
    regrade = asked(max, RegradeWay.ANEW, "kind-free")
    place, long_ago = regrade.get_absolute_url(), timezone.now() - timedelta(minutes=2)
    Regrade.objects.update(made_at=long_ago)
    page = client.get(place).content.decode()
    assert "You may leave it" in page
    assert "longer than usual" not in page
    Work.objects.update(created_at=long_ago)
    assert "longer than usual" in client.get(place).content.decode()
    client.post(reverse("regrade-act", args=[regrade.pk]), {"act": "again"})
    assert "longer than usual" not in client.get(place).content.decode()


def judged_grade(answer: Answer, outcome: Outcome) -> grading.Grade:
    rubric = rubric_of(answer)
    assert rubric is not None
    return grade_of(rubric, judgement(rubric, outcome), "test")


def judgement(rubric: Rubric, outcome: Outcome) -> RubricGrade:
    checks = tuple(GradedCheck(check.name, outcome, 0, 4, "I am", 0.5) for check in rubric.checks)
    return RubricGrade(outcome, checks, (), frozenset(), float(outcome == Outcome.MET))


@pytest.mark.parametrize("outcome", [Outcome.MET, Outcome.OPEN])
def test_a_new_rubric_is_judged_by_the_worker_and_goes_to_a_person_where_it_is_not_sure(
    monkeypatch: pytest.MonkeyPatch, spoken: Answer, max: Person, outcome: Outcome
) -> None:
    monkeypatch.setattr(planning, "judge_written", lambda rubric, text, person: judgement(rubric, outcome))
    regrade = asked(max, RegradeWay.ANEW, "kind-free")
    assert regrade.state == RegradeState.WORKING
    work_out_a_regrade(regrade.pk)
    apply_regrade(regrade, max, now=timezone.now())
    waits = PendingGrade.objects.filter(answer=spoken).first()
    if outcome == Outcome.MET:
        assert Grade.objects.get(answer=spoken).correct
    else:
        assert waits is not None
        assert waits.state == PendingState.NEEDS_REVIEW
        assert not Grade.objects.filter(answer=spoken).exists()
    undo_regrade(regrade, max, now=timezone.now())
    assert not Grade.objects.get(answer=spoken).correct
    assert not PendingGrade.objects.filter(answer=spoken).exists()


def test_what_a_person_decided_stays(monkeypatch: pytest.MonkeyPatch, spoken: Answer, max: Person) -> None:
    monkeypatch.setattr(
        planning, "judge_written", lambda rubric, text, person: judgement(rubric, Outcome.MET)
    )
    decide_answer(spoken, max, (), False, "", now=timezone.now())
    regrade = asked(max, RegradeWay.ANEW, "kind-free")
    work_out_a_regrade(regrade.pk)
    regrade.refresh_from_db()
    assert (regrade.lines.count(), regrade.notes) == (0, [f"{planning.DECIDED}: 1."])


def test_what_waited_for_the_judge_waits_for_it_again(every_kind: Attempt, ada: Person, max: Person) -> None:
    answer = answer_of(every_kind, "kind-free")
    save_answer(every_kind, answer.question, {"text": "The lock is worn."}, 1)
    submit_attempt(every_kind, ada)
    regrade = apply_regrade(asked(max, RegradeWay.VOID, "kind-free"), max, now=timezone.now())
    Work.objects.all().delete()
    undo_regrade(regrade, max, now=timezone.now())
    assert PendingGrade.objects.get(answer=answer).state == PendingState.WAITING
    assert Work.objects.filter(name=GRADE_ANSWER, arguments__answer=answer.pk).exists()


SCORES = st.one_of(st.none(), st.floats(0, 1))


@settings(suppress_health_check=[HealthCheck.too_slow], max_examples=50)
@given(st.lists(st.tuples(SCORES, SCORES), max_size=12))
def test_the_arithmetic_is_that_of_counting_anew(scores: list[tuple[float | None, float | None]]) -> None:
    lines = [Line(1, before, after, waited=False, waits=False) for before, after in scores]
    before = [score for score, _ in scores if score is not None]
    after = [score for _, score in scores if score is not None]
    standing = after_all({1: Standing(sum(before), len(before), 2, 0)}, lines)[1]
    assert standing.count == len(after)
    assert standing.score == pytest.approx((sum(after) + 2) / (len(after) + 2))
