"""The made-up people of a load: signed in beforehand, with what each of them needs at hand, in one file."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from django.core.management import call_command
from django.db.models import Count
from django.utils import timezone

from enablement.models import Card, Person, Role, Script, SlackLink
from quizzes.models import Quiz
from quizzes.seeding.people import LEAD
from quizzes.seeding.seeding import seed_history
from tests.chaos.people import cookie_of

REPS = 250
MANAGERS = 10
# Of the made-up history that the managers look at.
SEEDED_REPS, SEEDED_ANSWERS = 500, 200_000
TEAM, SECRET = "T1", "8f742231b10e8888abcd99yyyzzz85a5"


def fill(path: Path, *, history: bool) -> None:
    """Fill the database with the starter lessons and a crowd, and write what the crowd needs to `path`."""
    call_command("migrate", verbosity=0)
    call_command("load_lessons", "--now", verbosity=0)
    call_command("load_quizzes", verbosity=0)
    if history:
        seed_history(reps=SEEDED_REPS, answers=SEEDED_ANSWERS, seed=1, weeks=26, until=timezone.now())
        # The site is in nobody's demonstration, where demo people are let in by nothing.
        Person.objects.filter(username=LEAD).update(is_demo=False)
    path.write_text(json.dumps(_needed(history)), encoding="utf-8")


def _needed(history: bool) -> dict[str, Any]:
    reps = [_rep(number) for number in range(REPS)]
    quiz = Quiz.objects.annotate(size=Count("questions")).order_by("-size").first()
    assert quiz
    return {
        "reps": [cookie_of(rep) for rep in reps],
        "slack_users": [f"U{number}" for number in range(REPS)],
        "managers": [cookie_of(Person.objects.get(username=LEAD))] * MANAGERS if history else [],
        "quiz": quiz.slug,
        "cards": list(Card.objects.visible_to(reps[0]).values_list("slug", flat=True)),
        "questions": list(Script.objects.visible_to(reps[0]).values_list("question", flat=True)),
    }


def _rep(number: int) -> Person:
    person, _ = Person.objects.get_or_create(username=f"load-{number}", defaults={"role": Role.REP})
    SlackLink.objects.get_or_create(person=person, defaults={"slack_team": TEAM, "slack_user": f"U{number}"})
    return person
