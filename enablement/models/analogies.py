"""Analogies: where they hold and where they break."""

from __future__ import annotations

from django.db import models

from enablement.models.cards import Card
from enablement.models.lessons import LessonPart


class Analogy(LessonPart):
    """Something the audience knows, set beside a card."""

    kind = "analogy"

    title = models.CharField(max_length=300)
    card = models.ForeignKey(Card, on_delete=models.CASCADE, related_name="analogies")
    familiar = models.TextField(help_text="What the audience already knows.")
    mapping = models.TextField()
    caution = models.TextField(blank=True, help_text="What to watch for in a conversation with a buyer.")

    class Meta(LessonPart.Meta):
        verbose_name_plural = "analogies"

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return f"/analogies/{self.slug}/"


class AnalogySide(models.TextChoices):
    """Whether a proposition of an analogy is still true or no longer is."""

    HOLDS = "holds", "Holds"
    BREAKS = "breaks", "Breaks"


class AnalogyPoint(models.Model):
    """One proposition about an analogy."""

    analogy = models.ForeignKey(Analogy, on_delete=models.CASCADE, related_name="points")
    side = models.CharField(max_length=6, choices=AnalogySide.choices)
    position = models.PositiveIntegerField(default=0)
    text = models.TextField()

    class Meta:
        ordering = ["analogy", "side", "position"]

    def __str__(self) -> str:
        return self.text
