"""Practice: what is remembered of each topic, the reviews that say so, and sessions of a few minutes."""

from __future__ import annotations

import uuid
from datetime import datetime, timedelta

from django.db import models
from django.urls import reverse

from enablement.models import Lesson, Person, Surface
from quizzes.models.attempts import whose_results
from quizzes.models.questions import Question


class PracticePlan(models.Model):
    """How one person wants to practise. Without a row, the defaults here hold."""

    person = models.OneToOneField(Person, on_delete=models.CASCADE, related_name="practice_plan")
    daily_cap = models.PositiveSmallIntegerField(default=8)
    away_until = models.DateField(null=True, blank=True)
    shares_answers = models.BooleanField(default=False)
    slack_hour = models.PositiveSmallIntegerField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(daily_cap__gte=1, daily_cap__lte=30), name="daily_cap_1_to_30"
            ),
            models.CheckConstraint(
                condition=models.Q(slack_hour=None) | models.Q(slack_hour__lte=23), name="slack_hour_0_to_23"
            ),
        ]

    def __str__(self) -> str:
        return f"practice of {self.person}"


class SkillQuerySet(models.QuerySet["Skill"]):
    """What people remember, as a person may see it."""

    def visible_to(self, person: Person) -> SkillQuerySet:
        """Your own, and of those you manage."""
        return self.filter(whose_results("person", person))


class Skill(models.Model):
    """What a person remembers of a topic of a lesson; always what its reviews come to."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="skills")
    lesson = models.ForeignKey(Lesson, on_delete=models.CASCADE, related_name="skills")
    topic = models.SlugField(max_length=80)
    stability = models.FloatField(null=True)
    difficulty = models.FloatField(null=True)
    last_at = models.DateTimeField(null=True)
    due_at = models.DateTimeField(null=True)

    objects = SkillQuerySet.as_manager()

    class Meta:
        ordering = ["lesson", "topic"]
        constraints = [
            models.UniqueConstraint(fields=["person", "lesson", "topic"], name="one_skill_per_topic")
        ]

    def __str__(self) -> str:
        return f"{self.topic} of {self.person}"


class ReviewSource(models.TextChoices):
    """Where an answer was given that tells something about a skill."""

    PRACTICE = "practice", "Practice"
    QUIZ = "quiz", "Quiz"
    COACH = "coach", "Coach"


class Review(models.Model):
    """One answer's word on a skill. `key` names what it is about, so that the same is noted once."""

    skill = models.ForeignKey(Skill, on_delete=models.CASCADE, related_name="reviews")
    source = models.CharField(max_length=10, choices=ReviewSource.choices)
    key = models.CharField(max_length=120, unique=True)
    score = models.FloatField()
    at = models.DateTimeField()

    class Meta:
        ordering = ["skill", "at"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(score__gte=0.0, score__lte=1.0), name="review_score_from_0_to_1"
            )
        ]

    def __str__(self) -> str:
        return f"{self.skill}: {self.score:.2f}"


class Purpose(models.TextChoices):
    """Why somebody practises now."""

    DAILY = "daily", "Everyday practice"
    BEFORE_CALL = "before_call", "Before a call"


class SessionLength(models.IntegerChoices):
    """How many minutes a session lasts."""

    SHORT = 2, "Two minutes"
    FULL = 5, "Five minutes"


class PracticeSessionQuerySet(models.QuerySet["PracticeSession"]):
    """Sessions: nobody's but one's own."""

    def visible_to(self, person: Person) -> PracticeSessionQuerySet:
        return self.filter(person=person)


class PracticeSession(models.Model):
    """A few minutes of practice. Over when they are, every item is answered, or the person ends it."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="practice_sessions")
    purpose = models.CharField(max_length=12, choices=Purpose.choices, default=Purpose.DAILY)
    lesson = models.ForeignKey(Lesson, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    minutes = models.PositiveSmallIntegerField(
        choices=SessionLength.choices, default=SessionLength.FULL, db_default=SessionLength.FULL
    )
    started_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)

    objects = PracticeSessionQuerySet.as_manager()

    class Meta:
        ordering = ["-started_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["person"], condition=models.Q(ended_at=None), name="one_open_practice_session"
            )
        ]

    def __str__(self) -> str:
        return f"{self.get_purpose_display()} of {self.person}"

    def get_absolute_url(self) -> str:
        return reverse("practice-session", args=[self.pk])

    @property
    def over_at(self) -> datetime:
        """When no further question is asked."""
        return self.started_at + timedelta(minutes=self.minutes)


class PracticeItemQuerySet(models.QuerySet["PracticeItem"]):
    """Single answers of practice."""

    def visible_to(self, person: Person) -> PracticeItemQuerySet:
        """Your own; of those you manage only while they share theirs; so for an admin."""
        sharing = whose_results("session__person", person) & models.Q(
            session__person__practice_plan__shares_answers=True
        )
        return self.filter(models.Q(session__person=person) | sharing)

    def answered(self) -> PracticeItemQuerySet:
        return self.exclude(answered_at=None)

    def judged(self) -> PracticeItemQuerySet:
        """Those of which it is known how they came out, or that it cannot be told."""
        return self.answered().exclude(score=None, grade__isnull=True)


class PracticeItem(models.Model):
    """One question in a session. `due_before` and `due_after` are the skill's, for the end screen.

    An answer in one's own words has no score until it is judged; `grade` then holds its checks. Where the
    judge could not tell, it has a grade and no score: nobody looks at practice, so it counts for nothing.
    """

    session = models.ForeignKey(PracticeSession, on_delete=models.CASCADE, related_name="items")
    question = models.ForeignKey(Question, on_delete=models.PROTECT, related_name="practice_items")
    position = models.PositiveSmallIntegerField()
    option_order = models.JSONField(default=list)
    response = models.JSONField(null=True, blank=True)
    score = models.FloatField(null=True, blank=True)
    grade = models.JSONField(null=True, blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)
    surface = models.CharField(max_length=10, choices=Surface.choices, default=Surface.BROWSER)
    due_before = models.DateTimeField(null=True, blank=True)
    due_after = models.DateTimeField(null=True, blank=True)

    objects = PracticeItemQuerySet.as_manager()

    class Meta:
        ordering = ["session", "position"]
        constraints = [
            models.UniqueConstraint(fields=["session", "position"], name="one_item_per_place"),
            models.UniqueConstraint(fields=["session", "question"], name="one_item_per_question"),
            models.CheckConstraint(
                condition=models.Q(answered_at=None, score=None)
                | models.Q(answered_at__isnull=False, score__isnull=False, score__gte=0.0, score__lte=1.0)
                | models.Q(answered_at__isnull=False, score=None, response__has_key="text"),
                name="a_score_comes_with_an_answer",
            ),
        ]

    def __str__(self) -> str:
        return f"item {self.position + 1} of {self.session_id}"

    @property
    def waits(self) -> bool:
        """Whether it was answered and nobody has judged it yet."""
        return self.answered_at is not None and self.score is None and self.grade is None

    @property
    def is_undecided(self) -> bool:
        """Whether it was judged, and the judge could not tell."""
        return self.score is None and self.grade is not None

    @property
    def is_right(self) -> bool:
        """Whether it counts as right: a written answer may, without meeting every check."""
        return (
            self.score == 1 if self.grade is None else self.score is not None and bool(self.grade["correct"])
        )
