"""Who vouches for a line and until when, what readers say about it, and who must hear of a correction.

Pieces are named by kind and slug, as passages and deliveries name them. Whether a line is verified, due,
expired or unowned is computed from these rows and never stored.
"""

from __future__ import annotations

from django.core.serializers.json import DjangoJSONEncoder
from django.db import models

from enablement.models.lessons import Lesson
from enablement.models.people import Person, Team
from enablement.models.revisions import Revision


class Ownership(models.Model):
    """Who answers for a piece, and how often they are asked to look at it again (`interval_days`)."""

    lesson = models.ForeignKey(Lesson, on_delete=models.CASCADE, related_name="ownerships")
    kind = models.CharField(max_length=20)
    slug = models.SlugField(max_length=80)
    person = models.ForeignKey(
        Person, null=True, blank=True, on_delete=models.SET_NULL, related_name="ownerships"
    )
    team = models.ForeignKey(
        Team, null=True, blank=True, on_delete=models.SET_NULL, related_name="ownerships"
    )
    interval_days = models.PositiveIntegerField(default=180)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["kind", "slug"], name="one_ownership_per_piece")]

    def __str__(self) -> str:
        return f"{self.kind}:{self.slug}"


class Verification(models.Model):
    """An owner's statement, made at a time, that a piece is true until another time."""

    lesson = models.ForeignKey(Lesson, on_delete=models.CASCADE, related_name="verifications")
    kind = models.CharField(max_length=20)
    slug = models.SlugField(max_length=80)
    person = models.ForeignKey(Person, null=True, on_delete=models.SET_NULL, related_name="verifications")
    at = models.DateTimeField(auto_now_add=True)
    until = models.DateTimeField()
    note = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering = ["-at"]
        indexes = [models.Index(fields=["kind", "slug", "-at"])]

    def __str__(self) -> str:
        return f"{self.kind}:{self.slug} until {self.until:%Y-%m-%d}"


class FlagReason(models.TextChoices):
    """What a reader says about a line."""

    OUTDATED = "outdated", "This is outdated"
    WRONG = "wrong", "This is wrong"
    UNCLEAR = "unclear", "I do not understand this"
    PROPOSAL = "proposal", "I propose a line"
    FINE = "fine", "The check was wrong: this is fine"
    MISSED = "missed", "The check missed this"


class FlagState(models.TextChoices):
    """What became of it."""

    OPEN = "open", "Waiting"
    ACCEPTED = "accepted", "Taken up"
    DECLINED = "declined", "Not taken up"


class FlagQuerySet(models.QuerySet["Flag"]):
    """Flags, as a person may see them."""

    def visible_to(self, person: Person) -> FlagQuerySet:
        """Your own; all of them, for an editor."""
        return self if person.is_editor else self.filter(person=person)


class Flag(models.Model):
    """A reader's word about a line, or a guide entry that a reader proposes (`proposal`, in schema form)."""

    lesson = models.ForeignKey(Lesson, null=True, blank=True, on_delete=models.CASCADE, related_name="flags")
    kind = models.CharField(max_length=20, blank=True)
    slug = models.SlugField(max_length=80, blank=True)
    field = models.CharField(max_length=200, blank=True)
    quote = models.TextField(blank=True)
    url = models.CharField(max_length=300, blank=True)
    reason = models.CharField(max_length=10, choices=FlagReason.choices)
    note = models.TextField(blank=True)
    proposal = models.JSONField(null=True, blank=True, encoder=DjangoJSONEncoder)
    person = models.ForeignKey(Person, null=True, on_delete=models.SET_NULL, related_name="flags")
    state = models.CharField(max_length=10, choices=FlagState.choices, default=FlagState.OPEN)
    answer = models.TextField(blank=True)
    revision = models.ForeignKey(
        Revision, null=True, blank=True, on_delete=models.SET_NULL, related_name="flags"
    )
    closed_by = models.ForeignKey(
        Person, null=True, blank=True, on_delete=models.SET_NULL, related_name="closed_flags"
    )
    made_at = models.DateTimeField(auto_now_add=True)
    closed_at = models.DateTimeField(null=True, blank=True)

    objects = FlagQuerySet.as_manager()

    class Meta:
        ordering = ["-made_at"]
        indexes = [models.Index(fields=["kind", "slug"])]

    def __str__(self) -> str:
        return f"{self.get_reason_display()}: {self.kind}:{self.slug}"


class Recall(models.Model):
    """A released line whose meaning changed: the texts before and after. Its notices say who was told."""

    lesson = models.ForeignKey(Lesson, on_delete=models.CASCADE, related_name="recalls")
    kind = models.CharField(max_length=20)
    slug = models.SlugField(max_length=80)
    field = models.CharField(max_length=200)
    old = models.TextField()
    new = models.TextField(blank=True)
    revision = models.ForeignKey(Revision, null=True, on_delete=models.SET_NULL, related_name="recalls")
    by = models.ForeignKey(Person, null=True, on_delete=models.SET_NULL, related_name="recalls")
    made_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["-made_at"]

    def __str__(self) -> str:
        return f"{self.kind}:{self.slug} {self.field}"


class NoticeQuerySet(models.QuerySet["Notice"]):
    """Messages, to the person they are for."""

    def visible_to(self, person: Person) -> NoticeQuerySet:
        return self.filter(person=person)


class Notice(models.Model):
    """A message to one person in the site: something to verify, a flag, its outcome, a corrected line."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="notices")
    kind = models.CharField(max_length=20, help_text="verify, review, flag, outcome or recall")
    title = models.CharField(max_length=300)
    text = models.TextField(blank=True)
    url = models.CharField(max_length=300, blank=True)
    recall = models.ForeignKey(
        Recall, null=True, blank=True, on_delete=models.CASCADE, related_name="notices"
    )
    flag = models.ForeignKey(Flag, null=True, blank=True, on_delete=models.CASCADE, related_name="notices")
    # Empty is not a key: many rows have none, so it is null and not "".
    key = models.CharField(max_length=200, null=True, blank=True)  # noqa: DJ001
    made_at = models.DateTimeField(auto_now_add=True, db_index=True)
    read_at = models.DateTimeField(null=True, blank=True)
    mailed_at = models.DateTimeField(null=True, blank=True)

    objects = NoticeQuerySet.as_manager()

    class Meta:
        ordering = ["-made_at"]
        constraints = [models.UniqueConstraint(fields=["person", "key"], name="one_notice_per_key")]

    def __str__(self) -> str:
        return self.title


class CardOpening(models.Model):
    """That somebody opened a card's page on a day, `at` first. For what reading brings, added up over people,
    and for what its person opened lately; kept for half a year, and nobody else reads it by name."""

    person = models.ForeignKey("enablement.Person", on_delete=models.CASCADE, related_name="+")
    slug = models.SlugField(max_length=80, db_index=False)
    day = models.DateField()
    at = models.DateTimeField(db_index=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["person", "slug", "day"], name="one_card_opening_per_day")
        ]

    def __str__(self) -> str:
        return f"{self.slug} by {self.person} on {self.day}"


class Reading(models.Model):
    """How often a piece was opened on a day: what is never read, and what weighs most when it expires."""

    kind = models.CharField(max_length=20)
    slug = models.SlugField(max_length=80)
    day = models.DateField()
    count = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["kind", "slug", "day"], name="one_reading_per_day")]

    def __str__(self) -> str:
        return f"{self.kind}:{self.slug} on {self.day}: {self.count}"
