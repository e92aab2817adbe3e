"""Names that mean the same, kept by editors."""

from __future__ import annotations

from django.db import models

from enablement.models.lessons import Lesson
from enablement.models.people import Person


class SynonymQuerySet(models.QuerySet["Synonym"]):
    """Synonyms, as a person may see them."""

    def visible_to(self, person: Person) -> SynonymQuerySet:
        """Those of all lessons, and those of the lessons you may see."""
        mine = models.Q(lesson__in=Lesson.objects.visible_to(person))
        return self.filter(models.Q(lesson=None) | mine)


class Synonym(models.Model):
    """Names of one thing, the one that the content uses first: “single sign-on”, “SSO”.

    Without a lesson they hold everywhere. Aliases of cards and terms count as such without being kept here.
    """

    lesson = models.ForeignKey(
        Lesson, null=True, blank=True, on_delete=models.CASCADE, related_name="synonyms"
    )
    words = models.JSONField(default=list)
    updated_at = models.DateTimeField(auto_now=True)

    objects = SynonymQuerySet.as_manager()

    class Meta:
        ordering = ["words"]

    def __str__(self) -> str:
        return " = ".join(self.words)
