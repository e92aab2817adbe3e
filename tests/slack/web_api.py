"""Slack's web API as far as the bot calls it, as strict as the real one: token, scopes, blocks, limits."""

from __future__ import annotations

import json
import time
from collections import defaultdict
from typing import Any
from urllib.parse import parse_qsl

from enablement.slack.limits import CALLS_A_MINUTE, MAX_VIEW_BYTES, MESSAGES_AT_ONCE, TRIGGER_SECONDS
from tests.slack.slack_server import problems_of_blocks, problems_of_modal

TOKEN = "xoxb-0000000000-abcdefghijkl"
SCOPE_OF = {
    "auth.test": None,
    "chat.postMessage": "chat:write",
    "chat.postEphemeral": "chat:write",
    "views.open": None,
    "views.publish": None,
    "users.info": "users:read",
}
# Methods that only read take no JSON, only a form.
READING = {"users.info"}
MINUTE, RETRY_AFTER = 60.0, 30
RESPONSE_ONLY = {"response_type", "replace_original", "delete_original"}


class WebApi:
    """Answers `method`s. `failing[method]` are errors to give first; `archived` are channels that are."""

    def __init__(self) -> None:
        self.scopes = ["commands", "chat:write", "app_mentions:read", "im:history", "im:write"]
        self.scopes += ["channels:history", "groups:history", "users:read", "users:read.email"]
        # What differs in an account from a full member with a confirmed address, by its id.
        self.accounts: dict[str, dict[str, Any]] = defaultdict(dict)
        # Seconds that have passed for Slack's rates, beyond those of the clock.
        self.passed = 0.0
        # What was too much: method and channel.
        self.refused: list[str] = []
        self._times: dict[str, list[float]] = defaultdict(list)
        self._triggers: set[str] = set()
        self.calls: dict[str, list[dict[str, Any]]] = defaultdict(list)
        self.failing: dict[str, list[str]] = defaultdict(list)
        self.archived: set[str] = set()
        self.clock_off = 0.0
        # Seconds that every answer takes.
        self.slow = 0.0

    def answer(self, method: str, headers: Any, body: bytes) -> tuple[int, dict[str, str], dict[str, Any]]:
        """Return status, headers and body, as Slack gives them."""
        time.sleep(self.slow)
        more = {"X-OAuth-Scopes": ",".join(self.scopes)}
        more["Date"] = time.strftime("%a, %d %b %Y %H:%M:%S GMT", time.gmtime(time.time() + self.clock_off))
        if method not in SCOPE_OF:
            return 200, more, {"ok": False, "error": "unknown_method"}
        if headers.get("Authorization") != f"Bearer {TOKEN}":
            return 200, more, {"ok": False, "error": "invalid_auth"}
        if SCOPE_OF[method] and SCOPE_OF[method] not in self.scopes:
            return 200, more, {"ok": False, "error": "missing_scope", "needed": SCOPE_OF[method]}
        if self.failing[method]:
            error = self.failing[method].pop(0)
            if error == "ratelimited":
                return 429, more | {"Retry-After": "1"}, {"ok": False, "error": error}
            return 200, more, {"ok": False, "error": error}
        is_form = not headers.get("Content-Type", "").startswith("application/json")
        if is_form is not (method in READING):
            return 200, more, {"ok": False, "error": "invalid_form_data" if is_form else "invalid_arguments"}
        given = dict(parse_qsl(body.decode())) if is_form else json.loads(body or b"{}")
        if self._is_too_often(method, str(given.get("channel", ""))):
            return 429, more | {"Retry-After": str(RETRY_AFTER)}, {"ok": False, "error": "ratelimited"}
        if error := getattr(self, f"_{method.replace('.', '_')}")(given):
            return 200, more, {"ok": False, "error": error}
        self.calls[method].append(given)
        answer = {"ok": True, "user": "dosay", "team": "Example", "ts": "1.1"}
        return 200, more, answer | (self._account(given["user"]) if method == "users.info" else {})

    def _is_too_often(self, method: str, channel: str) -> bool:
        """Whether a method is called, or a channel is written to, more than its rate allows."""
        now, limited = time.monotonic() + self.passed, f"{method} {channel}"
        most = CALLS_A_MINUTE.get(method, MESSAGES_AT_ONCE)
        window = MINUTE if method in CALLS_A_MINUTE else float(MESSAGES_AT_ONCE)
        recent = [at for at in self._times[limited] if at > now - window]
        self._times[limited] = [*recent, now]
        if len(recent) < most:
            return False
        self.refused.append(limited.strip())
        return True

    def called(self, method: str, times: int) -> None:
        """As if `method`, which is for no channel, had just been called so often."""
        self._times[f"{method} "] += [time.monotonic() + self.passed] * times

    def _account(self, user: str) -> dict[str, Any]:
        """An account as Slack tells of it; its address only with the scope for that."""
        email = {"email": f"{user.lower()}@example.org"} if "users:read.email" in self.scopes else {}
        known = {"id": user, "team_id": "T1", "is_email_confirmed": True, "profile": email}
        return {"user": known | self.accounts[user]}

    def _users_info(self, given: dict[str, Any]) -> str:
        return "" if given.get("user") else "user_not_found"

    def _auth_test(self, given: dict[str, Any]) -> str:
        return ""

    def _chat_postMessage(self, given: dict[str, Any]) -> str:
        if not given.get("channel"):
            return "channel_not_found"
        if given["channel"] in self.archived:
            return "is_archived"
        if given.keys() & RESPONSE_ONLY:
            return "invalid_arguments"
        if given.get("unfurl_links") is not False or given.get("unfurl_media") is not False:
            return "invalid_arguments"
        return "invalid_blocks" if problems_of_blocks(given.get("blocks", [])) else ""

    def _chat_postEphemeral(self, given: dict[str, Any]) -> str:
        return self._chat_postMessage(given) if given.get("user") else "user_not_in_channel"

    def _views_publish(self, given: dict[str, Any]) -> str:
        view = given.get("view", {})
        if not given.get("user_id"):
            return "user_not_found"
        if view.keys() != {"type", "blocks"} or view["type"] != "home" or len(view["blocks"]) > 100:
            return "invalid_arguments"
        pages = [view["blocks"][at : at + 50] for at in range(0, len(view["blocks"]), 50)]
        return "invalid_blocks" if any(problems_of_blocks(page) for page in pages) else ""

    def _views_open(self, given: dict[str, Any]) -> str:
        view, trigger = given.get("view", {}), str(given.get("trigger_id", ""))
        if not trigger:
            return "invalid_trigger"
        if trigger == "expired" or _age(trigger) > TRIGGER_SECONDS:
            return "expired_trigger_id"
        if trigger in self._triggers:
            return "exchanged_trigger_id"
        self._triggers.add(trigger)
        if len(json.dumps(view).encode()) > MAX_VIEW_BYTES:
            return "view_too_large"
        return "invalid_arguments" if problems_of_modal(view) else ""


def _age(trigger: str) -> float:
    """Seconds since a trigger was given; `Workspace.interact` names it by the clock."""
    since = trigger.partition("-")[0]
    return (time.monotonic_ns() - int(since)) / 1e9 if since.isdigit() else 0.0
