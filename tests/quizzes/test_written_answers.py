"""Answers in one's own words: stored as they are written, and waiting for a grade after handing in."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from enablement import outbox
from enablement.models import Person, Work
from quizzes.attempts import save_answer, submit_attempt
from quizzes.grades import GRADE_ANSWER, settle_answer
from quizzes.grading import LONGEST_TEXT, Grade, written_in
from quizzes.models import Answer, Attempt, PendingGrade, PendingState, QuestionKind, SampleAnswer
from quizzes.models import Grade as GradeRow
from quizzes.tasks import grade_answer
from tests.quizzes.doors import answer_of, save

WRITTEN = ("kind-rewrite", "kind-free", "kind-analogy")
QUESTIONS = len(QuestionKind)
RIGHT = Grade(answered=True, correct=True, score=1.0, judge="test")


def write(attempt: Attempt, slug: str, text: object, seq: int = 1) -> Answer:
    return save_answer(attempt, answer_of(attempt, slug).question, {"text": text}, seq)


@pytest.fixture
def handed_in(every_kind: Attempt, ada: Person) -> Attempt:
    """One written answer given, one choice right, everything else left open."""
    save(every_kind, "kind-one", "b")
    write(every_kind, "kind-free", "The lock is worn.\n<b>Change it</b>")
    return submit_attempt(every_kind, ada)


@pytest.mark.parametrize("slug", WRITTEN)
def test_what_is_written_is_stored_as_it_is(every_kind: Attempt, slug: str) -> None:
    write(every_kind, slug, "Line one\r\n  line two – “ü” 🚪 ")
    assert written_in(answer_of(every_kind, slug).response) == "Line one\n  line two – “ü” 🚪 "
    assert answer_of(every_kind, slug).is_given


def test_an_empty_text_takes_the_answer_back(every_kind: Attempt) -> None:
    write(every_kind, "kind-free", "The lock.")
    write(every_kind, "kind-free", " \n ", seq=2)
    assert not answer_of(every_kind, "kind-free").is_given


@pytest.mark.parametrize("text", [None, 5, ["x"], "x" * (LONGEST_TEXT + 1), "a\x00b"])
def test_what_is_no_text_is_refused_in_a_sentence(every_kind: Attempt, text: object) -> None:
    with pytest.raises(ValueError, match=r"\.$"):
        write(every_kind, "kind-free", text)
    assert answer_of(every_kind, "kind-free").response is None


def test_a_written_answer_waits_and_counts_neither_way(handed_in: Attempt) -> None:
    assert (handed_in.waiting, handed_in.score) == (1, pytest.approx(1 / (QUESTIONS - 1)))
    assert not GradeRow.objects.filter(answer=answer_of(handed_in, "kind-free")).exists()
    assert not GradeRow.objects.get(answer=answer_of(handed_in, "kind-rewrite")).answered
    assert not handed_in.is_passed


def test_an_attempt_of_written_answers_alone_has_no_score_yet(every_kind: Attempt, ada: Person) -> None:
    every_kind.answers.exclude(question__slug="kind-free").delete()
    write(every_kind, "kind-free", "The lock is worn.")
    attempt = submit_attempt(every_kind, ada)
    assert (attempt.score, attempt.waiting, attempt.per_cent) == (None, 1, None)


def test_the_work_of_grading_goes_through_the_outbox(handed_in: Attempt) -> None:
    answer = answer_of(handed_in, "kind-free")
    work = Work.objects.get(name=GRADE_ANSWER)
    assert work.arguments == {"answer": answer.pk}
    assert outbox.HANDLERS[GRADE_ANSWER] is grade_answer


def test_a_grade_ends_the_waiting_and_moves_the_score(handed_in: Attempt) -> None:
    settle_answer(answer_of(handed_in, "kind-free"), RIGHT, now=timezone.now())
    handed_in.refresh_from_db()
    assert (handed_in.waiting, handed_in.score) == (0, pytest.approx(2 / QUESTIONS))
    assert not PendingGrade.objects.exists()


def test_another_grade_takes_the_place_of_the_first(handed_in: Attempt) -> None:
    answer = answer_of(handed_in, "kind-free")
    for grade in (RIGHT, Grade(answered=True, correct=False, score=0.5, judge="test")):
        settle_answer(answer, grade, now=timezone.now())
    assert GradeRow.objects.get(answer=answer).score == 0.5


def test_the_result_shows_what_waits_and_its_words_as_text(ada_client: Client, handed_in: Attempt) -> None:
    page = ada_client.get(reverse("attempt-result", args=[handed_in.pk])).content.decode()
    assert "1 not graded yet" in page
    assert "&lt;b&gt;Change it&lt;/b&gt;" in page
    assert f"{round(100 / (QUESTIONS - 1))}\xa0% so far" in page
    PendingGrade.objects.update(state=PendingState.NEEDS_REVIEW)
    assert "Needs review" in ada_client.get(reverse("attempt-result", args=[handed_in.pk])).content.decode()


def test_the_form_saves_what_is_written(ada_client: Client, every_kind: Attempt) -> None:
    question = answer_of(every_kind, "kind-free").question_id
    form = {f"seq-{question}": 0, f"q-{question}": "Ask which key.\r\nThen look."}
    ada_client.post(reverse("attempt-save", args=[every_kind.pk]), form)
    assert written_in(answer_of(every_kind, "kind-free").response) == "Ask which key.\nThen look."
    page = ada_client.get(every_kind.get_absolute_url()).content.decode()
    assert "Ask which key.\nThen look.</textarea>" in page


def test_the_api_takes_a_text_and_shows_what_waits(ada_client: Client, every_kind: Attempt) -> None:
    body = {
        "attempt": str(every_kind.pk),
        "question": answer_of(every_kind, "kind-free").question_id,
        "response": {"text": "The lock is worn."},
        "client_seq": 1,
    }
    saved = ada_client.post(reverse("api-answers"), body, content_type="application/json")
    assert saved.json()["response"] == {"text": "The lock is worn."}
    address = reverse("api-attempt-submit", args=[every_kind.pk])
    handed_in = ada_client.post(address, content_type="application/json").json()
    assert handed_in["waiting"] == 1
    assert [(row["text"], row["state"]) for row in handed_in["ungraded"]] == [
        ("The lock is worn.", "waiting")
    ]


def test_who_may_not_see_the_attempt_may_not_see_what_waits(
    handed_in: Attempt, zoe: Person, max: Person
) -> None:
    assert not PendingGrade.objects.visible_to(zoe).exists()
    assert PendingGrade.objects.visible_to(max).count() == 1


def test_the_bench_says_which_checks_a_sample_meets(every_kind: Attempt) -> None:
    samples = SampleAnswer.objects.filter(question=answer_of(every_kind, "kind-free").question)
    assert samples.count() == 8
    assert samples[0].met == ["part", "limit"]
