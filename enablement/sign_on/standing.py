"""Taking somebody's access away, all of it and at once, and giving it back."""

from __future__ import annotations

from functools import partial

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from enablement import audit
from enablement.models import (
    ApiToken,
    FixedAnswer,
    Invitation,
    Ownership,
    Person,
    Role,
    SlackLink,
    SlackLinkCode,
)
from enablement.numbers import number
from enablement.roles import may_administer
from enablement.sign_on import sessions
from enablement.trust.notices import SIGN_ON, notify
from enablement.trust.owners import editors


class CannotDeactivate(Exception):
    """The message is a sentence for the admin who tried."""


def deactivate_person(person: Person, actor: Person | None) -> None:
    """Keep `person` out from now on: sessions, tokens and the Slack link end and do not come back.

    What they own becomes unowned (facts.py takes no inactive owner for one), and editors are told. What they
    did is kept. Raises CannotDeactivate for oneself and for the last admin.
    """
    if actor is not None and actor.pk == person.pk:
        raise CannotDeactivate("You cannot deactivate yourself. Ask another admin.")
    with transaction.atomic():
        lock_admins()
        if is_last_admin(person):
            raise CannotDeactivate(f"{person.name} is the only admin. Make somebody else an admin first.")
        ended = end_access(person)
        changed = Person.objects.filter(pk=person.pk, is_active=True).update(is_active=False)
        person.is_active = False
        if not changed:
            return
        owned = Ownership.objects.filter(person=person).count()
        owned += FixedAnswer.objects.filter(owner=person).count()
        audit.record(actor, "deactivate", person, after=ended | {"pieces_unowned": owned})
        if owned:
            notify(editors(), SIGN_ON, partial(_left_behind, person.name, owned), url="/health/")


def _left_behind(name: str, owned: int) -> str:
    return f"{name} has left. {number(owned)} pieces of theirs have nobody who answers for them."


def reactivate_person(person: Person, actor: Person | None) -> None:
    """Let `person` in again. They make new tokens and link Slack again; what they owned is theirs again."""
    with transaction.atomic():
        if Person.objects.filter(pk=person.pk, is_active=False, erased_at=None).update(is_active=True):
            person.is_active = True
            audit.record(actor, "reactivate", person)


def end_access(person: Person) -> dict[str, int]:
    """End every way in that is open now. Return how many there were of each kind."""
    now = timezone.now()
    tokens = ApiToken.objects.filter(person=person, revoked_at=None)
    invitations = Invitation.objects.open(now).filter(person=person)
    return {
        "sessions": sessions.end_sessions(person),
        "tokens": tokens.update(revoked_at=now),
        "slack": SlackLink.objects.filter(person=person).delete()[0]
        + SlackLinkCode.objects.filter(person=person).delete()[0],
        "invitations": invitations.update(revoked_at=now),
    }


def lock_admins() -> None:
    """Let whoever takes an admin away take turns: each sees who is left by then. Within a transaction."""
    admins = Person.objects.filter(Q(role=Role.ADMIN) | Q(is_superuser=True), is_active=True)
    list(admins.select_for_update(of=("self",)).order_by("pk").values_list("pk"))


def is_last_admin(person: Person) -> bool:
    """Whether `person` is an admin, and no other one can still come in."""
    others = Person.objects.exclude(pk=person.pk).filter(is_active=True)
    admins = (may_administer(other) for other in others.only("role", "is_active", "is_superuser"))
    return may_administer(person) and not any(admins)
