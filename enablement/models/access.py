"""Ways in besides the browser: API tokens and linked Slack accounts."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils import timezone

from enablement.models.people import Person


class TokenScope(models.TextChoices):
    """What a token opens, of what its person may do."""

    READ = "read", "Read and ask"
    WRITE = "write", "Read, ask and write"


class ApiTokenQuerySet(models.QuerySet["ApiToken"]):
    """Tokens belong to one person."""

    def visible_to(self, person: Person) -> ApiTokenQuerySet:
        return self.filter(person=person)

    def valid(self) -> ApiTokenQuerySet:
        """Tokens that open the API now; those of demo people only while demo mode is on."""
        tokens = self.filter(expires_at__gt=timezone.now(), revoked_at=None, person__is_active=True)
        return tokens if settings.DEMO else tokens.filter(person__is_demo=False)


class ApiToken(models.Model):
    """A key to the API. Only its SHA-256 is kept; `prefix` is what its owner recognises it by."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="api_tokens")
    name = models.CharField(max_length=100)
    scope = models.CharField(max_length=10, choices=TokenScope.choices, default=TokenScope.WRITE)
    prefix = models.CharField(max_length=12)
    digest = models.CharField(max_length=64, unique=True)
    made_at = models.DateTimeField(auto_now_add=True)
    expires_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True, blank=True)
    used_at = models.DateTimeField(null=True, blank=True)

    objects = ApiTokenQuerySet.as_manager()

    class Meta:
        ordering = ["-made_at"]

    def __str__(self) -> str:
        return f"{self.name} ({self.prefix}…)"


class SlackLink(models.Model):
    """That a Slack account is a person's."""

    person = models.OneToOneField(Person, on_delete=models.CASCADE, related_name="slack_link")
    slack_team = models.CharField(max_length=40)
    slack_user = models.CharField(max_length=40)
    linked_at = models.DateTimeField(auto_now_add=True)
    email = models.EmailField(
        blank=True, help_text="By this address, which Slack confirms with each request; empty: by a code."
    )
    member_at = models.DateTimeField(
        null=True, blank=True, help_text="When Slack last said that the account is a full member’s."
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["slack_team", "slack_user"], name="one_person_per_slack_user")
        ]

    def __str__(self) -> str:
        return f"{self.person} is {self.slack_user}"


class SlackLinkCode(models.Model):
    """A one-time code that a person shows to the bot. Only its SHA-256 is kept."""

    person = models.OneToOneField(Person, on_delete=models.CASCADE, related_name="slack_link_code")
    digest = models.CharField(max_length=64, unique=True)
    expires_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"code for {self.person}"


class SlackRequest(models.Model):
    """A request of Slack's that was taken on: the same one twice has one effect."""

    key = models.CharField(max_length=128, unique=True)
    received_at = models.DateTimeField(auto_now_add=True, db_index=True)

    def __str__(self) -> str:
        return self.key
