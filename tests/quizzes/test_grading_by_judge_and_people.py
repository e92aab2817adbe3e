"""From a written answer to its grade: the judge, a person where it is not sure, an objection, a decision."""

from __future__ import annotations

import re
from datetime import UTC, datetime

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from enablement.judges.training import train_all
from enablement.models import Notice, Person
from quizzes import written
from quizzes.appeals import (
    DecidedMeanwhile,
    NothingToUndo,
    decide_answer,
    due_after,
    make_appeal,
    standing_of,
    undo_decision,
)
from quizzes.attempts import save_answer, submit_attempt
from quizzes.grading.rubrics import GradedCheck, Outcome, Rubric, RubricGrade
from quizzes.models import (
    Answer,
    Appeal,
    AppealState,
    Attempt,
    Grade,
    GradeChange,
    PendingGrade,
    PendingState,
    SampleAnswer,
)
from quizzes.tasks import grade_answer
from tests.quizzes.doors import answer_of

TEXT = "I am sure that the lock is worn."


@pytest.fixture
def answer(every_kind: Attempt, ada: Person) -> Answer:
    """An answer of Ada's that was handed in and waits."""
    save_answer(every_kind, answer_of(every_kind, "kind-free").question, {"text": TEXT}, 1)
    submit_attempt(every_kind, ada)
    return answer_of(every_kind, "kind-free")


def judged(monkeypatch: pytest.MonkeyPatch, outcome: Outcome) -> None:
    """Let the judge come to `outcome` on every check."""

    def judge(rubric: Rubric, text: str, person: Person) -> RubricGrade:
        checks = tuple(GradedCheck(c.name, outcome, 0, 4, text[:4], 0.5) for c in rubric.checks)
        return RubricGrade(outcome, checks, (), frozenset(), float(outcome == Outcome.MET))

    monkeypatch.setattr(written, "judge_written", judge)


@pytest.fixture
def max_client(max: Person) -> Client:
    client = Client()
    client.force_login(max)
    return client


def results_of(answer: Answer, client: Client) -> set[str]:
    """What the lists of results say of the objections to an answer of the client's: the same on each page."""
    quiz = answer.attempt.quiz.slug
    pages = [client.get(path).content.decode() for path in (reverse("my-results"), f"/quizzes/{quiz}/")]
    said = [set(re.findall(r"Objection \w+", page)) for page in pages]
    assert said[0] == said[1]
    return said[0]


def test_what_the_judge_is_sure_of_is_graded_with_the_words(
    monkeypatch: pytest.MonkeyPatch, answer: Answer, ada_client: Client
) -> None:
    judged(monkeypatch, Outcome.MET)
    grade_answer(answer.pk)
    grade = Grade.objects.get(answer=answer)
    assert grade.correct
    assert {check["quote"] for check in grade.checks} == {TEXT[:4]}
    page = ada_client.get(reverse("attempt-result", args=[answer.attempt_id])).content.decode()
    assert f"<q>{TEXT[:4]}</q>" in page


def test_what_it_is_not_sure_of_waits_for_the_manager(
    monkeypatch: pytest.MonkeyPatch, answer: Answer, max_client: Client, ada: Person
) -> None:
    judged(monkeypatch, Outcome.OPEN)
    grade_answer(answer.pk)
    assert PendingGrade.objects.get(answer=answer).state == PendingState.NEEDS_REVIEW
    assert not Grade.objects.filter(answer=answer).exists()
    address = reverse("answer-review", args=[answer.pk])
    assert address in max_client.get(reverse("answer-reviews")).content.decode()
    names = [check["name"] for check in answer.question.key.rubric["checks"]]
    max_client.post(address, {"met": names, "note": "Well put."})
    assert Grade.objects.get(answer=answer).correct
    assert GradeChange.objects.get(answer=answer).before == {}
    assert Notice.objects.get(person=ada).text == "Well put."
    assert SampleAnswer.objects.get(question=answer.question, text=TEXT).met == sorted(names)


def test_the_work_done_twice_leaves_a_persons_grade_alone(
    monkeypatch: pytest.MonkeyPatch, answer: Answer
) -> None:
    judged(monkeypatch, Outcome.MET)
    grade_answer(answer.pk)
    judged(monkeypatch, Outcome.NOT_MET)
    grade_answer(answer.pk)
    assert Grade.objects.get(answer=answer).correct


def test_an_objection_goes_to_the_manager_and_the_decision_changes_the_grade(
    monkeypatch: pytest.MonkeyPatch, answer: Answer, ada_client: Client, max_client: Client, max: Person
) -> None:
    judged(monkeypatch, Outcome.NOT_MET)
    grade_answer(answer.pk)
    names = [check["name"] for check in answer.question.key.rubric["checks"]]
    object_to = {"check": names[0], "reason": "I said it in other words."}
    for _ in range(2):
        ada_client.post(reverse("answer-appeal", args=[answer.pk]), object_to)
    appeal = Appeal.objects.get()
    assert Notice.objects.filter(person=max).count() == 1
    assert results_of(answer, ada_client) == {"Objection open"}
    max_client.post(reverse("answer-review", args=[answer.pk]), {"met": names})
    appeal.refresh_from_db()
    assert (appeal.state, appeal.decided_by) == (AppealState.ACCEPTED, max)
    change = GradeChange.objects.get(answer=answer)
    assert (change.before["correct"], change.after["correct"]) == (False, True)
    assert results_of(answer, ada_client) == {"Objection accepted"}


def test_on_a_result_the_manager_is_not_taken_for_the_rep(
    monkeypatch: pytest.MonkeyPatch, answer: Answer, ada_client: Client, max_client: Client
) -> None:
    judged(monkeypatch, Outcome.NOT_MET)
    grade_answer(answer.pk)
    check = answer.question.key.rubric["checks"][0]["name"]
    ada_client.post(reverse("answer-appeal", args=[answer.pk]), {"check": check, "reason": "In other words."})
    result = reverse("attempt-result", args=[answer.attempt_id])
    own, theirs = (client.get(result).content.decode() for client in (ada_client, max_client))
    assert "You disagreed. Your manager decides by" in own
    assert "They disagree: “In other words.” Decide by" in theirs
    assert "You disagreed" not in theirs


def test_nobody_else_objects_or_decides(
    monkeypatch: pytest.MonkeyPatch, answer: Answer, ada_client: Client, zoe: Person
) -> None:
    judged(monkeypatch, Outcome.OPEN)
    grade_answer(answer.pk)
    stranger = Client()
    stranger.force_login(zoe)
    assert stranger.post(reverse("answer-appeal", args=[answer.pk]), {"check": "x"}).status_code == 404
    for client in (stranger, ada_client):
        assert client.get(reverse("answer-review", args=[answer.pk])).status_code == 404
        assert client.get(reverse("answer-reviews")).status_code == 404


@pytest.mark.parametrize("form", [{"check": "nothing", "reason": "x"}, {"check": "part", "reason": " "}])
def test_an_objection_to_nothing_is_answered_in_a_sentence(
    monkeypatch: pytest.MonkeyPatch, answer: Answer, ada_client: Client, form: dict[str, str]
) -> None:
    judged(monkeypatch, Outcome.NOT_MET)
    grade_answer(answer.pk)
    response = ada_client.post(reverse("answer-appeal", args=[answer.pk]), form, follow=True)
    assert not Appeal.objects.exists()
    assert "Reload the page" in response.content.decode() or "no reason" in response.content.decode()


def test_three_working_days_skip_the_weekend() -> None:
    friday = datetime(2026, 11, 27, 9, tzinfo=UTC)
    assert due_after(friday) == datetime(2026, 12, 2, 9, tzinfo=UTC)


def test_the_judge_itself_grades_an_answer(encoder: None, answer: Answer) -> None:
    train_all()
    written.grade_written(answer, now=timezone.now())
    assert Grade.objects.filter(answer=answer).exists() != PendingGrade.objects.filter(answer=answer).exists()


def test_a_decision_is_taken_back_with_all_that_came_of_it(
    monkeypatch: pytest.MonkeyPatch, answer: Answer, ada: Person, max: Person
) -> None:
    judged(monkeypatch, Outcome.NOT_MET)
    grade_answer(answer.pk)
    before, score = Grade.objects.get(answer=answer), Attempt.objects.get(pk=answer.attempt_id).score
    names = [check["name"] for check in answer.question.key.rubric["checks"]]
    appeal = make_appeal(answer, names[0], "I said so.", now=timezone.now())
    decide_answer(answer, max, names, False, "", now=timezone.now())
    assert Attempt.objects.get(pk=answer.attempt_id).score != score
    undo_decision(answer, max, now=timezone.now())
    assert Attempt.objects.get(pk=answer.attempt_id).score == score
    after = Grade.objects.get(answer=answer)
    assert (after.score, after.checks, after.judge) == (before.score, before.checks, before.judge)
    appeal.refresh_from_db()
    assert (appeal.state, appeal.decided_by) == (AppealState.OPEN, None)
    assert not SampleAnswer.objects.filter(question=answer.question, text=TEXT).exists()
    assert Notice.objects.filter(person=ada, title__contains="taken back").count() == 1
    with pytest.raises(NothingToUndo):
        undo_decision(answer, max, now=timezone.now())


def test_what_had_no_grade_waits_again_when_the_decision_is_taken_back(
    monkeypatch: pytest.MonkeyPatch, answer: Answer, max: Person
) -> None:
    judged(monkeypatch, Outcome.OPEN)
    grade_answer(answer.pk)
    waited = PendingGrade.objects.get(answer=answer)
    decide_answer(answer, max, (), False, "", now=timezone.now())
    undo_decision(answer, max, now=timezone.now())
    waits = PendingGrade.objects.get(answer=answer)
    assert (waits.state, waits.since, waits.proposal) == (waited.state, waited.since, waited.proposal)
    assert Attempt.objects.get(pk=answer.attempt_id).waiting == 1


def test_the_second_of_two_managers_is_told(
    monkeypatch: pytest.MonkeyPatch, answer: Answer, max: Person
) -> None:
    judged(monkeypatch, Outcome.OPEN)
    grade_answer(answer.pk)
    seen = standing_of(answer)
    decide_answer(answer, max, (), False, "", now=timezone.now(), seen=seen)
    with pytest.raises(DecidedMeanwhile, match="Max"):
        decide_answer(answer, max, (), False, "", now=timezone.now(), seen=seen)
    assert GradeChange.objects.filter(answer=answer).count() == 1


def test_an_objection_by_the_api_is_the_same_objection(
    monkeypatch: pytest.MonkeyPatch, answer: Answer, ada_client: Client, zoe: Person, max: Person
) -> None:
    judged(monkeypatch, Outcome.NOT_MET)
    grade_answer(answer.pk)
    shown = ada_client.get(reverse("api-attempt", args=[answer.attempt_id])).json()["results"]
    (graded,) = [row for row in shown if row["answer"] == answer.pk]
    check = graded["evidence"][0]["check"]
    address, body = reverse("api-answer-appeals", args=[answer.pk]), {"check": check, "reason": "I said so."}
    made = ada_client.post(address, body, content_type="application/json")
    assert (made.status_code, made.json()["state"]) == (201, "open")
    assert ada_client.get(reverse("api-appeals")).json()["results"][0]["check"] == check
    nothing = ada_client.post(address, body | {"check": "nothing"}, content_type="application/json")
    assert (nothing.status_code, list(nothing.json()["errors"])) == (400, ["check"])
    stranger = Client()
    stranger.force_login(zoe)
    assert stranger.post(address, body, content_type="application/json").status_code == 404
    assert stranger.get(reverse("api-appeals")).json()["results"] == []
    assert Appeal.objects.count() == Notice.objects.filter(person=max).count() == 1


def test_the_same_answer_gets_the_same_grade(encoder: None, every_kind: Attempt) -> None:
    rubric = written.rubric_of(answer_of(every_kind, "kind-free"))
    assert rubric is not None
    train_all()
    assert len({written.judge_written(rubric, TEXT, every_kind.person) for _ in range(3)}) == 1
