"""Everybody, for admins, with how each of them comes in."""

from __future__ import annotations

from django.db.models import Exists, OuterRef, QuerySet
from django.utils import timezone

from enablement.models import Identity, Invitation, Person
from enablement.sign_on.second_step import second_steps_of


def everybody(admin: Person) -> QuerySet[Person]:
    """Return everybody, who may come in first: `is_invited`, `has_step` and `has_identity` of each."""
    invited = Invitation.objects.open(timezone.now()).filter(person=OuterRef("pk"))
    return (
        Person.objects.visible_to(admin)
        .annotate(
            is_invited=Exists(invited),
            has_step=Exists(second_steps_of(OuterRef("pk"))),
            has_identity=Exists(Identity.objects.filter(person=OuterRef("pk"))),
        )
        .prefetch_related("teams", "managed_teams")
        .order_by("-is_active", "username")
    )


def others(admin: Person) -> QuerySet[Person]:
    """Whom an admin looks after. Oneself under Security, where one confirms first that it is oneself."""
    return Person.objects.visible_to(admin).filter(erased_at=None).exclude(pk=admin.pk)
