"""From a checked identity to a person here: known, invited, linking, or made where the setting allows it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from django.conf import settings
from django.db import IntegrityError, transaction
from django.utils import timezone

from enablement import audit
from enablement.models import GroupRule, Identity, Person
from enablement.sign_on.provider.groups import apply_groups, groups_in
from enablement.sign_on.provider.metadata import Provider
from enablement.sign_on.provider.refusals import Reason, Refused

_NOT_IN_NAMES = re.compile(r"[^\w.@+-]+")
LONGEST_NAME, LONGEST_USERNAME, LONGEST_EMAIL = 150, 150, 254


def recognise(claims: Mapping[str, Any], provider: Provider) -> Person:
    """The person whose identity this is, with the role and teams that their groups give.

    Somebody unknown is made a person only where the provider is trusted to make people. Raises Refused.
    """
    with transaction.atomic():
        identity = _find(claims, provider)
        if identity is None and not provider.creates_people:
            raise Refused(Reason.UNKNOWN_PERSON)
        person = identity.person if identity else _make_person(claims, provider)
        _check_active(person)
        _note_use(claims, provider)
        if GroupRule.objects.exists():
            apply_groups(person, groups_in(claims, provider.groups_claim))
    return person


def link_identity(person: Person, claims: Mapping[str, Any], provider: Provider) -> None:
    """Make the identity this person's. Raises Refused where it is somebody else's."""
    known = _find(claims, provider)
    if known is not None and known.person_id != person.pk:
        raise Refused(Reason.TAKEN)
    if known is not None:
        return
    try:
        with transaction.atomic():
            known_as = {"issuer": provider.issuer, "subject": claims["sub"], "email": _vouched_email(claims)}
            identity = Identity.objects.create(person=person, **known_as)
            audit.record(person, "link_provider", identity, after={"issuer": provider.issuer})
    except IntegrityError:
        raise Refused(Reason.TAKEN) from None


def _find(claims: Mapping[str, Any], provider: Provider) -> Identity | None:
    known = Identity.objects.select_related("person")
    return known.filter(issuer=provider.issuer, subject=claims["sub"]).first()


def _check_active(person: Person) -> None:
    if not person.is_active or (person.is_demo and not settings.DEMO):
        raise Refused(Reason.DEACTIVATED)


def _note_use(claims: Mapping[str, Any], provider: Provider) -> None:
    used = Identity.objects.filter(issuer=provider.issuer, subject=claims["sub"])
    used.update(used_at=timezone.now(), email=_vouched_email(claims))


def _make_person(claims: Mapping[str, Any], provider: Provider) -> Person:
    person = Person(
        username=_free_username(claims),
        first_name=_text(claims, "given_name") or _text(claims, "name"),
        last_name=_text(claims, "family_name"),
        email=_text(claims, "email", LONGEST_EMAIL),
    )
    person.set_unusable_password()
    person.save()
    Identity.objects.create(person=person, issuer=provider.issuer, subject=claims["sub"])
    audit.record(None, "make_person", person, after={"by": "provider", "issuer": provider.issuer})
    return person


def _free_username(claims: Mapping[str, Any]) -> str:
    """A name to sign in with that nobody has: what the provider calls them, with a number where needed."""
    wanted = _text(claims, "preferred_username") or _text(claims, "email").split("@")[0] or "person"
    stem = _NOT_IN_NAMES.sub("", wanted)[: LONGEST_USERNAME - 8] or "person"
    taken = set(Person.objects.filter(username__istartswith=stem).values_list("username", flat=True))
    lower = {name.casefold() for name in taken}
    numbered = (stem if n == 1 else f"{stem}-{n}" for n in range(1, len(lower) + 2))
    return next(name for name in numbered if name.casefold() not in lower)


def _vouched_email(claims: Mapping[str, Any]) -> str:
    """The address, where the provider says that it is the person's; else nothing."""
    return _text(claims, "email", LONGEST_EMAIL) if claims.get("email_verified") is True else ""


def _text(claims: Mapping[str, Any], name: str, limit: int = LONGEST_NAME) -> str:
    """A claim as one line of text; anything else is left out."""
    value = claims.get(name)
    return " ".join(value.replace("\0", "").split())[:limit] if isinstance(value, str) else ""
