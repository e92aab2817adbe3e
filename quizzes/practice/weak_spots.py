"""Where somebody slipped of late: in quizzes, and in drafts whose wording was checked."""

from __future__ import annotations

from collections import Counter, defaultdict
from datetime import datetime, timedelta
from typing import Final

from django.db.models import Count

from enablement.judging import FINDING
from enablement.models import Delivery, Person
from quizzes.models import Grade, Question
from quizzes.release import asked_now

# A slip longer ago than this says little about today.
LOOKED_BACK: Final = timedelta(days=30)

# Lesson and topic, both by slug.
Spot = tuple[str, str]


def slips(person: Person, now: datetime) -> dict[Spot, Counter[str]]:
    """Return, by lesson and topic, how often the person slipped in a `quiz` or a `draft` of late.

    A quiz counts as it is graded now: what an appeal has put right is no slip, and what is asked in a quiz
    that they have open is none yet. A draft counts where the wording check found what a guide entry warns of,
    and questions rest on that entry.
    """
    spots: dict[Spot, Counter[str]] = defaultdict(Counter)
    for spot, number in _wrong_answers(person, now - LOOKED_BACK):
        spots[spot]["quiz"] += number
    for spot, number in _found_in_drafts(person, now - LOOKED_BACK):
        spots[spot]["draft"] += number
    return dict(spots)


def _wrong_answers(person: Person, since: datetime) -> list[tuple[Spot, int]]:
    wrong = Grade.objects.filter(
        answer__attempt__person=person, answer__attempt__submitted_at__gte=since, correct=False
    ).exclude(answer__question__slug__in=asked_now(person))
    rows = wrong.order_by().values_list("answer__question__lesson__slug", "answer__question__topic")
    return [((lesson, topic), n) for lesson, topic, n in rows.annotate(n=Count("pk"))]


def _found_in_drafts(person: Person, since: datetime) -> list[tuple[Spot, int]]:
    found = Delivery.objects.filter(
        person=person, purpose=FINDING, kind="guide_entry", given_at__gte=since
    ).order_by()
    counts = dict(found.values_list("slug").annotate(n=Count("pk")))
    if not counts:
        return []
    resting = Question.objects.filter(guide_entry__slug__in=counts).order_by()
    rows = resting.values_list("lesson__slug", "topic", "guide_entry__slug").distinct()
    return [((lesson, topic), counts[slug]) for lesson, topic, slug in rows if slug]
