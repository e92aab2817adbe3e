"""Slack's web API, as far as the bot uses it, through slack_sdk."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.conf import settings

from enablement.slack.client import AWAY, SlackBusy, SlackError, seconds_to_wait, trusted
from enablement.slack.limits import API_TIMEOUT_SECONDS
from enablement.slack.rates import Rates

if TYPE_CHECKING:
    from slack_sdk.errors import SlackApiError
    from slack_sdk.web import SlackResponse

# Errors that pass by themselves: https://docs.slack.dev/reference/methods/chat.postMessage#errors
PASSING = frozenset({"internal_error", "fatal_error", "service_unavailable", "request_timeout"})
LIMITED = frozenset({"ratelimited", "rate_limited"})
# One for each process is enough.
RATES = Rates()


def has_token() -> bool:
    """Whether the bot may write by itself, and not only answer commands."""
    return bool(settings.SLACK_BOT_TOKEN)


def call(method: str, *, timeout: int = API_TIMEOUT_SECONDS, **arguments: Any) -> SlackResponse:
    """Call a method and return its answer. Raises SlackError: Slack's own word for what is the matter.

    `timeout` in seconds.
    """
    return _call(method, timeout, json=arguments)


def read(method: str, *, timeout: int = API_TIMEOUT_SECONDS, **arguments: str) -> SlackResponse:
    """The same for methods that only read: those take no JSON."""
    return _call(method, timeout, params=arguments)


def header_of(answer: SlackResponse, name: str) -> str:
    """Return a header of an answer by its name in small letters; empty where there is none."""
    headers = {key.lower(): value for key, value in answer.headers.items()}
    value = headers.get(name, "")
    return str(value[0] if isinstance(value, list) else value)


def _call(method: str, timeout: int, **how: Any) -> SlackResponse:
    if not has_token():
        raise SlackError("SLACK_BOT_TOKEN is missing.", permanent=True)
    from slack_sdk import WebClient
    from slack_sdk.errors import SlackApiError, SlackClientError

    limited = f"{method} {(how.get('json') or {}).get('channel', '')}"
    if left := RATES.left(limited):
        raise SlackBusy(left)
    client = WebClient(
        token=settings.SLACK_BOT_TOKEN,
        base_url=f"{settings.SLACK_API_BASE_URL.rstrip('/')}/",
        timeout=timeout,
        ssl=trusted(),
        # Trying again is the outbox's job: it does not keep a worker waiting.
        retry_handlers=[],
    )
    try:
        return client.api_call(method, **how)
    except SlackApiError as error:
        said = _said(error)
        if error.response.status_code == 429 or said in LIMITED:
            seconds = seconds_to_wait(header_of(error.response, "retry-after"))
            RATES.begin(limited, seconds)
            raise SlackBusy(seconds) from error
        is_busy = error.response.status_code >= 500
        raise SlackError(said, permanent=said not in PASSING and not is_busy) from error
    except (SlackClientError, OSError, ValueError) as error:
        raise SlackError(f"{AWAY}: {type(error).__name__}.", permanent=False) from error


def _said(error: SlackApiError) -> str:
    answer = error.response
    word = answer.get("error") if isinstance(answer.data, dict) else None
    return str(word or f"status {answer.status_code}")
