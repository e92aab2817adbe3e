"""First steps of a site: what is done is read from the site itself, what is put off is kept."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from django.conf import settings
from django.urls import reverse

from enablement.chat.model import has_model
from enablement.models import Lesson, Membership, PutOffStep


@dataclass(frozen=True, slots=True)
class Plan:
    """A step: its name in addresses, what it is for, what to do, where, and whether it is done.

    `ways` are pages by what one does there, the first one first. `lines` go into .env; `come_back` names the
    page whose address a provider wants to know.
    """

    name: str
    title: str
    why: str
    do: str
    ways: tuple[tuple[str, str], ...]
    is_done: Callable[[], bool]
    lines: str = ""
    come_back: str = ""


@dataclass(frozen=True, slots=True)
class Step:
    """A step as it stands now, with the addresses of its pages."""

    plan: Plan
    ways: tuple[tuple[str, str], ...]
    come_back: str
    is_done: bool
    is_put_off: bool

    @property
    def name(self) -> str:
        return self.plan.name

    @property
    def title(self) -> str:
        return self.plan.title

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


STEPS = (
    Plan(
        "team",
        "Put people in a team",
        "A manager reads the scores of their team, and lessons can be meant for one team.",
        "Add a team first, then invite people into it. Last, open the team again and name its manager.",
        (("Add a team", "admin:enablement_team_add"), ("Invite people", "people")),
        has_team,
    ),
    Plan(
        "content",
        "Release a lesson",
        "Questions are answered, and quizzes are made, from what is released.",
        "Read a document into drafts and release them, or write a lesson.",
        (("Read a document", "document-list"), ("Write a lesson", "lesson-new")),
        has_content,
    ),
    Plan(
        "sign-on",
        "Let people sign in with the account they have",
        "Nobody needs one more password, and who leaves loses the way in.",
        "Register a web application at your provider (Okta, Entra, Keycloak), put what it gives you into the "
        "file .env, and start the site again.",
        (("See whether it works", "status"),),
        has_sign_on,
        lines="OIDC_ISSUER=https://…\nOIDC_CLIENT_ID=…\nOIDC_CLIENT_SECRET=…",
        come_back="provider-callback",
    ),
    Plan(
        "slack",
        "Connect Slack",
        "Reps ask and practise where they write anyway.",
        "The page has the manifest to paste, and checks each part.",
        (("Connect Slack", "slack-setup"),),
        has_slack,
    ),
    Plan(
        "model",
        "Connect a language model",
        "Answers become prose. Without one the site answers in the lessons’ own words.",
        "Put these lines into the file .env and start the site again. Any server that speaks the OpenAI "
        "protocol will do; for OpenAI’s own leave the address out.",
        (("See whether it works", "status"),),
        has_model,
        lines="OPENAI_API_KEY=…\nOPENAI_MODEL=…\nOPENAI_BASE_URL=https://…",
    ),
)


def first_steps() -> list[Step]:
    """Return every step as it stands now."""
    put_off = set(PutOffStep.objects.values_list("name", flat=True))
    return [_step(plan, plan.name in put_off) for plan in STEPS]


def _step(plan: Plan, put_off: bool) -> Step:
    done = plan.is_done()
    ways = tuple((words, _address(page)) for words, page in plan.ways)
    come_back = reverse(plan.come_back) if plan.come_back else ""
    return Step(plan, ways, come_back, done, put_off and not done)


def _address(page: str) -> str:
    """The address of a page; from one of the administration one comes back to the first steps."""
    back = f"?next={reverse('first-steps')}" if page.startswith("admin:") else ""
    return reverse(page) + back
