"""The field language guide: what not to say, what to say instead, and why."""

from __future__ import annotations

from django.db import models

from enablement.models.cards import Card
from enablement.models.lessons import LessonPart


class GuideEntry(LessonPart):
    """A line that misleads a buyer and the line to say instead."""

    kind = "guide_entry"

    dont_say = models.TextField()
    do_say = models.TextField()
    why = models.TextField()
    covers = models.JSONField(default=list, blank=True, help_text="Ideas this entry guards against.")
    cards = models.ManyToManyField(Card, blank=True, related_name="guide_entries")

    class Meta(LessonPart.Meta):
        verbose_name_plural = "guide entries"

    def __str__(self) -> str:
        return self.dont_say

    @property
    def heading(self) -> str:
        return f"Don’t say “{self.dont_say}”"

    def get_absolute_url(self) -> str:
        return f"/guide/{self.slug}/"


class Phrasing(models.Model):
    """An example text that breaks a guide entry, or comes near it and is fine."""

    entry = models.ForeignKey(GuideEntry, on_delete=models.CASCADE, related_name="phrasings")
    text = models.TextField()
    breaks = models.BooleanField(help_text="Ticked: the text breaks the entry. Not ticked: it is fine.")

    def __str__(self) -> str:
        return self.text
