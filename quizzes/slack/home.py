"""What App Home shows of practice, of what somebody was asked to do, and of what a manager has to look at."""

from __future__ import annotations

from django.urls import reverse

from enablement.models import Person
from enablement.numbers import number, per_cent
from enablement.own_forms import day
from enablement.roles import may_lead
from enablement.slack.blocks import Block, actions, button, heading, link_button, section
from enablement.slack.markup import escape, link
from quizzes.assignments.overview import tasks_of
from quizzes.deadlines import server_now
from quizzes.desk.queue import count_for
from quizzes.practice.overview import SkillRow, Today, today_of
from quizzes.slack.questions import BEGIN, PAUSE, PREFIX, RESUME

MOST_TASKS, MOST_TOPICS = 5, 5


def practice_section(person: Person) -> list[Block]:
    """Today's practice, what is remembered by topic (the least first), and whether to rest."""
    today = today_of(person, server_now())
    met = sorted((row for row in today.skills if row.days is not None), key=_recall)
    new = [row for row in today.skills if row.days is None]
    lines = [_stands(today), *(_skill(row) for row in met[:MOST_TOPICS]), *_new(new)]
    rests = button("Go on with practice", f"{PREFIX}:{RESUME}", "resume")
    if not today.is_away:
        rests = button("Pause for a week", f"{PREFIX}:{PAUSE}", "pause")
    practise = (
        [button("Practise here", f"{PREFIX}:{BEGIN}", "begin")] if today.questions or today.open else []
    )
    plan = link_button("When and how much", "practice", reverse("practice"))
    return [heading("Practice"), section("\n".join(lines)), actions([*practise, rests, plan])]


def tasks_section(person: Person) -> list[Block]:
    """What somebody was asked to do and has not done, the next due first."""
    tasks = [task for task in tasks_of(person, server_now()) if task.is_open]
    if not tasks:
        return []
    lines = [f"• {link(task.start_url, task.assignment.title)}: {task.when}" for task in tasks[:MOST_TASKS]]
    return [heading(f"For you to do ({len(tasks)})"), section("\n".join(lines))]


def desk_section(person: Person) -> list[Block]:
    """For a manager: how many answers wait for a person's word."""
    count = count_for(person) if may_lead(person) else 0
    if not count:
        return []
    words = "1 answer waits" if count == 1 else f"{number(count)} answers wait"
    begin = link_button("Look at them", "desk", reverse("answer-reviews"))
    return [heading("To look at"), section(f"{words} for your decision."), actions([begin])]


def _stands(today: Today) -> str:
    if today.is_away and today.plan.away_until:
        return f"Practice rests until {day(today.plan.away_until)}."
    if today.questions:
        count = "1 question is" if today.questions == 1 else f"{today.questions} questions are"
        return f"{count} due, about {today.minutes} minutes."
    return f"Nothing is due. Answered today: {today.done}."


def _skill(row: SkillRow) -> str:
    known = (
        f"{per_cent(row.recall)} remembered"
        if row.recall is not None and not row.is_few
        else "too few answers to say"
    )
    return f"• {escape(row.topic.replace('-', ' '))}: {known}, next {row.when}"


def _new(rows: list[SkillRow]) -> list[str]:
    """The topics that were never practised, in one line."""
    if not rows:
        return []
    names = [escape(row.topic.replace("-", " ")) for row in rows[:MOST_TOPICS]]
    more = f" and {len(rows) - MOST_TOPICS} more" if len(rows) > MOST_TOPICS else ""
    return [f"New to you: {', '.join(names)}{more}."]


def _recall(row: SkillRow) -> tuple[bool, int]:
    return row.recall is None or row.is_few, row.recall or 0
