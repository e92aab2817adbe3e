"""What was done, what was given to whom, and what is still to do."""

from __future__ import annotations

from django.core.serializers.json import DjangoJSONEncoder
from django.db import models

from enablement.models.conversations import Surface
from enablement.models.people import Person


class AuditEventQuerySet(models.QuerySet["AuditEvent"]):
    """The audit is for admins; nobody else reads a row of it."""

    def visible_to(self, person: Person) -> AuditEventQuerySet:
        return self.all() if person.is_admin else self.none()


class AuditEvent(models.Model):
    """One thing that somebody did. Rows are added and never changed: a trigger of the database holds that.

    `channel` and `request` say which way it came and in which request; the log has the same number.
    """

    # A person with a past is erased and not deleted: their row stays, without a name.
    actor = models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="audit_events")
    verb = models.CharField(max_length=60)
    kind = models.CharField(max_length=40)
    subject = models.CharField(max_length=255)
    before = models.JSONField(null=True, encoder=DjangoJSONEncoder)
    after = models.JSONField(null=True, encoder=DjangoJSONEncoder)
    at = models.DateTimeField(auto_now_add=True, db_index=True)
    channel = models.CharField(max_length=10, blank=True)
    request = models.CharField(max_length=32, blank=True)
    address = models.GenericIPAddressField(null=True)

    objects = AuditEventQuerySet.as_manager()

    class Meta:
        ordering = ["-id"]
        indexes = [
            models.Index(fields=["verb", "-id"], name="audit_by_verb"),
            models.Index(fields=["kind", "subject", "-id"], name="audit_by_subject"),
        ]

    def __str__(self) -> str:
        return f"{self.verb} {self.kind} {self.subject}"


class Delivery(models.Model):
    """Which released line was given to whom, where and when. Every surface writes here."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="deliveries")
    surface = models.CharField(max_length=10, choices=Surface.choices)
    purpose = models.CharField(max_length=30, help_text="answer, finding, verdict or feedback")
    kind = models.CharField(max_length=20)
    slug = models.SlugField(max_length=80)
    field = models.CharField(max_length=200)
    text = models.TextField()
    given_at = models.DateTimeField(auto_now_add=True, db_index=True)

    class Meta:
        indexes = [models.Index(fields=["kind", "slug", "given_at"])]

    def __str__(self) -> str:
        return f"{self.kind}:{self.slug} to {self.person}"


class Work(models.Model):
    """Follow-up work, written in the same transaction as the change that asks for it (the outbox)."""

    name = models.CharField(max_length=60)
    arguments = models.JSONField(default=dict)
    # Empty is not a key: many rows have none, so it is null and not "".
    key = models.CharField(max_length=200, unique=True, null=True)  # noqa: DJ001
    created_at = models.DateTimeField(auto_now_add=True)
    sent_at = models.DateTimeField(null=True)
    claimed_until = models.DateTimeField(null=True)
    finished_at = models.DateTimeField(null=True)
    # The number of the request that asked for it; empty where none did.
    request = models.CharField(max_length=32, blank=True, default="", db_default="")
    tries = models.PositiveSmallIntegerField(default=0)
    error = models.TextField(blank=True)

    class Meta:
        verbose_name_plural = "work"
        indexes = [
            models.Index(
                fields=["created_at"], name="unfinished_work", condition=models.Q(finished_at__isnull=True)
            )
        ]

    def __str__(self) -> str:
        return f"{self.name} {self.arguments}"
