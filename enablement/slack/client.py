"""Posting to the response addresses that Slack gives us, and to no other address."""

from __future__ import annotations

import functools
import ssl
from typing import Any
from urllib.parse import SplitResult, urlsplit

import httpx2
from django.conf import settings

from enablement.not_now import NotNow
from enablement.slack.limits import RESPONSE_TIMEOUT_SECONDS, RETRY_AFTER_MOST_SECONDS, RETRY_AFTER_SECONDS

# Slack's own, and the one for governments.
RESPONSE_HOSTS = frozenset({"hooks.slack.com", "hooks.slack-gov.com"})
HTTPS_PORT = 443
# What an error begins with where nobody answered.
AWAY = "Slack cannot be reached"


class SlackError(Exception):
    """Slack did not take a message. `permanent`: it never will, so trying again is no use."""

    def __init__(self, message: str, *, permanent: bool) -> None:
        super().__init__(message)
        self.permanent = permanent


class SlackBusy(SlackError, NotNow):
    """Slack asks to be left alone for `again_in` seconds (429). It is no fault of the message."""

    def __init__(self, seconds: float) -> None:
        super().__init__(f"Slack asks to wait {seconds:.0f} seconds.", permanent=False)
        self.again_in = seconds


@functools.cache
def trusted() -> ssl.SSLContext:
    """Return whose certificates are believed. Reading them takes 30 ms, more than finding an answer."""
    return httpx2.create_ssl_context()


def respond(response_url: str, message: dict[str, Any]) -> None:
    """Post `message` to a response address. Raises SlackError.

    The address comes with the request. It is signed, and even so we post only where Slack listens; no
    redirect is followed, because it could lead inside.
    """
    if not is_response_url(response_url):
        raise SlackError("The response address is not one of Slack’s.", permanent=True)
    try:
        response = httpx2.post(
            response_url,
            json=message,
            timeout=RESPONSE_TIMEOUT_SECONDS,
            follow_redirects=False,
            verify=trusted(),
        )
    except httpx2.InvalidURL as error:
        raise SlackError("The response address cannot be read.", permanent=True) from error
    except httpx2.HTTPError as error:
        raise SlackError(f"{AWAY}: {type(error).__name__}.", permanent=False) from error
    if response.status_code == httpx2.codes.TOO_MANY_REQUESTS:
        raise SlackBusy(seconds_to_wait(response.headers.get("Retry-After")))
    if response.status_code >= 500:
        raise SlackError(f"Slack is busy (status {response.status_code}).", permanent=False)
    if not response.is_success:
        said = f"status {response.status_code}: {response.text[:200]}"
        raise SlackError(f"Slack refused the message ({said}).", permanent=True)


def seconds_to_wait(retry_after: object) -> float:
    """Return the seconds of a `Retry-After`; half a minute where it does not say."""
    said = str(retry_after)
    seconds = int(said) if said.isascii() and said.isdigit() and len(said) < 6 else RETRY_AFTER_SECONDS
    return float(min(max(1, seconds), RETRY_AFTER_MOST_SECONDS))


def is_response_url(address: str) -> bool:
    """Whether we may post there: Slack's hosts over https, or the host of the configured Slack address."""
    try:
        parts = urlsplit(address)
        port = parts.port
    except ValueError:
        return False
    if parts.username is not None or parts.password is not None:
        return False
    if parts.scheme == "https" and parts.hostname in RESPONSE_HOSTS:
        return port in (None, HTTPS_PORT)
    return _place(parts) == _place(urlsplit(settings.SLACK_API_BASE_URL))


def _place(parts: SplitResult) -> tuple[str, str | None, int | None]:
    return parts.scheme, parts.hostname, parts.port
