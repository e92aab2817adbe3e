"""What the practice pages say: today, the end of a session, and what a manager sees."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from django.db.models import Count, Max

from enablement.models import Lesson, Person
from quizzes.models import PracticeItem, PracticePlan, PracticeSession, SessionLength, Skill
from quizzes.practice.choosing import Topic, for_today
from quizzes.practice.days import day_of, zone_of
from quizzes.practice.memory import Memory, recall
from quizzes.practice.plans import ITEMS_A_SESSION, ITEMS_IN, answered_today, is_away, plan_of, room_today
from quizzes.practice.questions import practice_spots
from quizzes.practice.sessions import is_over, topics_of
from quizzes.practice.skills import memory_of
from quizzes.practice.weak_spots import slips
from quizzes.release import asked_now, topics_asked_now

# Fewer reviews than this say little, and the page says so.
FEW_REVIEWS = 3
ACTIVE_WITHIN = timedelta(days=28)


@dataclass(frozen=True, slots=True)
class SkillRow:
    """A topic as a person remembers it. `recall` in whole per cent, None where nothing is known yet."""

    lesson: str
    topic: str
    recall: int | None
    reviews: int
    due: date | None
    days: int | None
    slips: int = 0

    @property
    def is_few(self) -> bool:
        return self.reviews < FEW_REVIEWS

    @property
    def when(self) -> str:
        """When it comes again, in words."""
        return in_words(self.days)


@dataclass(frozen=True, slots=True)
class Ahead:
    """What lies ahead today. `questions` is what a session would have now, never a backlog."""

    plan: PracticePlan
    is_away: bool
    questions: int
    open: PracticeSession | None

    @property
    def minutes(self) -> int:
        return max(1, round(self.questions * 5 / ITEMS_A_SESSION))

    @property
    def has_more_than_short(self) -> bool:
        """Whether two minutes would leave something for another time."""
        return self.questions > ITEMS_IN[SessionLength.SHORT]


@dataclass(frozen=True, slots=True)
class Today(Ahead):
    """How practice stands today: what lies ahead, what was done, what is remembered."""

    done: int
    skills: list[SkillRow]
    lessons: list[Lesson]

    @property
    def tried(self) -> list[SkillRow]:
        """Topics that something is known of: how well they are remembered, or slips of late."""
        return [row for row in self.skills if row.recall is not None or row.slips]

    @property
    def untried(self) -> list[SkillRow]:
        """Topics that nothing is known of yet."""
        return [row for row in self.skills if row.recall is None and not row.slips]


@dataclass(frozen=True, slots=True)
class Change:
    """What a session changed for one topic: how many answers were right, and when it comes again."""

    topic: str
    right: int
    asked: int
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Activity:
    """What a manager sees of somebody's practice: that it happens, and what it has come to by topic."""

    days: int = 0
    answers: int = 0
    last: datetime | None = None
    skills: list[SkillRow] = field(default_factory=list)


def in_words(days: int | None) -> str:
    """Return how many days from today something is, in words."""
    if days is None:
        return "new"
    if days <= 0:
        return "today"
    return "tomorrow" if days == 1 else f"in {days} days"


def ahead_of(person: Person, now: datetime) -> Ahead:
    """Return what lies ahead of the person today; nothing is worked out while they are away."""
    plan = plan_of(person)
    if is_away(plan, now):
        return Ahead(plan, True, 0, None)
    topics = topics_of(person, practice_spots(person), now)
    return _ahead(person, plan, topics, now)


def today_of(person: Person, now: datetime) -> Today:
    """Return how the person's practice stands on their day."""
    topics = topics_of(person, practice_spots(person), now)
    ahead = _ahead(person, plan_of(person), topics, now)
    return Today(
        plan=ahead.plan,
        is_away=ahead.is_away,
        questions=ahead.questions,
        open=ahead.open,
        done=answered_today(person, now),
        skills=_rows(person, topics, now, zone_of(person.time_zone)),
        lessons=list(Lesson.objects.visible_to(person).filter(slug__in={one.lesson for one in topics})),
    )


def _ahead(person: Person, plan: PracticePlan, topics: list[Topic], now: datetime) -> Ahead:
    fitting = for_today(topics, now, zone_of(person.time_zone), room_today(plan, now))
    begun = PracticeSession.objects.visible_to(person).filter(ended_at=None).first()
    return Ahead(plan, is_away(plan, now), len(fitting), None if begun and is_over(begun, now) else begun)


def changes_in(session: PracticeSession, now: datetime) -> list[Change]:
    """Return what the answers with a score changed, topic by topic, in the order of asking.

    What the person is asked in an open quiz is left out.
    """
    zone = zone_of(session.person.time_zone)
    by_topic: dict[str, list[PracticeItem]] = {}
    scored = session.items.exclude(score=None).exclude(question__slug__in=asked_now(session.person))
    for item in scored.select_related("question"):
        by_topic.setdefault(item.question.topic, []).append(item)
    return [
        Change(
            topic=topic,
            right=sum(item.is_right for item in items),
            asked=len(items),
            before=in_words(_days(items[0].due_before, now, zone)),
            after=in_words(_days(items[-1].due_after, now, zone)),
        )
        for topic, items in by_topic.items()
    ]


def activities(people: Collection[int], now: datetime, reader: Person) -> dict[int, Activity]:
    """Return for each of `people` how much they practise, and their skills; no single answer.

    Callers pass the people that the reader may read about. Topics that the reader is asked about in a quiz
    now are left out.
    """
    items = PracticeItem.objects.answered().filter(
        session__person__in=people, answered_at__gte=now - ACTIVE_WITHIN
    )
    rows = (
        items.order_by()
        .values_list("session__person")
        .annotate(days=Count("answered_at__date", distinct=True), n=Count("pk"), last=Max("answered_at"))
    )
    found = {person: Activity(days, n, last) for person, days, n, last in rows}
    skills: dict[int, list[SkillRow]] = {}
    known = Skill.objects.filter(person__in=people).select_related("lesson", "person")
    asked = topics_asked_now(reader)
    for skill in known.annotate(n=Count("reviews")):
        if (skill.lesson_id, skill.topic) in asked:
            continue
        row = _row(
            memory_of(skill),
            skill.lesson.title,
            skill.topic,
            getattr(skill, "n", 0),
            now,
            zone_of(skill.person.time_zone),
        )
        skills.setdefault(skill.person_id, []).append(row)
    return {
        person: Activity(one.days, one.answers, one.last, skills.get(person, []))
        for person in people
        if (one := found.get(person, Activity())).answers or person in skills
    }


def _rows(person: Person, topics: list[Topic], now: datetime, zone: ZoneInfo) -> list[SkillRow]:
    titles = dict(Lesson.objects.visible_to(person).values_list("slug", "title"))
    counts = Skill.objects.filter(person=person).annotate(n=Count("reviews"))
    reviews = {(slug, topic): n for slug, topic, n in counts.values_list("lesson__slug", "topic", "n")}
    slipped = slips(person, now)
    return [
        _row(
            one.memory,
            titles.get(one.lesson, one.lesson),
            one.topic,
            reviews.get((one.lesson, one.topic), 0),
            now,
            zone,
            sum(slipped.get((one.lesson, one.topic), {}).values()),
        )
        for one in topics
    ]


def _row(
    memory: Memory | None,
    lesson: str,
    topic: str,
    reviews: int,
    now: datetime,
    zone: ZoneInfo,
    slipped: int = 0,
) -> SkillRow:
    due = memory.due if memory else None
    return SkillRow(
        lesson=lesson,
        topic=topic,
        recall=None if memory is None else round(100 * recall(memory, now)),
        reviews=reviews,
        due=day_of(due, zone) if due else None,
        days=_days(due, now, zone),
        slips=slipped,
    )


def _days(due: datetime | None, now: datetime, zone: ZoneInfo) -> int | None:
    return None if due is None else (day_of(due, zone) - day_of(now, zone)).days
