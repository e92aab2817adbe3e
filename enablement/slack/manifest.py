"""The app as Slack's admins set it up: one manifest, made for this site's address."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.urls import reverse

# What the bot may do, and why.
SCOPES = {
    "commands": "/dosay and the entries in a message’s menu",
    "chat:write": "answers in direct messages and threads",
    "app_mentions:read": "questions to the bot in a channel",
    "im:history": "questions to the bot in a direct message",
    "im:write": "practice, reminders and corrections in a direct message",
    "channels:history": "going on in a thread without naming the bot again",
    "groups:history": "the same in private channels that it was invited to",
    "users:read": "telling members of the workspace from guests, who are answered nothing",
    "users:read.email": "whose account it is, where the address says so (SLACK_MATCHES_EMAIL)",
}
EVENTS = ("app_home_opened", "app_mention", "message.im", "message.channels", "message.groups")
SHORTCUTS = (
    ("check_wording", "Check this wording", "What the guide says about this message"),
    ("sort_statement", "Sort this", "What kind of problem the buyer describes"),
    ("suggest_line", "Suggest a line", "Propose a guide entry from this message"),
)


def address_of(name: str) -> str:
    """Return the full address of a page that Slack calls."""
    return f"{settings.SITE_URL.rstrip('/')}{reverse(name)}"


def manifest() -> dict[str, Any]:
    """Return the manifest: https://docs.slack.dev/reference/app-manifest (version 1)."""
    return {
        "_metadata": {"major_version": 1, "minor_version": 1},
        "display_information": {
            "name": "Dosay",
            "description": "What may be said, and whether a problem is one of knowledge or of behaviour",
        },
        "features": {
            "app_home": {
                "home_tab_enabled": True,
                "messages_tab_enabled": True,
                "messages_tab_read_only_enabled": False,
            },
            "bot_user": {"display_name": "Dosay", "always_online": True},
            "slash_commands": [
                {
                    "command": "/dosay",
                    "url": address_of("slack-commands"),
                    "description": "Ask, sort what a buyer said, check a draft",
                    "usage_hint": "a question | sort … | check … | quiz | help",
                    "should_escape": True,
                }
            ],
            "shortcuts": [
                {"type": "message", "callback_id": name, "name": label, "description": words}
                for name, label, words in SHORTCUTS
            ],
        },
        "oauth_config": {"scopes": {"bot": list(SCOPES)}},
        "settings": {
            "event_subscriptions": {"request_url": address_of("slack-events"), "bot_events": list(EVENTS)},
            "interactivity": {"is_enabled": True, "request_url": address_of("slack-interactions")},
            "org_deploy_enabled": False,
            "socket_mode_enabled": False,
            "token_rotation_enabled": False,
        },
    }
