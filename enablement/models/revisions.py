"""Versions of content: what an editor writes, what a second person reviews, what readers see.

The live rows (Card, GuideEntry…) always hold the released text. A revision holds the same piece as data in
the form of the lesson schema, so a newer draft can exist without any reader meeting it, and history,
differences and restoring work alike for every kind of piece.
"""

from __future__ import annotations

from django.core.serializers.json import DjangoJSONEncoder
from django.db import models

from enablement.models.lessons import Lesson
from enablement.models.people import Person


class RevisionState(models.TextChoices):
    """Where a revision is on its way."""

    DRAFT = "draft", "Draft"
    IN_REVIEW = "in_review", "In review"
    RELEASED = "released", "Released"
    SUPERSEDED = "superseded", "Superseded"
    DISCARDED = "discarded", "Discarded"


OPEN_STATES = (RevisionState.DRAFT, RevisionState.IN_REVIEW)


class Origin(models.TextChoices):
    """How a revision came to be."""

    EDIT = "edit", "Edited here"
    LOADED = "loaded", "Loaded from files"
    IMPORTED = "imported", "From a document"
    RESTORED = "restored", "Restored from an earlier version"
    PROPOSED = "proposed", "Proposed by a reader"


class RevisionQuerySet(models.QuerySet["Revision"]):
    """Revisions are the editors' own."""

    def visible_to(self, person: Person) -> RevisionQuerySet:
        return self if person.is_editor else self.none()

    def open(self) -> RevisionQuerySet:
        """Drafts and those waiting for review."""
        return self.filter(state__in=OPEN_STATES)

    def of(self, kind: str, slug: str) -> RevisionQuerySet:
        """The history of one piece, newest first."""
        return self.filter(kind=kind, slug=slug).order_by("-number")


class Revision(models.Model):
    """One version of one piece of content.

    `kind` and `slug` name the piece (`lesson` for a lesson's own title, thesis and summary). A piece that
    was never released has revisions only. `edition` grows by one with each save of a draft: a save made
    against an older edition is refused and both texts are shown.
    """

    lesson = models.ForeignKey(Lesson, on_delete=models.CASCADE, related_name="revisions")
    kind = models.CharField(max_length=20)
    slug = models.SlugField(max_length=80)
    number = models.PositiveIntegerField()
    item = models.JSONField(encoder=DjangoJSONEncoder)
    state = models.CharField(max_length=10, choices=RevisionState.choices, default=RevisionState.DRAFT)
    origin = models.CharField(max_length=10, choices=Origin.choices, default=Origin.EDIT)
    base = models.ForeignKey("self", null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    edition = models.PositiveIntegerField(default=1)
    reason = models.CharField(max_length=300, blank=True, help_text="Why this was changed.")
    changes_meaning = models.BooleanField(default=False, help_text="What people may say is different now.")
    author = models.ForeignKey(Person, null=True, on_delete=models.SET_NULL, related_name="revisions")
    reviewer = models.ForeignKey(
        Person, null=True, blank=True, on_delete=models.SET_NULL, related_name="reviewed_revisions"
    )
    review_note = models.TextField(blank=True)
    made_at = models.DateTimeField(auto_now_add=True)
    saved_at = models.DateTimeField(auto_now=True)
    released_at = models.DateTimeField(null=True, blank=True)

    objects = RevisionQuerySet.as_manager()

    class Meta:
        ordering = ["kind", "slug", "-number"]
        constraints = [
            models.UniqueConstraint(fields=["kind", "slug", "number"], name="one_revision_per_number"),
            models.UniqueConstraint(
                fields=["kind", "slug"],
                condition=models.Q(state__in=["draft", "in_review"]),
                name="one_open_revision",
            ),
            models.UniqueConstraint(
                fields=["kind", "slug"],
                condition=models.Q(state="released"),
                name="one_released_revision",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind}:{self.slug}, version {self.number}"
