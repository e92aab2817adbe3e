"""How much somebody practises, and when not at all."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Final, TypedDict, Unpack

from django.db import transaction

from enablement import audit
from enablement.models import Person
from quizzes.evidence.keeping import renew_evidence
from quizzes.models import PracticeItem, PracticePlan, Purpose, SessionLength
from quizzes.practice.days import day_bounds, day_of, zone_of

# As many questions as fit, at the forty seconds or so that a question with its feedback takes.
ITEMS_IN: Final = {SessionLength.SHORT: 3, SessionLength.FULL: 7}
ITEMS_A_SESSION: Final = ITEMS_IN[SessionLength.FULL]
CAPS: Final = (2, 4, 8, 12, 16)
# When somebody may be written to in Slack.
HOURS: Final = range(6, 22)
LONGEST_ABSENCE: Final = timedelta(days=180)


class BadPlan(ValueError):
    """Not a plan. The message is one sentence for the person."""


def plan_of(person: Person) -> PracticePlan:
    """Return the person's plan; the default one, unsaved, where they have changed nothing."""
    return PracticePlan.objects.filter(person=person).first() or PracticePlan(person=person)


class Changes(TypedDict, total=False):
    """What is to be different in a plan.

    `away_until` is their first day back; at `slack_hour` (0 to 23, their time) a question comes by Slack.
    """

    daily_cap: int
    shares_answers: bool
    away_until: date | None
    slack_hour: int | None


def change_plan(person: Person, *, now: datetime, **changes: Unpack[Changes]) -> PracticePlan:
    """Change how the person practises; what is not named stays. Raises BadPlan."""
    today = day_of(now, zone_of(person.time_zone))
    if changes.get("daily_cap", CAPS[0]) not in CAPS:
        raise BadPlan(f"Choose one of {', '.join(str(cap) for cap in CAPS)} questions a day.")
    back = changes.get("away_until")
    if back is not None and not today < back <= today + LONGEST_ABSENCE:
        raise BadPlan("Choose a day of return after today, within half a year.")
    return _change(person, **changes)


def share_answers(person: Person, shares: bool) -> PracticePlan:
    """Share one's single practice answers with those who manage one, or share them no more. At once."""
    return _change(person, shares_answers=shares)


def go_away(person: Person, back: date | None) -> PracticePlan:
    """Practise no more until the day `back`; None: go on at once."""
    return _change(person, away_until=back)


@transaction.atomic
def _change(person: Person, **changes: object) -> PracticePlan:
    plan, _ = PracticePlan.objects.select_for_update().get_or_create(person=person)
    before = {"shares_answers": plan.shares_answers}
    for name, value in changes.items():
        setattr(plan, name, value)
    plan.save()
    if plan.shares_answers != before["shares_answers"]:
        renew_evidence(person)
    after = {"shares_answers": plan.shares_answers}
    audit.record(person, "change_plan", plan, before=before, after=after)
    return plan


def is_away(plan: PracticePlan, now: datetime) -> bool:
    """Whether the person is away today. On the day of return practice goes on."""
    today = day_of(now, zone_of(plan.person.time_zone))
    return plan.away_until is not None and today < plan.away_until


def answered_today(person: Person, now: datetime) -> int:
    """Return how many questions of everyday practice the person has answered on their day."""
    begin, end = day_bounds(now, zone_of(person.time_zone))
    mine = PracticeItem.objects.filter(session__person=person, session__purpose=Purpose.DAILY)
    return mine.filter(answered_at__gte=begin, answered_at__lt=end).count()


def room_today(plan: PracticePlan, now: datetime) -> int:
    """Return how many questions an everyday session may have now; 0 while away or once the day's are done."""
    if is_away(plan, now):
        return 0
    return max(0, min(ITEMS_A_SESSION, plan.daily_cap - answered_today(plan.person, now)))
