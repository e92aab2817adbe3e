"""Spoken answers, the glossary, and points on which sources contradict one another."""

from __future__ import annotations

from django.db import models

from enablement.models.cards import Card
from enablement.models.lessons import LessonPart, Source


class Script(LessonPart):
    """A question that reps get, and a spoken answer to it of about thirty seconds."""

    kind = "script"

    question = models.TextField()
    answer = models.TextField()
    cards = models.ManyToManyField(Card, blank=True, related_name="scripts")

    def __str__(self) -> str:
        return self.question

    def get_absolute_url(self) -> str:
        return f"{self.lesson.get_absolute_url()}#{self.slug}"


class Term(LessonPart):
    """A glossary entry."""

    kind = "term"

    term = models.CharField(max_length=300)
    meaning = models.TextField()
    aliases = models.JSONField(default=list, blank=True)
    card = models.ForeignKey(Card, null=True, blank=True, on_delete=models.SET_NULL, related_name="terms")

    def __str__(self) -> str:
        return self.term

    def get_absolute_url(self) -> str:
        return f"/glossary/#{self.slug}"


class Disagreement(LessonPart):
    """A point on which sources contradict one another, and the house position."""

    kind = "disagreement"

    title = models.CharField(max_length=300)
    point = models.TextField()
    house_position = models.TextField()
    cards = models.ManyToManyField(Card, blank=True, related_name="disagreements")

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return f"{self.lesson.get_absolute_url()}#{self.slug}"


class Position(models.Model):
    """What one or several sources hold on a contested point."""

    disagreement = models.ForeignKey(Disagreement, on_delete=models.CASCADE, related_name="positions")
    order = models.PositiveIntegerField(default=0)
    stance = models.TextField()
    sources = models.ManyToManyField(Source, related_name="positions")

    class Meta:
        ordering = ["disagreement", "order"]

    def __str__(self) -> str:
        return self.stance
