"""Answers that were handed in and have no grade yet."""

from __future__ import annotations

from django.db import models

from enablement.models import Person
from quizzes.models.attempts import Answer, whose_results
from quizzes.models.questions import Question


class PendingState(models.TextChoices):
    """What an answer waits for."""

    WAITING = "waiting", "Waiting for a grade"
    NEEDS_REVIEW = "needs_review", "Needs review"


class PendingGradeQuerySet(models.QuerySet["PendingGrade"]):
    """Waiting answers, as a person may see them."""

    def visible_to(self, person: Person) -> PendingGradeQuerySet:
        return self.filter(whose_results("answer__attempt__person", person))

    def for_review(self) -> PendingGradeQuerySet:
        """Those that a person has to look at."""
        return self.filter(state=PendingState.NEEDS_REVIEW)


class PendingGrade(models.Model):
    """That an answer in the person's own words waits for its grade. Gone once there is a Grade.

    An answer that waits is neither right nor wrong: it has no Grade, so no figure counts it. `proposal` holds
    the checks as the judge sees them, for the person who decides; `key_of` as in Grade.
    """

    answer = models.OneToOneField(Answer, on_delete=models.CASCADE, related_name="pending")
    state = models.CharField(max_length=12, choices=PendingState.choices, default=PendingState.WAITING)
    since = models.DateTimeField()
    proposal = models.JSONField(default=list, blank=True)
    key_of = models.ForeignKey(Question, null=True, blank=True, on_delete=models.PROTECT, related_name="+")

    objects = PendingGradeQuerySet.as_manager()

    class Meta:
        ordering = ["since"]

    def __str__(self) -> str:
        return f"{self.get_state_display()}: {self.answer}"
