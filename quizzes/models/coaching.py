"""Notes of a manager to a rep, with questions to answer now and others to answer two weeks later."""

from __future__ import annotations

from django.db import models
from django.urls import reverse

from enablement.models import Person
from quizzes.models.attempts import whose_results
from quizzes.models.quizzes import Quiz


class CoachingNoteQuerySet(models.QuerySet["CoachingNote"]):
    """Notes, as a person may see them."""

    def visible_to(self, person: Person) -> CoachingNoteQuerySet:
        """Those about you, and those about people you manage; all of them, for an admin."""
        return self.filter(whose_results("person", person))

    def standing(self) -> CoachingNoteQuerySet:
        """Those that were not ended."""
        return self.filter(ended_at=None)


class CoachingNote(models.Model):
    """What a manager wrote to a rep about something that goes wrong.

    `focus` names what it is about, as quizzes.coaching.focus reads it. `items` are the questions given with
    the note. From `recheck_on` on, a date where the rep is, `recheck` has siblings, never the same ones.
    """

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="coaching_notes")
    by = models.ForeignKey(Person, null=True, on_delete=models.SET_NULL, related_name="+")
    text = models.TextField()
    focus = models.JSONField()
    items = models.OneToOneField(Quiz, on_delete=models.PROTECT, related_name="set_of")
    recheck = models.OneToOneField(
        Quiz, null=True, blank=True, on_delete=models.PROTECT, related_name="recheck_of"
    )
    recheck_on = models.DateField()
    made_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)

    objects = CoachingNoteQuerySet.as_manager()

    class Meta:
        ordering = ["-made_at"]
        indexes = [
            models.Index(
                fields=["recheck_on"],
                name="notes_to_recheck",
                condition=models.Q(recheck=None, ended_at=None),
            )
        ]

    def __str__(self) -> str:
        return f"note to {self.person} of {self.made_at:%Y-%m-%d}"

    def get_absolute_url(self) -> str:
        return reverse("coaching-note", args=[self.pk])


class CoachingReply(models.Model):
    """An answer to a note, by either side."""

    note = models.ForeignKey(CoachingNote, on_delete=models.CASCADE, related_name="replies")
    by = models.ForeignKey(Person, null=True, on_delete=models.SET_NULL, related_name="+")
    text = models.TextField()
    at = models.DateTimeField()

    class Meta:
        ordering = ["at", "pk"]

    def __str__(self) -> str:
        return f"answer to {self.note}"
