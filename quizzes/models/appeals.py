"""Objections to a check, and what became of a grade: nothing that was given is forgotten."""

from __future__ import annotations

from django.db import models

from enablement.models import Person
from quizzes.models.attempts import Answer, whose_results


class AppealState(models.TextChoices):
    """How far an objection has come."""

    OPEN = "open", "Open"
    ACCEPTED = "accepted", "Accepted"
    DECLINED = "declined", "Declined"


class AppealQuerySet(models.QuerySet["Appeal"]):
    """Objections, as a person may see them."""

    def visible_to(self, person: Person) -> AppealQuerySet:
        return self.filter(whose_results("answer__attempt__person", person))

    def open(self) -> AppealQuerySet:
        return self.filter(state=AppealState.OPEN)


class Appeal(models.Model):
    """“I disagree” with one check of one's own answer, and a manager's decision by the day it is due."""

    answer = models.ForeignKey(Answer, on_delete=models.CASCADE, related_name="appeals")
    check_name = models.SlugField(max_length=80)
    reason = models.TextField()
    state = models.CharField(max_length=10, choices=AppealState.choices, default=AppealState.OPEN)
    made_at = models.DateTimeField()
    due_at = models.DateTimeField()
    decided_at = models.DateTimeField(null=True, blank=True)
    decided_by = models.ForeignKey(Person, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    note = models.TextField(blank=True)

    objects = AppealQuerySet.as_manager()

    class Meta:
        ordering = ["due_at"]
        constraints = [
            models.UniqueConstraint(fields=["answer", "check_name"], name="one_appeal_per_check"),
        ]

    def __str__(self) -> str:
        return f"{self.get_state_display()}: {self.check_name} of {self.answer}"


class GradeChangeQuerySet(models.QuerySet["GradeChange"]):
    """Changes of grades, as a person may see them."""

    def visible_to(self, person: Person) -> GradeChangeQuerySet:
        return self.filter(whose_results("answer__attempt__person", person))

    def decisions(self) -> GradeChangeQuerySet:
        """What people decided about single answers, and did not take back."""
        return self.filter(undone_at=None, is_decision=True)


class GradeChange(models.Model):
    """A grade that took another's place, or was taken away (`after` is empty then).

    `before` and `after` hold what `kept_grade` keeps; `before` is empty for an answer that had no grade. A
    decision of a person about one answer keeps in `undo` what is needed to take it back.
    """

    answer = models.ForeignKey(Answer, on_delete=models.CASCADE, related_name="grade_changes")
    actor = models.ForeignKey(Person, null=True, on_delete=models.SET_NULL, related_name="+")
    why = models.CharField(max_length=300)
    before = models.JSONField(default=dict, blank=True)
    after = models.JSONField(default=dict, blank=True)
    made_at = models.DateTimeField()
    is_decision = models.BooleanField(default=False)
    undo = models.JSONField(default=dict, blank=True)
    undone_at = models.DateTimeField(null=True, blank=True)

    objects = GradeChangeQuerySet.as_manager()

    class Meta:
        ordering = ["-made_at", "-pk"]

    def __str__(self) -> str:
        return f"{self.why}: {self.answer}"
