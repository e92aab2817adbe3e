"""Slack's web API as far as the bot calls it, as strict as the real one: token, scopes, blocks, limits."""

from __future__ import annotations

import json
import time
from collections import defaultdict
from typing import Any

from tests.slack.slack_server import problems_of_blocks

TOKEN = "xoxb-0000000000-abcdefghijkl"
SCOPE_OF = {
    "auth.test": None,
    "chat.postMessage": "chat:write",
    "chat.postEphemeral": "chat:write",
    "views.open": None,
    "views.publish": None,
}
RESPONSE_ONLY = {"response_type", "replace_original", "delete_original"}


class WebApi:
    """Answers `method`s. `failing[method]` are errors to give first; `archived` are channels that are."""

    def __init__(self) -> None:
        self.scopes = ["commands", "chat:write", "app_mentions:read", "im:history", "im:write"]
        self.scopes += ["channels:history", "groups:history"]
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
        given = json.loads(body or b"{}")
        if error := getattr(self, f"_{method.replace('.', '_')}")(given):
            return 200, more, {"ok": False, "error": error}
        self.calls[method].append(given)
        return 200, more, {"ok": True, "user": "dosay", "team": "Example", "ts": "1.1"}

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
        view = given.get("view", {})
        if not given.get("trigger_id"):
            return "invalid_trigger"
        if given["trigger_id"] == "expired":
            return "expired_trigger_id"
        if view.get("type") != "modal" or len(view["title"]["text"]) > 24 or len(view["submit"]["text"]) > 24:
            return "invalid_arguments"
        names = [block.get("block_id") for block in view["blocks"]]
        if len(set(names)) != len(names):
            return "invalid_arguments"
        for block in view["blocks"]:
            element = block["element"]
            if element["type"] == "static_select" and not 0 < len(element["options"]) <= 100:
                return "invalid_arguments"
            if len(element.get("initial_value", "")) > element.get("max_length", 3000):
                return "invalid_arguments"
        return ""
