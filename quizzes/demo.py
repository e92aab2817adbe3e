"""A few attempts of the demo people, so that a manager's first look at the team page shows something."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from random import Random

from django.utils import timezone

from enablement.models import Person
from quizzes.attempts import save_answer, start_attempt, submit_attempt
from quizzes.models import Answer, AnswerKey, Attempt, QuestionKind, Quiz


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
