"""Starting, saving and handing in."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.db import IntegrityError, connection, transaction
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from enablement.models import AuditEvent, Delivery, Person
from quizzes.attempts import AttemptClosed, EmptyQuiz, save_answer, start_attempt, submit_attempt
from quizzes.files import read_quiz_file
from quizzes.grading import BadResponse
from quizzes.loader import load_quiz
from quizzes.models import Answer, Attempt, Grade, Question, Quiz
from tests.quizzes.doors import DOORS, Answering, answer_of, save


def test_starting_again_returns_the_open_attempt(quiz: Quiz, ada: Person, attempt: Attempt) -> None:
    assert start_attempt(ada, quiz) == attempt


def test_an_attempt_after_handing_in_is_the_next_number(quiz: Quiz, ada: Person, hand_in: Answering) -> None:
    hand_in(ada, quiz)
    assert start_attempt(ada, quiz).number == 2


def test_a_quiz_without_questions_cannot_be_started(quiz: Quiz, ada: Person) -> None:
    quiz.places.all().delete()
    with pytest.raises(EmptyQuiz, match="no questions yet"):
        start_attempt(ada, quiz)


def test_the_database_allows_one_open_attempt(quiz: Quiz, ada: Person, attempt: Attempt) -> None:
    with pytest.raises(IntegrityError, match="one_open_attempt"):
        Attempt.objects.create(person=ada, quiz=quiz, number=2)


def test_an_answer_can_be_changed_and_taken_back(attempt: Attempt) -> None:
    save(attempt, "what-to-promise", "a", seq=1)
    save(attempt, "what-to-promise", "b", seq=2)
    assert answer_of(attempt, "what-to-promise").response == {"chosen": ["b"]}
    save(attempt, "what-to-promise", seq=3)
    assert not answer_of(attempt, "what-to-promise").is_given


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60, deadline=None)
@given(order=st.permutations(range(1, 9)), repeats=st.lists(st.integers(0, 7), max_size=6))
def test_the_highest_seq_wins_whatever_order_saves_arrive_in(
    attempt: Attempt, order: list[int], repeats: list[int]
) -> None:
    Answer.objects.filter(attempt=attempt).update(client_seq=0, response=None)
    for seq in [*order, *(order[index] for index in repeats)]:
        save(attempt, "what-squeaks", "abc"[seq % 3], seq=seq)
    answer = answer_of(attempt, "what-squeaks")
    assert (answer.client_seq, answer.response) == (8, {"chosen": ["c"]})


def test_a_late_save_is_told_what_is_stored(attempt: Attempt) -> None:
    save(attempt, "what-to-promise", "b", seq=7)
    late = save(attempt, "what-to-promise", "a", seq=3)
    assert (late.client_seq, late.response) == (7, {"chosen": ["b"]})


def test_an_option_of_another_question_is_refused(attempt: Attempt) -> None:
    with pytest.raises(BadResponse, match="does not belong"):
        save(attempt, "what-to-promise", "hinge")


def test_a_question_that_was_not_asked_is_refused(attempt: Attempt) -> None:
    stranger = Question.objects.create(
        lesson=attempt.quiz.lesson, slug="stranger", kind="one_choice", prompt="?", topic="x"
    )
    with pytest.raises(BadResponse, match="not part of the attempt"):
        save_answer(attempt, stranger, {"chosen": []}, 1)


@pytest.mark.parametrize("seq", [-1, 0, 2**53, 2**70])
def test_a_seq_that_is_no_number_of_a_save_is_refused(attempt: Attempt, seq: int) -> None:
    with pytest.raises(BadResponse, match="whole number"):
        save(attempt, "what-to-promise", "a", seq=seq)


def test_nothing_is_saved_after_handing_in(attempt: Attempt, ada: Person) -> None:
    save(attempt, "what-to-promise", "a")
    submit_attempt(attempt, ada)
    with pytest.raises(AttemptClosed, match="handed in"):
        save(attempt, "what-to-promise", "b", seq=2)
    assert answer_of(attempt, "what-to-promise").response == {"chosen": ["a"]}


def test_handing_in_grades_every_question(quiz: Quiz, ada: Person, hand_in: Answering) -> None:
    attempt = hand_in(ada, quiz, sort_scraping="lock", what_squeaks=None)
    assert attempt.score == 0.5
    grades = {grade.answer.question.slug: grade for grade in Grade.objects.select_related("answer__question")}
    assert (grades["sort-scraping"].chosen, grades["sort-scraping"].true) == ("lock", "hinge")
    assert not grades["what-squeaks"].answered
    assert grades["what-to-promise"].correct
    assert grades["sort-key-slips"].correct


def test_handing_in_twice_has_one_effect(attempt: Attempt, ada: Person) -> None:
    first, second = submit_attempt(attempt, ada), submit_attempt(attempt, ada)
    assert first.submitted_at == second.submitted_at
    assert Grade.objects.count() == 4
    assert AuditEvent.objects.filter(verb="submit_attempt").count() == 1


def test_nobody_hands_in_for_somebody_else(attempt: Attempt, max: Person, root: Person) -> None:
    for person in (max, root):
        with pytest.raises(Attempt.DoesNotExist):
            submit_attempt(attempt, person)


def test_lines_given_with_the_feedback_are_noted(quiz: Quiz, ada: Person, hand_in: Answering) -> None:
    hand_in(ada, quiz)
    given = set(Delivery.objects.filter(person=ada).values_list("kind", "slug", "field", "purpose"))
    assert given == {
        ("guide_entry", "door-unbreakable", "do_say", "feedback"),
        ("distinction", "door-problem", "hinge.say", "feedback"),
        ("distinction", "door-problem", "lock.say", "feedback"),
    }


def test_no_line_is_noted_before_handing_in(attempt: Attempt) -> None:
    save(attempt, "what-to-promise", "a")
    assert not Delivery.objects.exists()


def test_an_open_attempt_keeps_the_versions_it_showed(
    attempt: Attempt, ada: Person, doors_file: Path
) -> None:

    doors_file.write_text(
        DOORS.replace("It holds out for a while", "It holds out, for a while"), encoding="utf-8"
    )
    load_quiz(read_quiz_file(doors_file))
    answer = answer_of(attempt, "what-to-promise")
    assert answer.question.version == 1
    assert Question.objects.filter(slug="what-to-promise").count() == 2
    save(attempt, "what-to-promise", "b")
    submit_attempt(attempt, ada)
    assert answer_of(attempt, "what-to-promise").grade.correct
    newer = start_attempt(ada, attempt.quiz)
    assert answer_of(newer, "what-to-promise").question.version == 2


@pytest.mark.parametrize(
    "sql",
    [
        'UPDATE quizzes_answer SET response = \'{"chosen": ["b"]}\' WHERE attempt_id = %s',
        "UPDATE quizzes_attempt SET state = 'open', submitted_at = NULL, score = NULL WHERE id = %s",
        "UPDATE quizzes_attempt SET started_at = now() WHERE id = %s",
        "UPDATE quizzes_attempt SET score = NULL WHERE id = %s",
        "UPDATE quizzes_attempt SET score = 2 WHERE id = %s",
    ],
)
def test_the_database_itself_keeps_what_was_handed_in(attempt: Attempt, ada: Person, sql: str) -> None:
    submit_attempt(attempt, ada, now=timezone.now())
    with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql, [attempt.pk])
