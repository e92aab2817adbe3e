"""Who writes: the person whose account it is, or nobody and why. Asked anew with every request.

A code that the person made says it for good, as long as the account is a full member's: Slack is asked again
every quarter of an hour, where the bot has a token. Where SLACK_MATCHES_EMAIL is on, so does the address that
the sign-in provider vouched for, as long as Slack confirms with each request that the account has it and is a
full member's. The address as somebody typed it into a profile says nothing: both sides have to vouch.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.db import IntegrityError, transaction
from django.utils import timezone

from enablement import audit
from enablement.models import Identity, Person, SlackLink
from enablement.slack import api, texts
from enablement.slack.client import SlackError
from enablement.slack.limits import MEMBERSHIP_LASTS
from enablement.slack.linking import forget_link, linked_person
from enablement.slack.members import member


@dataclass(frozen=True, slots=True)
class Recognised:
    """A person; or None, with what an account that is nobody's reads."""

    person: Person | None
    said: str = ""


def recognise(slack_team: str, slack_user: str) -> Recognised:
    """Return who an account is. What cannot be confirmed now is nobody."""
    try:
        return _recognise(slack_team, slack_user)
    except SlackError:
        return Recognised(None, texts.CANNOT_CONFIRM)


def account_of(person: Person) -> SlackLink | None:
    """Return the account to write to without being asked; None where there is none any more.

    Raises SlackError where it cannot be confirmed now.
    """
    link = SlackLink.objects.filter(person=person).first()
    if link is None or _recognise(link.slack_team, link.slack_user).person != person:
        return None
    return link


def check_member(slack_team: str, slack_user: str) -> str:
    """Return why an account may not be linked by a code; "" where it may, or where nobody can be asked."""
    if not api.has_token():
        return ""
    try:
        return "" if member(slack_team, slack_user).is_full else texts.NOT_A_MEMBER
    except SlackError:
        return texts.CANNOT_CONFIRM


def _recognise(slack_team: str, slack_user: str) -> Recognised:
    link = SlackLink.objects.filter(slack_team=slack_team, slack_user=slack_user).first()
    if link is not None and not link.email:
        person = linked_person(slack_team, slack_user)
        if person and not _is_member(link, timezone.now()):
            return Recognised(None, texts.NOT_A_MEMBER)
        return Recognised(person, "" if person else texts.how_to_link())
    if not (settings.SLACK_MATCHES_EMAIL and api.has_token()):
        return Recognised(None, texts.how_to_link())
    found = member(slack_team, slack_user)
    person = _person_with(found.email) if found.is_full else None
    if link is not None and link.person != person:
        forget_link(link, None)
        link = None
    if not found.is_full:
        return Recognised(None, texts.NOT_A_MEMBER)
    if person and (link or _link(person, slack_team, slack_user, found.email)):
        return Recognised(person)
    return Recognised(None, texts.how_to_link())


def _is_member(link: SlackLink, now: datetime) -> bool:
    """Whether an account linked by a code is a full member's. While Slack cannot say, what it said stands.

    Raises SlackError where it has never said.
    """
    if not api.has_token() or (link.member_at and link.member_at > now - MEMBERSHIP_LASTS):
        return True
    try:
        is_full = member(link.slack_team, link.slack_user).is_full
    except SlackError:
        if link.member_at is None:
            raise
        return True
    SlackLink.objects.filter(pk=link.pk).update(member_at=now if is_full else None)
    return is_full


def _person_with(email: str) -> Person | None:
    """The one active person for whom the provider vouches with this address; of two, neither."""
    vouched = Identity.objects.filter(email__iexact=email, issuer=settings.OIDC_ISSUER, links_slack=True)
    people = Person.objects.filter(pk__in=vouched.values("person"), is_active=True)
    found = list((people if settings.DEMO else people.filter(is_demo=False))[:2]) if email else []
    return found[0] if len(found) == 1 else None


def _link(person: Person, slack_team: str, slack_user: str, email: str) -> bool:
    """Keep whose account it is. Somebody who has linked another account keeps that one."""
    account = {"slack_team": slack_team, "slack_user": slack_user}
    try:
        with transaction.atomic():
            link = SlackLink.objects.create(person=person, email=email, **account)
            audit.record(person, "link_slack", link, after=account | {"by": "address"})
    except IntegrityError:
        return SlackLink.objects.filter(person=person, **account).exists()
    return True
