"""Drafts that documents were read into, waiting for a person."""

from __future__ import annotations

from django.core.serializers.json import DjangoJSONEncoder
from django.db import models

from enablement.models.imports import DocumentVersion
from enablement.models.lessons import Lesson, Source
from enablement.models.people import Person
from enablement.models.revisions import Revision


class DraftState(models.TextChoices):
    """What became of a draft."""

    PROPOSED = "proposed", "Waiting"
    ACCEPTED = "accepted", "Accepted"
    MERGED = "merged", "Merged into another"
    DISCARDED = "discarded", "Discarded"
    GONE = "gone", "No longer in the document"


class DraftQuerySet(models.QuerySet["Draft"]):
    """Drafts are the editors' own."""

    def visible_to(self, person: Person) -> DraftQuerySet:
        return self if person.is_editor else self.none()


class Draft(models.Model):
    """A piece of content read from a document: `item` is in the form of the lesson schema.

    `spans` links each field to the characters of its version's text that it came from; `fingerprint`
    makes reading the same document twice change nothing. `target` is the slug of the existing piece that
    it would replace or was merged into, `earlier` the draft that an earlier version of the document gave
    in its place, `revision` what came of accepting it.
    """

    lesson = models.ForeignKey(Lesson, null=True, blank=True, on_delete=models.CASCADE, related_name="drafts")
    source = models.ForeignKey(Source, on_delete=models.CASCADE, related_name="drafts")
    version = models.ForeignKey(
        DocumentVersion, null=True, blank=True, on_delete=models.CASCADE, related_name="drafts"
    )
    kind = models.CharField(max_length=20)
    item = models.JSONField(encoder=DjangoJSONEncoder)
    start = models.PositiveIntegerField()
    end = models.PositiveIntegerField()
    spans = models.JSONField(default=dict)
    state = models.CharField(max_length=10, choices=DraftState.choices, default=DraftState.PROPOSED)
    fingerprint = models.CharField(max_length=64)
    target = models.SlugField(max_length=80, blank=True)
    earlier = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.SET_NULL, related_name="later"
    )
    revision = models.ForeignKey(
        Revision, null=True, blank=True, on_delete=models.SET_NULL, related_name="drafts"
    )
    made_at = models.DateTimeField(auto_now_add=True)
    decided_by = models.ForeignKey(
        Person, null=True, blank=True, on_delete=models.SET_NULL, related_name="decided_drafts"
    )
    decided_at = models.DateTimeField(null=True, blank=True)

    objects = DraftQuerySet.as_manager()

    class Meta:
        ordering = ["source", "start"]
        constraints = [
            models.UniqueConstraint(fields=["source", "fingerprint"], name="one_draft_per_fingerprint")
        ]

    def __str__(self) -> str:
        return f"{self.kind} from {self.source}"


class SourcePassage(models.Model):
    """What was not recognised in a document: kept, in its own words, under its headings."""

    source = models.ForeignKey(Source, on_delete=models.CASCADE, related_name="passages")
    title_path = models.JSONField(default=list)
    text = models.TextField()
    why = models.CharField(max_length=200, blank=True, help_text="Why no form was recognised in it.")
    start = models.PositiveIntegerField()
    end = models.PositiveIntegerField()

    class Meta:
        ordering = ["source", "start"]
        constraints = [models.UniqueConstraint(fields=["source", "start"], name="one_passage_per_start")]

    def __str__(self) -> str:
        return self.text[:80]
