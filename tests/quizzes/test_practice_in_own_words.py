"""Practice in one's own words: the item waits, the judge reads it, what it cannot tell counts for nothing."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from enablement.models import Person
from quizzes import written
from quizzes.attempts import submit_attempt
from quizzes.evidence.keeping import differing_evidence
from quizzes.grading.rubrics import GradedCheck, Outcome, Rubric, RubricGrade
from quizzes.models import Attempt, Evidence, PracticeItem, PracticePlan, Question, Review
from quizzes.personal import empty_practice
from quizzes.practice.overview import changes_in
from quizzes.practice.sessions import answer_item, start_session
from quizzes.practice.sheets import answered, shared_answers
from quizzes.tasks import grade_practice

TEXT = "The lock is worn, and none holds for ever."


def judged(monkeypatch: pytest.MonkeyPatch, outcome: Outcome, *, met: int = 3) -> None:
    """Let the judge come to `outcome`, with the first `met` checks of it met."""

    def judge(rubric: Rubric, text: str, person: Person) -> RubricGrade:
        rest = Outcome.OPEN if outcome == Outcome.OPEN else Outcome.NOT_MET
        checks = tuple(
            GradedCheck(check.name, Outcome.MET if number < met else rest, 0, 8, text[:8], 0.5)
            for number, check in enumerate(rubric.checks)
        )
        return RubricGrade(outcome, checks, (), frozenset(), met / len(checks))

    monkeypatch.setattr(written, "judge_written", judge)


def open_item(person: Person, slug: str = "kind-free") -> PracticeItem:
    """An open session with one question in it."""
    session = start_session(person)
    session.items.all().delete()
    return PracticeItem.objects.create(session=session, question=Question.objects.get(slug=slug), position=0)


@pytest.fixture
def item(every_kind: Attempt, ada: Person) -> PracticeItem:
    submit_attempt(every_kind, ada)
    return open_item(ada)


def write(item: PracticeItem, text: str = TEXT) -> PracticeItem:
    answer_item(item.session, 0, {"text": text})
    item.refresh_from_db()
    return item


def test_what_was_written_waits_and_is_graded_once(
    monkeypatch: pytest.MonkeyPatch, item: PracticeItem
) -> None:
    assert write(item).waits
    judged(monkeypatch, Outcome.MET, met=2)
    grade_practice(item.pk)
    judged(monkeypatch, Outcome.NOT_MET, met=0)
    grade_practice(item.pk)
    item.refresh_from_db()
    assert (item.score, item.is_right) == (pytest.approx(2 / 3), True)
    [review] = Review.objects.filter(key=f"practice:{item.pk}")
    assert review.score == pytest.approx(2 / 3)
    assert [change.right for change in changes_in(item.session, item.session.started_at)] == [1]


def test_what_the_judge_cannot_tell_counts_for_nothing(
    monkeypatch: pytest.MonkeyPatch, item: PracticeItem
) -> None:
    write(item)
    judged(monkeypatch, Outcome.OPEN, met=1)
    grade_practice(item.pk)
    item.refresh_from_db()
    assert item.is_undecided
    assert not Review.objects.filter(key=f"practice:{item.pk}").exists()
    assert changes_in(item.session, item.session.started_at) == []
    assert answered(item, item.session.person).is_undecided


def test_nothing_written_is_no_answer_and_not_knowing_is(item: PracticeItem) -> None:
    with pytest.raises(ValueError, match="Answer first"):
        write(item, "  ")
    answer_item(item.session, 0, None)
    item.refresh_from_db()
    assert item.score == 0.0


def test_the_page_says_that_it_is_read_and_then_how_it_went(
    monkeypatch: pytest.MonkeyPatch, item: PracticeItem, ada_client: Client
) -> None:
    field = {f"q-{item.question_id}": TEXT}
    too_long = {f"q-{item.question_id}": f"{TEXT} " * 200}
    address = reverse("practice-answer", args=[item.session_id, 0])
    refused = ada_client.post(address, too_long)
    assert refused.status_code == 400
    assert TEXT in refused.content.decode()
    page = ada_client.post(address, field, follow=True).content.decode()
    assert "How it went stands here in a few seconds" in page
    assert item.question.key.explanation not in page
    judged(monkeypatch, Outcome.NOT_MET, met=1)
    grade_practice(item.pk)
    page = ada_client.get(reverse("practice-feedback", args=[item.session_id, 0])).content.decode()
    assert "Not right" in page
    assert f"<q>{TEXT[:8]}</q>" in page
    assert "I disagree" not in page


def test_the_api_says_202_until_it_is_judged(
    monkeypatch: pytest.MonkeyPatch, item: PracticeItem, ada_client: Client
) -> None:
    def post() -> Any:
        address = f"/api/v1/practice/sessions/{item.session_id}/answers/"
        body = {"number": 1, "response": {"text": TEXT}}
        return ada_client.post(address, body, content_type="application/json")

    waiting = post()
    assert (waiting.status_code, waiting.json()["state"]) == (202, "waiting")
    judged(monkeypatch, Outcome.MET)
    grade_practice(item.pk)
    graded = post()
    assert (graded.status_code, graded.json()["correct"]) == (200, True)


def test_evidence_and_what_is_shared_wait_for_the_grade(
    monkeypatch: pytest.MonkeyPatch, item: PracticeItem, ada: Person, max: Person
) -> None:
    PracticePlan.objects.create(person=ada, shares_answers=True)
    write(item)
    assert shared_answers(ada, max) == []
    assert not Evidence.objects.filter(practice_item=item).exists()
    judged(monkeypatch, Outcome.MET, met=2)
    grade_practice(item.pk)
    evidence = Evidence.objects.get(practice_item=item)
    assert (evidence.correct, evidence.answered) == (True, True)
    assert len(shared_answers(ada, max)) == 1
    empty_practice(PracticeItem.objects.filter(pk=item.pk), ada)
    item.refresh_from_db()
    assert TEXT[:8] not in str([item.response, item.grade])
    assert differing_evidence() == 0
