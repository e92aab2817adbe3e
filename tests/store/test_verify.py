"""What must hold in the store: found where it is broken, and told."""

from __future__ import annotations

import json
from datetime import timedelta
from io import StringIO

import pytest
from django.core.management import call_command
from django.utils import timezone

from enablement.models import Lesson, Lexeme, Notice, Passage, Person, Turn, TurnState, Work
from enablement.models.conversations import Conversation
from enablement.retrieval.indexing import index_lesson
from enablement.store.daily import verify_and_tell
from enablement.store.invariants import broken
from quizzes.attempts import start_attempt, submit_attempt
from quizzes.models import Answer, Attempt, Grade, PendingGrade, Quiz, Skill
from quizzes.practice.from_quizzes import note_attempt

pytestmark = pytest.mark.django_db


def names() -> list[str]:
    return [outcome.name for outcome in broken()]


@pytest.fixture
def handed_in(ada: Person, quiz: Quiz) -> Attempt:
    attempt = submit_attempt(start_attempt(ada, quiz), ada)
    note_attempt(attempt)
    Work.objects.all().delete()
    return attempt


@pytest.fixture
def indexed(released_lesson: Lesson, encoder: None) -> Lesson:
    index_lesson(released_lesson)
    Work.objects.all().delete()
    return released_lesson


def test_a_sound_store_holds(handed_in: Attempt) -> None:
    assert set(names()) <= {"passages"}  # the small lesson is not indexed here


@pytest.mark.usefixtures("indexed")
class TestKnowledge:
    def test_an_index_of_the_released_content_holds(self) -> None:
        assert names() == []

    def test_a_passage_too_many_or_too_few_is_found(self) -> None:
        Passage.objects.filter(pk=Passage.objects.order_by("pk").values("pk")[:1]).delete()
        assert "passages" in names()

    def test_a_vector_of_another_text_is_found(self) -> None:
        Passage.objects.update(embedded_hash="0" * 64)
        assert names() == ["vectors"]

    def test_a_word_counted_wrongly_is_found(self) -> None:
        Lexeme.objects.filter(passages__gt=0).update(passages=99)
        assert names() == ["lexemes"]

    def test_a_passage_without_weights_is_found(self) -> None:
        Passage.objects.update(lexical=None)
        assert names() == ["weights"]

    def test_work_that_nobody_takes_up_is_found(self) -> None:
        work = Work.objects.create(name="train_guide")
        assert names() == []
        Work.objects.filter(pk=work.pk).update(created_at=timezone.now() - timedelta(minutes=6))
        assert names() == ["outbox"]

    def test_an_answer_left_half_written_is_found(self, ada: Person) -> None:
        turn = Turn.objects.create(
            conversation=Conversation.objects.create(person=ada), state=TurnState.STREAMING
        )
        Turn.objects.filter(pk=turn.pk).update(asked_at=timezone.now() - timedelta(hours=1))
        assert names() == ["turns"]


@pytest.mark.usefixtures("handed_in")
class TestQuizzes:
    def test_a_score_that_its_grades_do_not_come_to(self) -> None:
        Attempt.objects.update(score=0.123)
        assert "scores" in names()

    def test_a_grade_that_the_rule_would_not_give_again(self) -> None:
        Grade.objects.update(correct=True, score=1.0)
        assert {"regrade", "scores"} <= set(names())

    def test_an_answer_with_a_grade_that_waits_for_one(self) -> None:
        PendingGrade.objects.create(
            answer=Answer.objects.filter(grade__isnull=False)[0], since=timezone.now()
        )
        assert "grades" in names()

    def test_an_attempt_whose_grades_are_gone(self) -> None:
        Grade.objects.all().delete()
        assert {"attempts", "scores"} <= set(names())

    def test_a_skill_that_its_reviews_do_not_come_to(self) -> None:
        Skill.objects.update(due_at=timezone.now() + timedelta(days=900))
        assert "skills" in names()

    def test_an_attempt_left_open(self, ada: Person, quiz: Quiz) -> None:
        attempt = start_attempt(ada, quiz)
        Attempt.objects.filter(pk=attempt.pk).update(deadline=timezone.now() - timedelta(hours=1))
        assert "deadlines" in names()

    def test_a_grade_that_nobody_gives(self) -> None:
        answer = Answer.objects.filter(grade__isnull=False)[0]
        Grade.objects.filter(answer=answer).delete()
        PendingGrade.objects.create(answer=answer, since=timezone.now() - timedelta(hours=1))
        assert "waiting" in names()


def test_the_command_ends_with_1_and_says_what_is_broken(handed_in: Attempt) -> None:
    Attempt.objects.update(score=0.123)
    out = StringIO()
    with pytest.raises(SystemExit) as ended:
        call_command("verify", "--json", stdout=out)
    assert ended.value.code == 1
    result = json.loads(out.getvalue())
    scores = next(row for row in result["invariants"] if row["name"] == "scores")
    assert result["holds"] is False
    assert scores["cases"] == [f"attempt {handed_in.pk}"]


def test_the_admins_are_told_once_a_day(handed_in: Attempt, root: Person) -> None:
    Attempt.objects.update(score=0.123)
    verify_and_tell()
    verify_and_tell()
    notice = Notice.objects.get(person=root)
    assert "Every score is what its grades come to." in notice.text
