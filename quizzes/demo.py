"""A few attempts of the demo people, an assignment and a note: a manager's first look shows something."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from random import Random

from django.utils import timezone

from enablement.models import Person, Team
from quizzes.assignments.giving import Wanted, give_assignment
from quizzes.attempts import save_answer, start_attempt, submit_attempt
from quizzes.coaching.focus import focuses_of
from quizzes.coaching.notes import write_note
from quizzes.models import Answer, AnswerKey, Assignment, Attempt, CoachingNote, QuestionKind, Quiz
from quizzes.practice.days import day_of, zone_of


@dataclass(frozen=True, slots=True)
class Habit:
    """How a demo person answers: how often right, which outcomes they mix up, and how long ago they tried."""

    right: float
    days_ago: tuple[int, ...]
    takes: Mapping[str, str] = field(default_factory=dict)


# Ada hears behaviour where facts are missing, Ben the reverse, Cem is nearly there.
HABITS = {
    "ada": Habit(0.75, (12, 3), {"knowledge": "behaviour"}),
    "ben": Habit(0.70, (9,), {"behaviour": "knowledge", "both": "knowledge"}),
    "cem": Habit(0.92, (15, 6)),
    "zoe": Habit(0.80, (5,), {"neither": "behaviour"}),
}
MANAGER, COACHED = "max", "ada"
NOTE = (
    "Ada, on your last calls you offered to tune the tone where the buyer's facts were missing. Before the "
    "next one, ask yourself what the model would have to know."
)
# How often somebody who mixes up two outcomes does so.
SLIP = 0.6


def make_demo_history(now: datetime | None = None) -> int:
    """Give each demo person without attempts a few, and return how many were made. The same every time."""
    now = now or timezone.now()
    written = [kind for kind in QuestionKind if not kind.rules.is_graded_at_once]
    quiz = Quiz.objects.released().for_all().exclude(questions__kind__in=written).first()
    people = Person.objects.filter(is_demo=True, username__in=HABITS, attempts=None).order_by("username")
    if quiz is None:
        return 0
    return sum(_live(person, quiz, HABITS[person.username], now) for person in people)


def make_demo_managing(now: datetime | None = None) -> int:
    """Have the demo manager give the team a quiz, and write one note. Return how much was made; once only."""
    now = now or timezone.now()
    manager = Person.objects.filter(is_demo=True, username=MANAGER).first()
    team = Team.objects.filter(managers=manager).first() if manager else None
    if manager is None or team is None:
        return 0
    return _assign(manager, team, now) + _coach(manager, now)


def _assign(manager: Person, team: Team, now: datetime) -> int:
    quiz = Quiz.objects.released().for_all().order_by("-title").first()
    if quiz is None or Assignment.objects.filter(made_by=manager).exists():
        return 0
    due = day_of(now, zone_of(manager.time_zone)) + timedelta(days=5)
    give_assignment(manager, Wanted(quiz=quiz, team=team), due, counts_earlier=False, now=now)
    return 1


def _coach(manager: Person, now: datetime) -> int:
    person = Person.objects.visible_to(manager).filter(is_demo=True, username=COACHED).first()
    if person is None or CoachingNote.objects.filter(person=person).exists():
        return 0
    focus = next((focus for focus in focuses_of(person, now, manager) if focus.is_askable), None)
    if focus is None:
        return 0
    write_note(manager, person, NOTE, [focus], now=now, random=Random(person.username))
    return 1


def _live(person: Person, quiz: Quiz, habit: Habit, now: datetime) -> int:
    random = Random(person.username)
    for days in habit.days_ago:
        begun = now - timedelta(days=days, minutes=random.randrange(600))
        attempt = start_attempt(person, quiz, now=begun, random=random)
        _answer(attempt, habit, random, begun + timedelta(minutes=3))
        submit_attempt(attempt, person, now=begun + timedelta(minutes=random.randrange(4, 15)))
    return len(habit.days_ago)


def _answer(attempt: Attempt, habit: Habit, random: Random, now: datetime) -> None:
    answers = Answer.objects.filter(attempt=attempt).select_related("question")
    keys = {key.question_id: key for key in AnswerKey.objects.filter(question__answers__attempt=attempt)}
    for answer in answers:
        chosen = _choice(answer, keys[answer.question_id], habit, random)
        save_answer(attempt, answer.question, {"chosen": chosen}, client_seq=1, now=now)


def _choice(answer: Answer, key: AnswerKey, habit: Habit, random: Random) -> list[str]:
    if answer.question.kind == QuestionKind.SORT:
        habitual = habit.takes.get(key.correct[0], "")
        if habitual in answer.option_order and random.random() < SLIP:
            return [habitual]
    if random.random() < habit.right:
        return list(key.correct)
    return [random.choice([name for name in answer.option_order if name not in key.correct])]
