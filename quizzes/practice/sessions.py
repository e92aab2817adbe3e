"""A session of practice: begun, answered question by question, ended."""

from __future__ import annotations

from datetime import datetime
from random import Random, SystemRandom
from typing import Any, Final

from django.db import transaction

from enablement import outbox
from enablement.deliveries import record_deliveries
from enablement.models import Lesson, Person, Surface
from quizzes.deadlines import server_now
from quizzes.evidence.keeping import note_practice
from quizzes.feedback import line_to_say
from quizzes.grading import BadResponse
from quizzes.kinds import ONE_PRESS
from quizzes.models import (
    PracticeItem,
    PracticeSession,
    Purpose,
    Question,
    ReviewSource,
    SessionLength,
    Skill,
)
from quizzes.practice.choosing import Candidate, Topic, before_call, for_today, weakness_of, with_questions
from quizzes.practice.days import zone_of
from quizzes.practice.plans import ITEMS_IN, plan_of, room_today
from quizzes.practice.questions import candidates, practice_questions, spots_of, with_keys
from quizzes.practice.sheets import grade_of
from quizzes.practice.skills import memory_of, note_review
from quizzes.practice.weak_spots import Spot, slips
from quizzes.release import asked_now

# The outbox's name for judging one answer in somebody's own words. Its argument `item` is the item's id.
GRADE_PRACTICE: Final = "grade_practice"


class NothingToPractise(ValueError):
    """There is nothing to practise now. The message is one sentence for the person."""


class SessionOver(ValueError):
    """The session has ended, so nothing is answered in it any more."""


def topics_of(person: Person, spots: set[Spot], now: datetime) -> list[Topic]:
    """Return the topics at `spots`, as the person remembers each."""
    skills = Skill.objects.filter(person=person).select_related("lesson")
    memories = {(skill.lesson.slug, skill.topic): memory_of(skill) for skill in skills}
    weak = slips(person, now)
    return [Topic(*spot, memories.get(spot), weakness_of(weak.get(spot, {}))) for spot in sorted(spots)]


@transaction.atomic
def start_session(
    person: Person,
    *,
    lesson: Lesson | None = None,
    length: SessionLength = SessionLength.FULL,
    now: datetime | None = None,
    random: Random | None = None,
) -> PracticeSession:
    """Return the person's open session, or begin one: everyday practice, or `lesson` before a call.

    An open session whose minutes are over, or that was for something else, is ended; one that goes on keeps
    its length. Raises NothingToPractise.
    """
    now, random = now or server_now(), random or SystemRandom()
    Person.objects.select_for_update(no_key=True).get(pk=person.pk)
    purpose = Purpose.BEFORE_CALL if lesson else Purpose.DAILY
    for session in PracticeSession.objects.visible_to(person).filter(ended_at=None):
        if session.purpose == purpose and session.lesson == lesson and not is_over(session, now):
            return session
        _end(session, now)
    questions = with_keys(practice_questions(person))
    known = candidates(person, questions)
    chosen = with_questions(
        _topics(person, spots_of(questions), lesson, now)[: ITEMS_IN[length]], known, random
    )
    if not chosen:
        raise NothingToPractise(_why_nothing(person, known, lesson, now))
    session = PracticeSession.objects.create(
        person=person, purpose=purpose, lesson=lesson, minutes=length, started_at=now
    )
    asked = Question.objects.filter(pk__in=[candidate.question for _, candidate in chosen])
    by_id = asked.select_related("distinction").prefetch_related("options", "distinction__outcomes").in_bulk()
    if not PracticeItem.objects.visible_to(person).answered().exists():
        # The first of all is quickly answered: whoever has to learn how at once does not come back.
        chosen.sort(key=lambda one: by_id[one[1].question].kind not in ONE_PRESS)
    PracticeItem.objects.bulk_create(
        _item(session, position, by_id[candidate.question], random)
        for position, (_, candidate) in enumerate(chosen)
    )
    return session


def _topics(person: Person, spots: set[Spot], lesson: Lesson | None, now: datetime) -> list[Topic]:
    topics = topics_of(person, spots, now)
    if lesson is not None:
        return before_call(topics, lesson.slug, now, ITEMS_IN[SessionLength.FULL])
    return for_today(topics, now, zone_of(person.time_zone), room_today(plan_of(person), now))


def _why_nothing(person: Person, known: list[Candidate], lesson: Lesson | None, now: datetime) -> str:
    if lesson is not None:
        return "There is nothing to practise for this lesson yet. Choose another, or read its cards."
    if not known:
        return "There are no questions to practise yet. They come with the quizzes of your lessons."
    if not room_today(plan_of(person), now):
        return "That is all for today. What comes next has its day already."
    return "Nothing is due today. Practise before a call, or come back when something is."


def _item(session: PracticeSession, position: int, question: Question, random: Random) -> PracticeItem:
    order = question.rules.shown_order(question.names(), random)
    return PracticeItem(session=session, question=question, position=position, option_order=order)


def is_over(session: PracticeSession, now: datetime) -> bool:
    """Whether nothing more is asked: ended, or its minutes have passed."""
    return session.ended_at is not None or now >= session.over_at


def next_item(session: PracticeSession, now: datetime) -> PracticeItem | None:
    """Return the next question of the session; None where there is none, and then the session is ended."""
    open_items = session.items.filter(answered_at=None).select_related("question")
    item = open_items.exclude(question__slug__in=asked_now(session.person)).first()
    if item is None or is_over(session, now):
        end_session(session, now=now)
        return None
    return item


@transaction.atomic
def answer_item(
    session: PracticeSession,
    position: int,
    response: object | None,
    *,
    surface: Surface = Surface.BROWSER,
    now: datetime | None = None,
) -> PracticeItem:
    """Answer one question of the session, and schedule its topic anew. Answered again, it stays as it was.

    A `response` of None says that the person does not know. What somebody wrote is judged afterwards: until
    then the item waits. A question that is on the page when the
    time ends may still be answered. Raises BadResponse, SessionOver, PracticeItem.DoesNotExist.
    """
    session = PracticeSession.objects.select_for_update(no_key=True).get(pk=session.pk)
    item = session.items.select_related(
        "session__person",
        "question__key",
        "question__lesson",
        "question__guide_entry",
        "question__distinction",
    ).get(position=position)
    if item.answered_at is not None:
        return item
    if session.ended_at is not None:
        raise SessionOver("This practice is over. What was left comes again another day.")
    if item.question.slug in asked_now(session.person):
        raise SessionOver("This question is in a quiz that you have open, so it is left out here.")
    now = now or server_now()
    question = item.question
    item.response = _read(item, response)
    item.answered_at, item.surface = now, surface
    grade = grade_of(item)
    if grade is None:
        item.save()
        outbox.add_work(GRADE_PRACTICE, key=f"{GRADE_PRACTICE}:{item.pk}", item=item.pk)
    else:
        settle_item(item, grade.score)
    line = line_to_say(question)
    record_deliveries(session.person, surface, "feedback", [line] if line else [])
    return item


def settle_item(item: PracticeItem, score: float) -> None:
    """Keep how an answered item came out, and schedule its topic anew. For a transaction that locked it."""
    assert item.answered_at is not None
    item.score = score
    item.due_before, item.due_after = _rescheduled(item.session.person, item, item.answered_at)
    item.save()
    note_practice(item.pk)


def _read(item: PracticeItem, response: object | None) -> dict[str, Any]:
    rules = item.question.rules
    if response is None:
        return rules.from_form([])
    stored = rules.read(response, item.option_order)
    if not rules.is_given(stored, item.option_order):
        raise BadResponse("Answer first, or say that you do not know.")
    return stored


def _rescheduled(
    person: Person, item: PracticeItem, now: datetime
) -> tuple[datetime | None, datetime | None]:
    question = item.question
    skill = Skill.objects.filter(person=person, lesson=question.lesson, topic=question.topic).first()
    noted = note_review(
        person,
        question.lesson,
        question.topic,
        source=ReviewSource.PRACTICE,
        key=f"practice:{item.pk}",
        score=item.score or 0.0,
        at=now,
    )
    return skill.due_at if skill else None, noted.due_at


@transaction.atomic
def end_session(session: PracticeSession, *, now: datetime | None = None) -> PracticeSession:
    """End the session. Ended again, it stays as it was."""
    session = PracticeSession.objects.select_for_update(no_key=True).get(pk=session.pk)
    _end(session, now or server_now())
    return session


def _end(session: PracticeSession, now: datetime) -> None:
    if session.ended_at is None:
        session.ended_at = now
        session.save(update_fields=["ended_at"])
