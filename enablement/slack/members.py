"""What an account is in the workspace, as Slack says at this moment."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from enablement.slack import api
from enablement.slack.client import SlackError
from enablement.slack.limits import MEMBER_TIMEOUT_SECONDS

# What Slack says of accounts that the bot's workspace does not have.
UNKNOWN = frozenset({"user_not_found", "user_not_visible"})
# https://docs.slack.dev/reference/objects/user-object: guests of one or several channels, people of other
# workspaces in a shared channel, programs, and accounts that were switched off.
NOT_FULL = ("is_restricted", "is_ultra_restricted", "is_stranger", "is_bot", "deleted")


@dataclass(frozen=True, slots=True)
class Member:
    """A full member of the workspace, or somebody who is none. `email` only where Slack has confirmed it."""

    is_full: bool
    email: str = ""


def member(slack_team: str, slack_user: str) -> Member:
    """Ask Slack. Within an acknowledgement, so it is given little time. Raises SlackError."""
    try:
        answer = api.read("users.info", timeout=MEMBER_TIMEOUT_SECONDS, user=slack_user)
    except SlackError as error:
        if str(error) in UNKNOWN:
            return Member(is_full=False)
        raise
    user: Mapping[str, Any] = answer.get("user") or {}
    if user.get("team_id") != slack_team or any(user.get(mark) for mark in NOT_FULL):
        return Member(is_full=False)
    email = str((user.get("profile") or {}).get("email") or "")
    return Member(is_full=True, email=email if user.get("is_email_confirmed") is True else "")
