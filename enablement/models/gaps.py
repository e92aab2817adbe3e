"""What readers made of answers, and what the knowledge base could not answer."""

from __future__ import annotations

from django.db import models
from pgvector.django import HalfVectorField

from enablement.models.conversations import Turn
from enablement.models.passages import DENSE_DIMENSIONS
from enablement.models.people import Person
from enablement.models.revisions import Revision


class FeedbackReason(models.TextChoices):
    """What is the matter with an answer."""

    WRONG = "wrong", "It is wrong"
    OUTDATED = "outdated", "It is outdated"
    WORDING = "wording", "It is not in our words"
    TOO_LONG = "too_long", "It is too long"
    OFF_POINT = "off_point", "It does not answer my question"


class Feedback(models.Model):
    """One reader's word on one answer of theirs; given again, it is replaced."""

    turn = models.OneToOneField(Turn, on_delete=models.CASCADE, related_name="feedback")
    good = models.BooleanField()
    reason = models.CharField(max_length=10, choices=FeedbackReason.choices, blank=True)
    note = models.TextField(blank=True)
    at = models.DateTimeField(auto_now=True)

    def __str__(self) -> str:
        return "good" if self.good else self.get_reason_display()


class GapReason(models.TextChoices):
    """How a gap showed itself."""

    REFUSED = "refused", "No answer"
    DISLIKED = "disliked", "Thumbs down"
    ASKED_AGAIN = "asked_again", "Asked again at once"
    READ_ON = "read_on", "Three cards opened right after"


class GapState(models.TextChoices):
    """How far a gap has come."""

    OPEN = "open", "Open"
    ASSIGNED = "assigned", "Assigned"
    DRAFTED = "drafted", "Drafted"
    CLOSED = "closed", "Closed"


class Gap(models.Model):
    """A question that was not answered well. Closed once the same question is.

    `like`: the gap that asked about the same first, none where this one did; `dense`: the question's vector.
    """

    turn = models.OneToOneField(Turn, on_delete=models.CASCADE, related_name="gap")
    question = models.TextField()
    reason = models.CharField(max_length=12, choices=GapReason.choices, default=GapReason.REFUSED)
    state = models.CharField(max_length=10, choices=GapState.choices, default=GapState.OPEN)
    like = models.ForeignKey("self", null=True, blank=True, on_delete=models.SET_NULL, related_name="others")
    dense = HalfVectorField(dimensions=DENSE_DIMENSIONS, null=True)
    assignee = models.ForeignKey(
        Person, null=True, blank=True, on_delete=models.SET_NULL, related_name="gaps"
    )
    draft = models.ForeignKey(Revision, null=True, blank=True, on_delete=models.SET_NULL, related_name="gaps")
    found_at = models.DateTimeField(auto_now_add=True)
    closed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-found_at"]

    def __str__(self) -> str:
        return self.question[:80]
