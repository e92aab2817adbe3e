"""Who is not here yet: invited by an admin, by a link that works once and for a week."""

from __future__ import annotations

import hashlib
import logging
import secrets
from collections.abc import Iterable
from datetime import timedelta

from django.conf import settings
from django.core.mail import EmailMessage
from django.db import transaction
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone

from enablement import audit
from enablement.models import Invitation, Membership, Person, Role, Team
from enablement.own_forms import written_for
from enablement.sign_on.provider.metadata import provider

log = logging.getLogger(__name__)

LIFETIME = timedelta(days=7)
SECRET_BYTES = 32


def invite(person: Person, teams: Iterable[Team], actor: Person) -> tuple[Invitation, str]:
    """Save the new `person`, who has no password, and invite them. Return the invitation and its link."""
    with transaction.atomic():
        person.set_unusable_password()
        # The administration is open to admins.
        person.is_staff = person.role == Role.ADMIN
        person.save()
        Membership.objects.bulk_create([Membership(person=person, team=team) for team in teams])
        after = {"role": str(person.role), "teams": [team.slug for team in teams]}
        audit.record(actor, "invite", person, after=after)
        return _send(person, actor)


def invite_again(person: Person, actor: Person) -> tuple[Invitation, str]:
    """A new link for somebody who lost the first, or their password; older links end."""
    with transaction.atomic():
        revoke_invitations(person, actor)
        audit.record(actor, "invite_again", person)
        return _send(person, actor)


def revoke_invitations(person: Person, actor: Person) -> int:
    """End every open link to `person`'s account. Return how many."""
    now = timezone.now()
    with transaction.atomic():
        ended = Invitation.objects.open(now).filter(person=person).update(revoked_at=now)
        if ended:
            audit.record(actor, "revoke_invitation", person)
    return ended


def find_invitation(secret: str) -> Invitation | None:
    """The open invitation with this secret; None for one that is unknown, used, revoked or too old."""
    return Invitation.objects.open(timezone.now()).filter(digest=_digest(secret)).first()


def use_invitation(invitation: Invitation, by: str) -> bool:
    """Use it up. Return False where somebody was faster."""
    now = timezone.now()
    with transaction.atomic():
        used = Invitation.objects.open(now).filter(pk=invitation.pk).update(used_at=now)
        if used:
            audit.record(invitation.person, "accept_invitation", invitation.person, after={"by": by})
    return bool(used)


def _send(person: Person, actor: Person) -> tuple[Invitation, str]:
    secret = secrets.token_urlsafe(SECRET_BYTES)
    invitation = Invitation.objects.create(
        person=person,
        made_by=actor,
        digest=_digest(secret),
        expires_at=timezone.now() + LIFETIME,
    )
    link = settings.SITE_URL.rstrip("/") + reverse("invitation", args=[secret])
    return invitation, link


def mail_invitation(invitation: Invitation, link: str) -> bool:
    """Send the link. Return False where the person has no address or no mail server is set.

    At once and not by the outbox: the link is a secret, and what waits there lies in the database.
    """
    person = invitation.person
    if not person.email or not settings.MAIL.host:
        return False
    return bool(message(invitation, link).send(fail_silently=False))


def message(invitation: Invitation, link: str) -> EmailMessage:
    """Return the mail: who invites, what for, the one link, and until when, in the person's own time.

    Plain text: it is short, and one bare link is what people are taught to trust. Answers go to the inviter.
    """
    person, inviter = invitation.person, invitation.made_by
    name = " ".join(inviter.name.split()) if inviter else "An admin"
    is_new = person.last_login is None
    context = {
        "person": person,
        "inviter": name,
        "link": link,
        "until": invitation.expires_at,
        "is_new": is_new,
        "provider": provider(),
    }
    with written_for(person):
        text = render_to_string("sign_on/invitation_mail.txt", context)
    subject = f"{name} invites you to Dosay" if is_new else "Your new link to Dosay"
    answers_to = [inviter.email] if inviter and inviter.email else []
    return EmailMessage(subject, text, to=[person.email], reply_to=answers_to)


def mail_if_possible(invitation: Invitation, link: str) -> bool:
    """Send the link. Return False where it did not go, for whatever reason: it is handed over then."""
    try:
        return mail_invitation(invitation, link)
    except OSError as error:
        log.warning("an invitation could not be mailed: %s", type(error).__name__)
        return False


def _digest(secret: str) -> str:
    return hashlib.sha256(secret.encode()).hexdigest()
