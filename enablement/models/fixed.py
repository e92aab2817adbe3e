"""Answers that an editor pinned to a question."""

from __future__ import annotations

from datetime import timedelta

from django.db import models
from django.utils import timezone
from pgvector.django import HalfVectorField

from enablement.models.lessons import Lesson
from enablement.models.passages import DENSE_DIMENSIONS
from enablement.models.people import Person

VERIFIED_FOR = timedelta(days=180)


class FixedAnswerQuerySet(models.QuerySet["FixedAnswer"]):
    """Fixed answers, as a person may see them."""

    def visible_to(self, person: Person) -> FixedAnswerQuerySet:
        """Those of the lessons you may see."""
        return self.filter(lesson__in=Lesson.objects.visible_to(person))

    def verified(self) -> FixedAnswerQuerySet:
        """Those that somebody vouches for today."""
        return self.filter(verified_until__gt=timezone.now())


class FixedAnswer(models.Model):
    """The approved wording for one question. Given only while its owner vouches for it.

    `dense` is the question's vector, by which near-identical questions find it.
    """

    lesson = models.ForeignKey(Lesson, on_delete=models.CASCADE, related_name="fixed_answers")
    question = models.TextField()
    answer = models.TextField()
    dense = HalfVectorField(dimensions=DENSE_DIMENSIONS, null=True)
    owner = models.ForeignKey(Person, null=True, on_delete=models.SET_NULL, related_name="fixed_answers")
    verified_at = models.DateTimeField()
    verified_until = models.DateTimeField()
    changed_at = models.DateTimeField(auto_now=True)

    objects = FixedAnswerQuerySet.as_manager()

    class Meta:
        ordering = ["question"]

    def __str__(self) -> str:
        return self.question[:80]

    def get_absolute_url(self) -> str:
        return f"/fixed-answers/{self.pk}/"
