"""Documents on their way in: one job an upload, and the text of each version that was read."""

from __future__ import annotations

import uuid

from django.db import models

from enablement.models.lessons import Lesson, Source
from enablement.models.people import Person


class ImportState(models.TextChoices):
    """How far an import has come."""

    WAITING = "waiting", "Waiting for the worker"
    RUNNING = "running", "Reading"
    DONE = "done", "Done"
    FAILED = "failed", "Failed"
    CANCELLED = "cancelled", "Cancelled"


class ImportJobQuerySet(models.QuerySet["ImportJob"]):
    """Imports are the editors' own."""

    def visible_to(self, person: Person) -> ImportJobQuerySet:
        return self if person.is_editor else self.none()


class ImportJob(models.Model):
    """One document handed in. `data` is emptied when the job has ended; the text lives on in its version."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    person = models.ForeignKey(Person, null=True, on_delete=models.SET_NULL, related_name="imports")
    lesson = models.ForeignKey(
        Lesson, null=True, blank=True, on_delete=models.SET_NULL, related_name="imports"
    )
    name = models.CharField(max_length=255)
    data = models.BinaryField(blank=True)
    state = models.CharField(max_length=10, choices=ImportState.choices, default=ImportState.WAITING)
    stage = models.CharField(max_length=120, blank=True, help_text="What is being done now, in words.")
    done = models.PositiveIntegerField(default=0)
    total = models.PositiveIntegerField(default=0)
    cancel_asked = models.BooleanField(default=False)
    error = models.TextField(blank=True)
    source = models.ForeignKey(
        Source, null=True, blank=True, on_delete=models.SET_NULL, related_name="imports"
    )
    added = models.PositiveIntegerField(default=0, help_text="Drafts that are new.")
    made_at = models.DateTimeField(auto_now_add=True)
    ended_at = models.DateTimeField(null=True, blank=True)

    objects = ImportJobQuerySet.as_manager()

    class Meta:
        ordering = ["-made_at"]

    def __str__(self) -> str:
        return self.name


class DocumentVersion(models.Model):
    """The text of a document as it was read at one time: what the spans of its drafts refer to.

    `findings` are sentences that break the guide, `skipped` is what was left out, each with the reason.
    """

    source = models.ForeignKey(Source, on_delete=models.CASCADE, related_name="versions")
    number = models.PositiveIntegerField()
    text = models.TextField()
    sha256 = models.CharField(max_length=64)
    format = models.CharField(max_length=20, blank=True)
    findings = models.JSONField(default=list)
    skipped = models.JSONField(default=list)
    added_by = models.ForeignKey(Person, null=True, on_delete=models.SET_NULL, related_name="+")
    added_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["source", "-number"]
        constraints = [models.UniqueConstraint(fields=["source", "number"], name="one_version_per_number")]

    def __str__(self) -> str:
        return f"{self.source}, version {self.number}"
