"""The door for Slack's requests: only what Slack signed within five minutes comes in, each request once."""

from __future__ import annotations

import re
import time
from collections.abc import Callable
from functools import wraps

from django.conf import settings
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from enablement.models import SlackRequest
from enablement.slack.signature import is_signed

SIGNATURE_HEADER = "X-Slack-Signature"
TIMESTAMP_HEADER = "X-Slack-Request-Timestamp"
_TIME = re.compile(r"[0-9]{1,12}\.[0-9]{1,9}")
_ID = re.compile(r"[A-Za-z0-9]{1,40}")

View = Callable[[HttpRequest], HttpResponse]


def from_slack(view: View) -> View:
    """Let only requests through that Slack signed within five minutes, each of them once.

    The row that remembers a request is written with the view's own writes: if the view fails, Slack's next
    try counts as the first.
    """

    @csrf_exempt
    @require_POST
    @wraps(view)
    def checked(request: HttpRequest) -> HttpResponse:
        if not settings.SLACK_SIGNING_SECRET:
            return refusal(503, "Slack is not set up here: SLACK_SIGNING_SECRET is missing.")
        signature = request.headers.get(SIGNATURE_HEADER, "")
        timestamp = request.headers.get(TIMESTAMP_HEADER, "")
        if not is_signed(
            settings.SLACK_SIGNING_SECRET,
            request.body,
            timestamp=timestamp,
            signature=signature,
            now=time.time(),
        ):
            return refusal(401, "This request does not carry a valid signature of Slack’s.")
        with transaction.atomic():
            return view(request) if is_first(signature) else refusal(409, "This request was taken on before.")

    return checked


def is_first(key: str) -> bool:
    """Remember `key`, and return whether it was new. For the transaction of the work that it stands for."""
    _, is_new = SlackRequest.objects.get_or_create(key=key[:128])
    return is_new


def are_ids(*names: object) -> bool:
    """Whether all of `names` look like what Slack names workspaces, people and channels by."""
    return all(isinstance(name, str) and _ID.fullmatch(name) for name in names)


def is_time(name: object) -> bool:
    """Whether `name` looks like what Slack names messages by: seconds and a counter."""
    return isinstance(name, str) and _TIME.fullmatch(name) is not None


def refusal(status: int, text: str) -> HttpResponse:
    """Return a refusal in words."""
    return HttpResponse(text, status=status, content_type="text/plain; charset=utf-8")
