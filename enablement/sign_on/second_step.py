"""The second step after a password: who needs one, who has one, and the way out of a lost one."""

from __future__ import annotations

from typing import Any

from allauth.mfa.models import Authenticator
from django.conf import settings
from django.db import transaction
from django.db.models import OuterRef
from django.http import HttpRequest

from enablement import audit
from enablement.models import Person, Role
from enablement.roles import may_administer
from enablement.sign_on import sessions
from enablement.trust.notices import SIGN_ON, notify

# How a person came in who has done without a password of ours: somebody else has asked for the second step.
WITHOUT_PASSWORD = ("provider", "demo", "passkey")
TAKEN_OFF = "The second step was taken off your account. Set up a new one."


def needs_second_step(person: Person) -> bool:
    """Whether the setting asks a second step of `person`."""
    match settings.SECOND_STEP:
        case "EVERYBODY":
            return True
        case "MANAGERS":
            return may_administer(person) or person.role in (Role.MANAGER, Role.EDITOR)
        case "ADMINS":
            return may_administer(person)
        case _:
            return False


def second_steps_of(person: Person | OuterRef) -> Any:
    """The apps and passkeys of `person`; recovery codes alone are no second step."""
    return Authenticator.objects.filter(user=person).exclude(type=Authenticator.Type.RECOVERY_CODES)


def has_second_step(person: Person) -> bool:
    """Whether `person` has an app or a passkey."""
    return bool(second_steps_of(person).exists())


def lacks_second_step(request: HttpRequest) -> bool:
    """Whether the signed-in person must set up a second step first."""
    person, session = request.user, request.session
    if not isinstance(person, Person) or not needs_second_step(person):
        return False
    return session.get(sessions.BY_KEY) not in WITHOUT_PASSWORD and not has_second_step(person)


def reset_second_step(person: Person, actor: Person) -> int:
    """Take all of a person's second steps away, who has lost them, and sign them out everywhere.

    Return how many there were.
    """
    with transaction.atomic():
        kinds = sorted(Authenticator.objects.filter(user=person).values_list("type", flat=True))
        Authenticator.objects.filter(user=person).delete()
        audit.record(actor, "reset_second_step", person, before={"kinds": kinds})
        sessions.end_sessions(person)
        notify([person], SIGN_ON, TAKEN_OFF, text=f"{actor.name} did it.", url="/account/security/")
    return len(kinds)
