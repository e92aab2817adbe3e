"""What the home page says about quizzes and practice."""

from __future__ import annotations

from django.utils import timezone

from enablement.context import HomePanel
from enablement.models import Person
from enablement.roles import may_lead
from quizzes.assignments.overview import tasks_of
from quizzes.practice.overview import ahead_of
from quizzes.progress import progress

MOST_SHOWN = 3


def quiz_panel(person: Person) -> HomePanel | None:
    """Quizzes to go on with: open ones first, then those not passed yet. None where there are no quizzes."""
    known = progress(person)
    if not known:
        return None
    begun = [one for one in known if one.open]
    to_pass = [one for one in known if not one.open and not one.is_passed]
    content = {"waiting": (begun + to_pass)[:MOST_SHOWN], "is_manager": may_lead(person)}
    return HomePanel("quizzes/home_panel.html", content)


def practice_panel(person: Person) -> HomePanel | None:
    """Today's practice, where there is any. Nothing is said while somebody is away or done for the day."""
    ahead = ahead_of(person, timezone.now())
    if not (ahead.open or ahead.questions):
        return None
    content = {
        "open": ahead.open,
        "questions": ahead.questions,
        "minutes": ahead.minutes,
        "has_more_than_short": ahead.has_more_than_short,
    }
    return HomePanel("quizzes/practice/home_panel.html", content)


def for_you_panel(person: Person) -> HomePanel | None:
    """What somebody was asked to do and has not done, the next due first."""
    tasks = [task for task in tasks_of(person, timezone.now()) if task.is_open]
    if not tasks:
        return None
    content = {"tasks": tasks[:MOST_SHOWN], "more": len(tasks[MOST_SHOWN:])}
    return HomePanel("quizzes/assignments/home_panel.html", content)
