"""Linking a Slack account by a code that is shown on the site and used once in Slack; unlinking it."""

from __future__ import annotations

import hashlib
import secrets

from django.conf import settings
from django.db import IntegrityError, transaction
from django.utils import timezone

from enablement import audit, outbox
from enablement.models import Identity, Person, SlackLink, SlackLinkCode
from enablement.slack.limits import LINK_CODE_LIFETIME

# Without letters and digits that look alike. Eight of them are 40 bits, for ten minutes.
ALPHABET = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789"
HALF = 4


# The name of the outbox's work that makes somebody's App Home anew (enablement/slack/home.py).
HOME_WORK = "home_slack"


class CannotLink(Exception):
    """A Slack account that cannot be linked. The message is a sentence for the one who tried."""


def make_link_code(person: Person) -> str:
    """Return a code (`ABCD-EFGH`) that links one Slack account within ten minutes; an older one ends."""
    code = "".join(secrets.choice(ALPHABET) for _ in range(2 * HALF))
    SlackLinkCode.objects.update_or_create(
        person=person,
        defaults={"digest": _digest(code), "expires_at": timezone.now() + LINK_CODE_LIFETIME},
    )
    return f"{code[:HALF]}-{code[HALF:]}"


def link_account(code: str, slack_team: str, slack_user: str) -> Person:
    """Use up `code` and link the account to its person. Raises CannotLink."""
    try:
        with transaction.atomic():
            return _link(code, slack_team, slack_user)
    except IntegrityError:
        raise CannotLink(
            "This Slack account belongs to somebody else here. Write /dosay unlink first, then try again."
        ) from None


def _link(code: str, slack_team: str, slack_user: str) -> Person:
    offered = (
        SlackLinkCode.objects.select_for_update(of=("self",))
        .filter(digest=_digest(code), expires_at__gt=timezone.now(), person__is_active=True)
        .select_related("person")
        .first()
    )
    if offered is None:
        raise CannotLink(
            "This code is mistyped, used or older than ten minutes. Make a new one on your account page."
        )
    account = {"slack_team": slack_team, "slack_user": slack_user, "email": ""}
    looked_at = {"member_at": timezone.now() if settings.SLACK_BOT_TOKEN else None}
    link, _ = SlackLink.objects.update_or_create(person=offered.person, defaults=account | looked_at)
    offered.delete()
    show_home(slack_team, slack_user, f"linked:{link.pk}:{timezone.now():%Y%m%d%H%M%S%f}")
    audit.record(offered.person, "link_slack", link, after=account)
    return offered.person


def show_home(slack_team: str, slack_user: str, key: str, said: str = "") -> None:
    """Have somebody's App Home made anew. `key` names what for; `said` stands on top of it."""
    account = {"slack_team": slack_team, "slack_user": slack_user}
    outbox.add_work(HOME_WORK, key=f"{HOME_WORK}:{key}"[:200], said=said, **account)


def unlink_account(person: Person, by: Person | None = None) -> bool:
    """Take the person's link away, done by themselves or `by` an admin. Return whether there was one.

    Their address does not link it again by itself; a code does.
    """
    with transaction.atomic():
        link = SlackLink.objects.select_for_update().filter(person=person).first()
        if link is None:
            return False
        Identity.objects.filter(person=person).update(links_slack=False)
        forget_link(link, by or person)
        return True


@transaction.atomic
def forget_link(link: SlackLink, by: Person | None) -> None:
    """Take a link away. `by` None: Slack did not confirm it any more."""
    account = {"slack_team": link.slack_team, "slack_user": link.slack_user}
    audit.record(by, "unlink_slack", link, before=account)
    show_home(link.slack_team, link.slack_user, f"unlinked:{link.pk}")
    link.delete()


def linked_person(slack_team: str, slack_user: str) -> Person | None:
    """Return the active person whose account this is."""
    account = {"slack_link__slack_team": slack_team, "slack_link__slack_user": slack_user}
    people = Person.objects.filter(is_active=True, **account)
    return people.first() if settings.DEMO else people.filter(is_demo=False).first()


def _digest(code: str) -> str:
    return hashlib.sha256(code.upper().replace("-", "").encode()).hexdigest()
