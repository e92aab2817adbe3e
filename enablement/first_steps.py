"""First steps of a site: what is done is read from the site itself, what is put off is kept."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from django.conf import settings
from django.urls import reverse

from enablement.chat.model import has_model
from enablement.models import Lesson, Membership, PutOffStep


@dataclass(frozen=True, slots=True)
class Step:
    """A step: its name in addresses, what it is for, where it is done, and how it stands."""

    name: str
    title: str
    why: str
    do: str
    url: str
    is_done: bool
    is_put_off: bool

    @property
    def is_open(self) -> bool:
        return not (self.is_done or self.is_put_off)


def has_team() -> bool:
    """Whether somebody is in a team that has a manager."""
    return Membership.objects.filter(team__managers__isnull=False).exists()


def has_content() -> bool:
    return Lesson.objects.released().exists()


def has_sign_on() -> bool:
    return bool(settings.OIDC_ISSUER)


def has_slack() -> bool:
    return bool(settings.SLACK_SIGNING_SECRET and settings.SLACK_BOT_TOKEN)


# Name, title, why, what to do, the page to do it on, and whether it is done.
STEPS: list[tuple[str, str, str, str, str, Callable[[], bool]]] = [
    (
        "team",
        "Put people in a team",
        "A manager reads the scores of their team, and lessons can be meant for one team.",
        "Invite people on the page People; add a team, its members and its manager here.",
        "admin:enablement_team_add",
        has_team,
    ),
    (
        "content",
        "Release a lesson",
        "Questions are answered, and quizzes are made, from what is released.",
        "Read a document into drafts, or write a lesson.",
        "document-list",
        has_content,
    ),
    (
        "sign-on",
        "Let people sign in with the account they have",
        "Nobody needs one more password, and who leaves loses the way in.",
        "Set OIDC_ISSUER, OIDC_CLIENT_ID and OIDC_CLIENT_SECRET in .env and start again. "
        "The status page says whether it works.",
        "status",
        has_sign_on,
    ),
    (
        "slack",
        "Connect Slack",
        "Reps ask and practise where they write anyway.",
        "Follow the page: it has the manifest to paste and checks each part.",
        "slack-setup",
        has_slack,
    ),
    (
        "model",
        "Connect a language model",
        "Answers become prose. Without one the site answers in the lessons’ own words.",
        "Set OPENAI_API_KEY, and OPENAI_BASE_URL for a model of your own, in .env and start again. "
        "The status page says whether it works.",
        "status",
        has_model,
    ),
]


def first_steps() -> list[Step]:
    """Return every step as it stands now."""
    put_off = set(PutOffStep.objects.values_list("name", flat=True))
    found = []
    for name, title, why, do, page, is_done in STEPS:
        done = is_done()
        found.append(Step(name, title, why, do, reverse(page), done, name in put_off and not done))
    return found
