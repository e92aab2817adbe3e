"""The life of an attempt: start, save answers, hand in."""

from __future__ import annotations

from datetime import datetime
from random import Random, SystemRandom
from typing import Final

from django.db import transaction
from django.db.models import QuerySet

from enablement import audit, outbox
from enablement.deliveries import record_deliveries
from enablement.models import Person, State, Surface
from quizzes import grading
from quizzes.bank import InPool, asked_by, drawn, pool_of
from quizzes.deadlines import deadline_of, is_over, server_now
from quizzes.drawing import Drawable, draw, siblings
from quizzes.evidence.keeping import note_grades
from quizzes.feedback import line_to_say
from quizzes.grades import NOTE_ATTEMPT, grade_at_once, measure
from quizzes.models import Answer, Attempt, AttemptState, Question, Quiz, Retakes, minutes_for
from quizzes.release import asked_now, shows_keys
from quizzes.vouching import vouched_for

# Largest whole number that JavaScript counts exactly.
MAX_SEQ: Final = 2**53 - 1

ALL_EXPIRED = (
    "What this quiz asks about has expired, so it grades nobody. Ask the owner of the lesson to look."
)
WAITS = f"{ALL_EXPIRED} Your answers are kept: finish once it is verified."


class EmptyQuiz(ValueError):
    """A quiz without questions cannot be started."""


class NothingVouchedFor(ValueError):
    """Every line that the attempt asks about has expired. It stays open, with its answers."""


class AttemptClosed(ValueError):
    """The attempt has been handed in. Its answers stay as they are."""


class TimeOver(AttemptClosed):
    """The attempt's time has run out. It is graded from what was saved until then."""


class NothingMissed(ValueError):
    """A retake of what was missed needs an attempt that is graded to the end, with something missed in it."""


class NoRetake(NothingMissed):
    """The quiz may be taken once, and was."""


@transaction.atomic
def start_attempt(
    person: Person,
    quiz: Quiz,
    *,
    missed_in: Attempt | None = None,
    now: datetime | None = None,
    random: Random | None = None,
) -> Attempt:
    """Return the person's open attempt at the quiz, or begin one. Raises EmptyQuiz.

    `missed_in` limits it to siblings of what was missed in an earlier attempt of theirs; what was right there
    is carried over. Raises NothingMissed, and NoRetake where the quiz allows no further attempt.

    The lock on the person's row makes starts at the same moment wait for one another; the unique
    constraints on attempts hold whatever else happens.
    """
    Person.objects.select_for_update(no_key=True).get(pk=person.pk)
    attempts = Attempt.objects.of(person).filter(quiz=quiz)
    attempt = attempts.filter(state=AttemptState.OPEN).first()
    if attempt is not None:
        return attempt
    random = random or SystemRandom()
    missed_in = _limited_to(quiz, attempts, missed_in)
    questions = _drawn_questions(quiz, random, missed_in)
    last = attempts.order_by("-number").values_list("number", flat=True).first() or 0
    started_at = now or server_now()
    attempt = Attempt.objects.create(
        person=person,
        quiz=quiz,
        number=last + 1,
        started_at=started_at,
        retake_of=missed_in,
        carried=right_in(missed_in) if missed_in else 0,
        deadline=deadline_of(started_at, minutes_for(person, quiz)),
    )
    Answer.objects.bulk_create(
        Answer(
            attempt=attempt,
            question=question,
            position=position,
            option_order=_shown_order(quiz, question, random),
        )
        for position, question in enumerate(questions)
    )
    audit.record(person, "start_attempt", attempt, after={"quiz": quiz.slug, "number": attempt.number})
    return attempt


def _limited_to(quiz: Quiz, earlier: QuerySet[Attempt], missed_in: Attempt | None) -> Attempt | None:
    """The attempt that a new one is limited to by what was missed, as the quiz has it. Raises NoRetake."""
    last = earlier.order_by("-number").first()
    if last is None or quiz.retakes == Retakes.ANY:
        return missed_in
    if quiz.retakes == Retakes.NONE:
        raise NoRetake("This quiz is taken once, and you have taken it. Your result stands.")
    return missed_in or last


def _drawn_questions(quiz: Quiz, random: Random, missed_in: Attempt | None) -> list[Question]:
    asked = asked_by(quiz)
    pool = pool_of(asked)
    if missed_in is not None:
        chosen = siblings(pool_of(missed_questions(missed_in)), _new_to(missed_in, pool), random)
    else:
        chosen = draw(pool, quiz.draws, random, quiz.draw_rules)
    if not quiz.shuffles:
        places = {one.item.pk: place for place, one in enumerate(pool)}
        chosen.sort(key=lambda one: places.get(one.pk, len(places)))
    if not chosen and asked.exists():
        raise EmptyQuiz(ALL_EXPIRED)
    if not chosen:
        raise EmptyQuiz("This quiz has no questions yet. Choose another one for now.")
    return drawn(chosen)


def missed_questions(attempt: Attempt) -> QuerySet[Question]:
    """What was not right in a handed-in attempt, as it is asked now. Raises NothingMissed.

    Also while another quiz asks some of it: what comes again was not right.
    """
    if attempt.answers.filter(question__slug__in=asked_now(attempt.person)).exists():
        raise NothingMissed("You have a quiz open that asks some of the same: hand it in first.")
    missed = attempt.answers.filter(grade__correct=False).values("question__slug")
    if attempt.is_open or attempt.waiting or not missed:
        raise NothingMissed("There is nothing in this attempt to try again yet.")
    newest = Question.objects.filter(slug__in=missed, state=State.RELEASED).order_by("slug", "-version")
    return Question.objects.filter(pk__in=newest.distinct("slug").values("pk"))


def right_in(attempt: Attempt) -> int:
    """How many answers of a handed-in attempt are right, those carried over into it included."""
    return attempt.carried + attempt.answers.filter(grade__correct=True).count()


def _new_to(attempt: Attempt, questions: list[Drawable[InPool]]) -> list[Drawable[InPool]]:
    shown = set(attempt.answers.values_list("question__slug", flat=True))
    return [question for question in questions if question.item.slug not in shown]


def _shown_order(quiz: Quiz, question: Question, random: Random) -> list[str]:
    names = question.names()
    return question.rules.shown_order(names, random) if quiz.shuffles else names


@transaction.atomic
def save_answer(
    attempt: Attempt,
    question: Question,
    response: object,
    client_seq: int,
    *,
    now: datetime | None = None,
) -> Answer:
    """Save an answer unless a newer one is there, and return what is stored now.

    `client_seq` numbers the saves of one answer (0 to 2^53 - 1); the highest wins, so saves may arrive
    twice or out of order. Raises BadResponse, AttemptClosed after the attempt was handed in, and TimeOver
    after its deadline by the database's clock.
    """
    attempt = Attempt.objects.select_for_update(no_key=True).get(pk=attempt.pk)
    if not attempt.is_open:
        raise AttemptClosed("This attempt has been handed in, so its answers can no longer change.")
    now = now or server_now()
    if is_over(attempt.deadline, now):
        raise TimeOver("The time for this attempt is over. What was saved until then is graded.")
    answer = Answer.objects.filter(attempt=attempt, question=question).first()
    if answer is None:
        raise grading.BadResponse("This question is not part of the attempt. Reload the page.")
    if not 0 < client_seq <= MAX_SEQ:
        raise grading.BadResponse("The number of the save must be a whole number above 0.")
    stored = question.rules.read(response, answer.option_order)
    if client_seq > answer.client_seq:
        answer.response, answer.client_seq, answer.saved_at = stored, client_seq, now
        answer.save(update_fields=["response", "client_seq", "saved_at"])
    return answer


@transaction.atomic
def submit_attempt(
    attempt: Attempt, person: Person, *, surface: Surface = Surface.BROWSER, now: datetime | None = None
) -> Attempt:
    """Hand in the person's own attempt and grade it. Handed in again, it stays as it was.

    What rests on a line that has expired is left ungraded and does not count. What is written in one's own
    words gets its grade afterwards. Raises NothingVouchedFor where
    that is all of it, Attempt.DoesNotExist for somebody else's attempt. Answer keys are read here for the
    first time.
    """
    attempt = Attempt.objects.of(person).select_for_update(no_key=True).get(pk=attempt.pk)
    return _hand_in(attempt, person, surface, now or server_now()) if attempt.is_open else attempt


@transaction.atomic
def close_attempt(attempt: Attempt, *, now: datetime | None = None) -> bool:
    """Grade an attempt whose time is over from what was saved, and return whether that was done now.

    Done by the program, for whoever does not come back. Raises NothingVouchedFor.
    """
    attempt = (
        Attempt.objects.select_for_update(no_key=True, of=["self"])
        .select_related("person")
        .get(pk=attempt.pk)
    )
    now = now or server_now()
    if not attempt.is_open or not is_over(attempt.deadline, now):
        return False
    _hand_in(attempt, None, Surface.BROWSER, now)
    return True


def _hand_in(attempt: Attempt, actor: Person | None, surface: Surface, now: datetime) -> Attempt:
    """Grade a locked open attempt. `actor` is who hands it in; None where its time ran out."""
    answers = attempt.answers.select_related(
        "question__key",
        "question__card",
        "question__guide_entry",
        "question__distinction",
        "question__ladder",
    ).prefetch_related("question__distinction__outcomes")
    counting = {question.pk for question in vouched_for(answer.question for answer in answers)}
    counted = [answer for answer in answers if answer.question_id in counting]
    if not counted:
        raise NothingVouchedFor(WAITS)
    grade_at_once(counted, now)
    attempt.state, attempt.submitted_at = AttemptState.SUBMITTED, now
    measure(attempt)
    attempt.save(update_fields=["state", "submitted_at", "score", "waiting"])
    note_grades(answer.pk for answer in counted)
    outbox.add_work(NOTE_ATTEMPT, attempt=str(attempt.pk))
    if shows_keys(attempt, attempt.person):
        held = set(asked_now(attempt.person))
        lines = [line_to_say(answer.question) for answer in counted if answer.question.slug not in held]
        record_deliveries(attempt.person, surface, "feedback", [line for line in lines if line is not None])
    verb = "submit_attempt" if actor else "close_attempt"
    audit.record(actor, verb, attempt, before={"state": "open"}, after={"score": attempt.score})
    return attempt
