"""Grading anew, for all who answered a question: worked out, then applied, and taken back if need be."""

from __future__ import annotations

from django.db import models
from django.urls import reverse

from enablement.models import Person
from quizzes.models.attempts import Answer
from quizzes.models.quizzes import Quiz


class RegradeWay(models.TextChoices):
    """How answers are graded anew."""

    ANEW = "anew", "By the newest key or rubric"
    ACCEPT = "accept", "Accept all: every answer given is right"
    VOID = "void", "Void: the question does not count"


class RegradeState(models.TextChoices):
    """How far it has come."""

    WORKING = "working", "Being worked out"
    READY = "ready", "Nothing has changed yet"
    APPLIED = "applied", "Applied"
    UNDONE = "undone", "Taken back"


class Becomes(models.TextChoices):
    """What an answer's grade becomes."""

    GRADE = "grade", "Another grade"
    NOTHING = "nothing", "Does not count"
    PERSON = "person", "Waits for a person"


class RegradeQuerySet(models.QuerySet["Regrade"]):
    """Regrades, as a person may see them."""

    def visible_to(self, person: Person) -> RegradeQuerySet:
        """One's own; all of them, for an admin. They name people and their grades."""
        if person.is_admin:
            return self
        return self.filter(made_by=person) if person.is_manager else self.none()


class Regrade(models.Model):
    """Answers to a question (all its versions), to a quiz, or to a question in a quiz, graded anew.

    It reaches the answers of those whom `made_by` manages. `problem` says why it cannot be applied, and
    `notes` what is left as it is.
    """

    question_slug = models.SlugField(max_length=80, blank=True)
    quiz = models.ForeignKey(Quiz, null=True, blank=True, on_delete=models.PROTECT, related_name="regrades")
    way = models.CharField(max_length=10, choices=RegradeWay.choices)
    reason = models.TextField()
    state = models.CharField(max_length=10, choices=RegradeState.choices, default=RegradeState.WORKING)
    answers = models.PositiveIntegerField(default=0)
    problem = models.TextField(blank=True)
    notes = models.JSONField(default=list, blank=True)
    made_by = models.ForeignKey(Person, null=True, on_delete=models.SET_NULL, related_name="+")
    made_at = models.DateTimeField()
    applied_at = models.DateTimeField(null=True, blank=True)
    undone_at = models.DateTimeField(null=True, blank=True)

    objects = RegradeQuerySet.as_manager()

    class Meta:
        ordering = ["-made_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=~models.Q(question_slug="") | models.Q(quiz__isnull=False),
                name="a_regrade_says_what_of",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_way_display()}: {self.subject}"

    def get_absolute_url(self) -> str:
        return reverse("regrade", args=[self.pk])

    @property
    def subject(self) -> str:
        """What is graded anew, in a word."""
        return self.question_slug or (self.quiz.title if self.quiz else "")


class RegradeLine(models.Model):
    """One answer whose grade changes: `before` and `after` are grades as `kept_grade` keeps them.

    Either is empty where the answer had no grade or gets none; `waited` and `waits` are how it waits then.
    `applied_at` stays empty where the grade had changed otherwise by then.
    """

    regrade = models.ForeignKey(Regrade, on_delete=models.CASCADE, related_name="lines")
    answer = models.ForeignKey(Answer, on_delete=models.CASCADE, related_name="regrade_lines")
    becomes = models.CharField(max_length=10, choices=Becomes.choices)
    before = models.JSONField(default=dict, blank=True)
    waited = models.JSONField(default=dict, blank=True)
    after = models.JSONField(default=dict, blank=True)
    waits = models.JSONField(default=dict, blank=True)
    applied_at = models.DateTimeField(null=True, blank=True)
    undone_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["regrade", "answer"]
        constraints = [
            models.UniqueConstraint(fields=["regrade", "answer"], name="one_line_per_answer"),
        ]

    def __str__(self) -> str:
        return f"{self.answer}: {self.get_becomes_display()}"
