"""Is Slack set up right, and if not, what to do? One sentence for each part."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from django.conf import settings
from django.utils import timezone

from enablement.doctor.diagnosis import Diagnosis, Health
from enablement.models import SlackLink
from enablement.slack import api
from enablement.slack.client import AWAY, SlackError
from enablement.slack.limits import SIGNATURE_WINDOW_SECONDS
from enablement.slack.manifest import SCOPES, address_of

if TYPE_CHECKING:
    from slack_sdk.web import SlackResponse

# Slack refuses nothing over our clock; we refuse Slack when it is off by more than the window.
CLOCK_WARNS_AT_SECONDS = 60
_SECRET = re.compile(r"[0-9a-f]{32}")
_WHAT_TO_DO = {
    "invalid_auth": "Copy the “Bot User OAuth Token” of the app into SLACK_BOT_TOKEN again.",
    "not_authed": "Copy the “Bot User OAuth Token” of the app into SLACK_BOT_TOKEN again.",
    "token_revoked": "Install the app to the workspace again, and put the new token into SLACK_BOT_TOKEN.",
    "token_expired": "Turn token rotation off in the app’s settings; put the new token into SLACK_BOT_TOKEN.",
    "account_inactive": "The bot’s account was switched off: an admin of the workspace can switch it on.",
}


def examine() -> Iterator[Diagnosis]:
    """Yield a diagnosis for every part of the connection to Slack."""
    yield Diagnosis("secret", *_secret())
    yield Diagnosis("address", *_address())
    if not api.has_token():
        yield Diagnosis(
            "token",
            Health.WARN,
            "SLACK_BOT_TOKEN is not set: commands work, and the bot writes nothing by itself.",
        )
        return
    try:
        answer = api.call("auth.test")
    except SlackError as error:
        yield Diagnosis("token", Health.BAD, _refused(str(error)))
        return
    yield Diagnosis(
        "token", Health.OK, f"The bot is “{answer.get('user')}” in the workspace “{answer.get('team')}”."
    )
    yield Diagnosis("scopes", *_scopes(answer))
    yield Diagnosis("clock", *_clock(answer, timezone.now()))
    yield Diagnosis("people", Health.OK, f"{SlackLink.objects.count()} people have linked their account.")


def _secret() -> tuple[Health, str]:
    secret = settings.SLACK_SIGNING_SECRET
    if not secret:
        return Health.BAD, (
            "SLACK_SIGNING_SECRET is not set: copy “Signing Secret” from the app’s Basic Information."
        )
    if not _SECRET.fullmatch(secret):
        return Health.WARN, (
            "SLACK_SIGNING_SECRET does not look like one of Slack’s (32 digits and letters a to f). Is it "
            "the client secret or the verification token by mistake?"
        )
    return Health.OK, "The signing secret is set."


def _address() -> tuple[Health, str]:
    parts = urlsplit(settings.SITE_URL)
    places = ", ".join(map(address_of, ("slack-commands", "slack-interactions", "slack-events")))
    if parts.scheme != "https":
        return Health.BAD, (
            f"Slack calls https addresses only, and DOSAY_SITE_URL is {settings.SITE_URL}: set it to the "
            "address under which Slack reaches this site."
        )
    return Health.OK, f"Slack is to call {places}."


def _scopes(answer: SlackResponse) -> tuple[Health, str]:
    given = {scope.strip() for scope in api.header_of(answer, "x-oauth-scopes").split(",")} - {""}
    if not given:
        return Health.WARN, "Slack did not say what the bot may do."
    missing = [f"{scope} ({why})" for scope, why in SCOPES.items() if scope not in given]
    if missing:
        return Health.BAD, (
            f"The bot may not do everything: {'; '.join(missing)}. Put the manifest into the app’s settings "
            "again, then reinstall the app."
        )
    return Health.OK, "The bot may do what it needs."


def _clock(answer: SlackResponse, now: datetime) -> tuple[Health, str]:
    try:
        theirs = parsedate_to_datetime(api.header_of(answer, "date")).astimezone(UTC)
    except (TypeError, ValueError):
        return Health.WARN, "Slack did not say what time it is."
    off = abs((now - theirs).total_seconds())
    if off > CLOCK_WARNS_AT_SECONDS:
        health = Health.BAD if off > SIGNATURE_WINDOW_SECONDS else Health.WARN
        return health, (
            f"This machine’s clock is {off:.0f} seconds off Slack’s: from {SIGNATURE_WINDOW_SECONDS} on, "
            "every request is refused. Switch time synchronisation on."
        )
    return Health.OK, "This machine and Slack agree on the time."


def _refused(said: str) -> str:
    if said.startswith(AWAY):
        return (
            f"{AWAY} from this machine. Is SLACK_API_BASE_URL ({settings.SLACK_API_BASE_URL}) right, and may "
            "this machine call it?"
        )
    todo = _WHAT_TO_DO.get(said, f"See whether SLACK_API_BASE_URL ({settings.SLACK_API_BASE_URL}) is right.")
    return f"Slack says “{said}”. {todo}"
