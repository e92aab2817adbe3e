"""How people come in through the browser: their sessions."""

from __future__ import annotations

from datetime import datetime

from django.db import models

from enablement.models.people import Person, Role, Team

# What browsers call themselves. The first that is found counts: Edge says it is Chrome, and Chrome Safari.
PROGRAMS = (("Edg", "Edge"), ("Firefox", "Firefox"), ("Chrome", "Chrome"), ("Safari", "Safari"))
SYSTEMS = (
    ("Android", "Android"),
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Windows", "Windows"),
    ("Mac OS", "Mac"),
    ("Linux", "Linux"),
)


class BrowserSessionQuerySet(models.QuerySet["BrowserSession"]):
    """Sessions belong to one person."""

    def visible_to(self, person: Person) -> BrowserSessionQuerySet:
        return self.filter(person=person)


class BrowserSession(models.Model):
    """That a person is signed in with a browser, since when, how, and from where."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="browser_sessions")
    session_key = models.CharField(max_length=40, unique=True)
    by = models.CharField(max_length=40, help_text="password, password and app, passkey, provider or demo")
    browser = models.CharField(max_length=200, blank=True)
    address = models.CharField(max_length=45, blank=True)
    begun_at = models.DateTimeField(auto_now_add=True)
    seen_at = models.DateTimeField()

    objects = BrowserSessionQuerySet.as_manager()

    class Meta:
        ordering = ["-seen_at"]

    def __str__(self) -> str:
        return f"{self.person} since {self.begun_at:%Y-%m-%d %H:%M}"

    @property
    def browser_name(self) -> str:
        """What its person calls the browser: Firefox on Windows."""
        program = next((name for sign, name in PROGRAMS if sign in self.browser), "A program")
        system = next((name for sign, name in SYSTEMS if sign in self.browser), "")
        return f"{program} on {system}" if system else program


class Identity(models.Model):
    """Who a person is at a provider: issuer and subject, which stay. Never the e-mail address, which changes
    hands: it is kept for Slack alone, where it is looked at anew with each request."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="identities")
    issuer = models.CharField(max_length=300)
    subject = models.CharField(max_length=255)
    email = models.EmailField(
        blank=True, editable=False, help_text="As the provider vouched for it when the person last came in."
    )
    links_slack = models.BooleanField(
        default=True, help_text="The address links their Slack account; no more once they unlinked one."
    )
    made_at = models.DateTimeField(auto_now_add=True)
    used_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name_plural = "identities"
        constraints = [models.UniqueConstraint(fields=["issuer", "subject"], name="one_person_per_identity")]

    def __str__(self) -> str:
        return f"{self.person} at {self.issuer}"


class GroupRule(models.Model):
    """What a group of the provider means here: a role, or a place in a team."""

    group = models.CharField(
        max_length=255, help_text="The group as the provider sends it (Entra sends its id)."
    )
    role = models.CharField(max_length=10, choices=Role.choices, blank=True)
    team = models.ForeignKey(
        Team, null=True, blank=True, on_delete=models.CASCADE, related_name="group_rules"
    )
    manages = models.BooleanField(default=False, help_text="Members of the group manage the team.")

    class Meta:
        ordering = ["group", "role", "team"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(role="", team__isnull=False)
                | (models.Q(team__isnull=True, manages=False) & ~models.Q(role="")),
                name="a_rule_gives_a_role_or_a_team",
                violation_error_message="Choose a role or a team, not both.",
            ),
            models.UniqueConstraint(
                fields=["group", "role", "team", "manages"],
                nulls_distinct=False,
                name="one_rule_per_gift",
                violation_error_message="This rule is there already.",
            ),
        ]

    def __str__(self) -> str:
        return self.in_words

    @property
    def in_words(self) -> str:
        """The rule as a sentence."""
        who = f"Whoever is in “{self.group}”"
        if self.team is None:
            return f"{who} is {'an' if self.role[:1] in 'ae' else 'a'} {self.role}."
        return f"{who} {'manages' if self.manages else 'is in'} the team {self.team}."


class InvitationQuerySet(models.QuerySet["Invitation"]):
    """Invitations are the admins' business."""

    def visible_to(self, person: Person) -> InvitationQuerySet:
        return self if person.is_admin else self.none()

    def open(self, now: datetime) -> InvitationQuerySet:
        """Those that still let somebody in."""
        return self.filter(
            expires_at__gt=now, used_at=None, revoked_at=None, person__is_active=True
        ).select_related("person")


class Invitation(models.Model):
    """A link by which an invited person comes in the first time. Only its SHA-256 is kept; it works once."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="invitations")
    made_by = models.ForeignKey(Person, null=True, on_delete=models.SET_NULL, related_name="invitations_made")
    digest = models.CharField(max_length=64, unique=True)
    made_at = models.DateTimeField(auto_now_add=True)
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True, blank=True)
    revoked_at = models.DateTimeField(null=True, blank=True)

    objects = InvitationQuerySet.as_manager()

    class Meta:
        ordering = ["-made_at"]

    def __str__(self) -> str:
        return f"invitation of {self.person}"
