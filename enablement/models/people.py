"""People, their roles, and the teams they belong to."""

from __future__ import annotations

from typing import ClassVar
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from django.contrib.auth.models import AbstractUser, UserManager
from django.db import models


class Role(models.TextChoices):
    """What a person may do. A manager is also a rep; an admin may do everything."""

    REP = "rep", "Rep"
    MANAGER = "manager", "Manager"
    EDITOR = "editor", "Editor"
    ADMIN = "admin", "Admin"


class MailChoice(models.TextChoices):
    """How often a person wants their messages sent to them."""

    SOON = "soon", "Within minutes"
    DAILY = "daily", "Once a day, all in one"
    NEVER = "never", "Never"


class MessagesBy(models.TextChoices):
    """Which way a person's messages reach them outside the site. One, not both."""

    MAIL = "mail", "By mail"
    SLACK = "slack", "In Slack"


class DateForm(models.TextChoices):
    """How dates and times are written for a person: the folder of config/formats that they are taken from."""

    DAY_FIRST = "en-gb", "27 Nov 2026, 14:30"
    MONTH_FIRST = "en", "Nov 27, 2026, 2:30 PM"
    YEAR_FIRST = "en-ca", "2026-11-27 14:30"


class NumberForm(models.TextChoices):
    """How numbers and per cents are written for a person (enablement/numbers.py)."""

    POINT = "point", "1,234.5 and 50\N{NO-BREAK SPACE}%"
    POINT_CLOSE = "point-close", "1,234.5 and 50%"
    COMMA = "comma", "1.234,5 and 50\N{NO-BREAK SPACE}%"
    COMMA_SPACED = "comma-spaced", "1\N{NARROW NO-BREAK SPACE}234,5 and 50\N{NO-BREAK SPACE}%"
    POINT_APOSTROPHE = "point-apostrophe", "1\N{RIGHT SINGLE QUOTATION MARK}234.5 and 50%"


class Density(models.TextChoices):
    """How much room things take on a person's pages."""

    COMFORTABLE = "comfortable", "Comfortable"
    COMPACT = "compact", "Compact: more on one screen"


class PersonQuerySet(models.QuerySet["Person"]):
    """People, as another person may see them."""

    def visible_to(self, person: Person) -> PersonQuerySet:
        """Yourself; the members of the teams you manage; everybody, for an admin."""
        if person.is_admin:
            return self
        return self.filter(
            models.Q(pk=person.pk)
            | models.Q(memberships__team__in=Team.objects.managed_by(person), is_active=True)
        ).distinct()


class PersonManager(UserManager["Person"]):
    """Django's user manager over our queryset."""

    def get_queryset(self) -> PersonQuerySet:
        return PersonQuerySet(self.model, using=self._db)

    def visible_to(self, person: Person) -> PersonQuerySet:
        return self.get_queryset().visible_to(person)


class Person(AbstractUser):
    """Somebody who signs in."""

    role = models.CharField(max_length=10, choices=Role.choices, default=Role.REP)
    time_zone = models.CharField(max_length=60, default="UTC")
    date_form = models.CharField(
        "dates are written", max_length=10, choices=DateForm.choices, default=DateForm.DAY_FIRST
    )
    number_form = models.CharField(
        "numbers are written",
        max_length=20,
        choices=NumberForm.choices,
        default=NumberForm.POINT,
        db_default=NumberForm.POINT,
    )
    density = models.CharField(max_length=12, choices=Density.choices, default=Density.COMFORTABLE)
    single_keys = models.BooleanField(
        default=True, help_text="Keys without Ctrl or Alt act; off for those who speak to their computer."
    )
    mail = models.CharField(
        "messages are sent", max_length=10, choices=MailChoice.choices, default=MailChoice.DAILY
    )
    messages_by = models.CharField(
        "messages come", max_length=10, choices=MessagesBy.choices, default=MessagesBy.MAIL
    )
    is_demo = models.BooleanField(
        default=False, help_text="Made by demo mode; may be entered with one click."
    )

    erased_at = models.DateTimeField(
        null=True, blank=True, editable=False, help_text="Since then the row is a pseudonym."
    )

    objects: ClassVar[PersonManager] = PersonManager()

    class Meta:
        verbose_name_plural = "people"

    def __str__(self) -> str:
        return self.name

    @property
    def name(self) -> str:
        """The full name, or the user name where none is given."""
        if self.erased_at:
            return "Somebody who was erased"
        return self.get_full_name() or self.username

    @property
    def zone(self) -> ZoneInfo:
        """Where the person's day begins; UTC where the name of their zone is not known here."""
        try:
            return ZoneInfo(self.time_zone)
        except (ZoneInfoNotFoundError, ValueError, OSError):
            return ZoneInfo("UTC")

    @property
    def is_admin(self) -> bool:
        return self.is_active and (self.is_superuser or self.role == Role.ADMIN)

    @property
    def is_editor(self) -> bool:
        """May see unreleased content and change content."""
        return self.is_active and (self.is_admin or self.role == Role.EDITOR)

    @property
    def is_manager(self) -> bool:
        """May see the team page (of the teams they manage, or of all, for an admin)."""
        return self.is_active and (self.is_admin or self.role == Role.MANAGER)


class PutOffStep(models.Model):
    """A first step of the site that an admin put off (enablement/first_steps.py has the names)."""

    name = models.SlugField(max_length=40, unique=True)
    by = models.ForeignKey(Person, null=True, on_delete=models.SET_NULL, related_name="+")
    at = models.DateTimeField(auto_now_add=True)

    def __str__(self) -> str:
        return self.name


class TeamQuerySet(models.QuerySet["Team"]):
    """Teams, as a person may see them."""

    def visible_to(self, person: Person) -> TeamQuerySet:
        """The teams you are in or manage; all of them, for an admin."""
        if person.is_admin:
            return self
        return self.filter(models.Q(members=person) | models.Q(managers=person)).distinct()

    def managed_by(self, person: Person) -> TeamQuerySet:
        """The teams whose scores a person may read."""
        if person.is_admin:
            return self
        return self.filter(managers=person).distinct() if person.is_manager else self.none()


class Team(models.Model):
    """People whose scores one or more managers read."""

    name = models.CharField(max_length=120, unique=True)
    slug = models.SlugField(max_length=80, unique=True)
    members = models.ManyToManyField(Person, through="Membership", related_name="teams")
    managers = models.ManyToManyField(Person, related_name="managed_teams", blank=True)
    may_ask_model = models.BooleanField(
        "uses a language model", default=True, help_text="Off: nothing of its people is sent to one."
    )

    objects = TeamQuerySet.as_manager()

    class Meta:
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name


class Membership(models.Model):
    """That a person is in a team, since when."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="memberships")
    team = models.ForeignKey(Team, on_delete=models.CASCADE, related_name="memberships")
    since = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["person", "team"], name="one_membership_per_team")]

    def __str__(self) -> str:
        return f"{self.person} in {self.team}"
