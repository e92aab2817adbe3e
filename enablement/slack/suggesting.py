"""“Suggest a line”: a dialogue over a message, and a proposed guide entry from what was filled in."""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import partial
from typing import Any
from urllib.parse import urlencode, urlsplit

from django.db import transaction

from enablement.models import Lesson, Person
from enablement.slack import api, texts
from enablement.slack.blocks import section
from enablement.slack.client import SlackError
from enablement.slack.limits import (
    MAX_INPUT,
    MAX_MODAL_TITLE,
    MAX_OPTION,
    MAX_OPTIONS,
    TRIGGER_TIMEOUT_SECONDS,
)
from enablement.slack.markup import cut, escape
from enablement.slack.posting import Place
from enablement.slack.taking import tell
from enablement.texts import BadText
from enablement.trust.flags import propose_entry

Payload = Mapping[str, Any]
CALLBACK = "suggest_line"
FIELDS = {"dont_say": "Don’t say", "do_say": "Say instead", "why": "Why it matters"}


def open_suggestion(payload: Payload, person: Person, place: Place, text: str, key: str) -> None:
    """Open the dialogue once the request has been noted; where Slack does not open it, point to the site.

    The trigger is good for three seconds, so it is used at once and not by the worker.
    """
    trigger = str(payload.get("trigger_id", ""))
    view = suggestion_view(person, text, permalink(payload))
    transaction.on_commit(partial(_open, trigger, view, place, text, key))


def suggestion_view(person: Person, text: str, link: str) -> dict[str, Any]:
    """Return the dialogue: the lesson, and the three lines of a guide entry; `text` is what not to say.

    Slack refuses a choice among nothing: where there is no lesson yet, the dialogue is not opened.
    """
    lessons = Lesson.objects.visible_to(person).released().order_by("title")[:MAX_OPTIONS]
    options = [{"text": _plain(lesson.title, MAX_OPTION), "value": lesson.slug} for lesson in lessons]
    choice: dict[str, Any] = {"type": "static_select", "action_id": "value", "options": options}
    if options:
        choice["initial_option"] = options[0]
    lines = [_line(name, label, text if name == "dont_say" else "") for name, label in FIELDS.items()]
    return {
        "type": "modal",
        "callback_id": CALLBACK,
        "title": _plain("Suggest a line", MAX_MODAL_TITLE),
        "submit": _plain("Send to the editors", MAX_MODAL_TITLE),
        "close": _plain("Cancel", MAX_MODAL_TITLE),
        "private_metadata": json.dumps({"link": link}),
        "blocks": [_input("lesson", "Lesson", choice), *lines],
    }


def take_suggestion(payload: Payload, person: Person) -> dict[str, Any]:
    """Propose the entry, and return what the dialogue shows then: thanks, or what is missing by its field."""
    view = payload.get("view")
    values = view.get("state", {}).get("values", {}) if isinstance(view, Mapping) else {}
    lesson = Lesson.objects.visible_to(person).released().filter(slug=_chosen(values)).first()
    lines = {name: _value(values, name) for name in FIELDS}
    missing = {name: "Write something here." for name, line in lines.items() if not line.strip()}
    if lesson is None:
        missing["lesson"] = "Choose a lesson."
    if missing or lesson is None:
        return {"response_action": "errors", "errors": missing}
    try:
        propose_entry(person, lesson, lines, note=_link_of(payload))
    except BadText as error:
        return {"response_action": "errors", "errors": {"dont_say": str(error)}}
    thanks = {
        "type": "modal",
        "title": _plain("Suggest a line", MAX_MODAL_TITLE),
        "close": _plain("Close", MAX_MODAL_TITLE),
        "blocks": [section(escape(texts.SUGGESTED))],
    }
    return {"response_action": "update", "view": thanks}


def permalink(payload: Payload) -> str:
    """Return the address of the message that a shortcut was used on; empty where it cannot be told."""
    domain = str((payload.get("team") or {}).get("domain", ""))
    channel = str((payload.get("channel") or {}).get("id", ""))
    ts = str((payload.get("message") or {}).get("ts", "")).replace(".", "")
    if not (domain.replace("-", "").isalnum() and channel.isalnum() and ts.isdigit()):
        return ""
    return f"https://{domain}.slack.com/archives/{channel}/p{ts}"


def _open(trigger: str, view: dict[str, Any], place: Place, text: str, key: str) -> None:
    try:
        api.call("views.open", timeout=TRIGGER_TIMEOUT_SECONDS, trigger_id=trigger, view=view)
    except SlackError:
        form = f"{texts.site_address('flag-propose')}?{urlencode({'dont_say': text[:MAX_INPUT]})}"
        tell(place, f"{texts.SUGGEST_ON_SITE} {form}", key=key)


def _chosen(values: Mapping[str, Any]) -> str:
    option = values.get("lesson", {}).get("value", {}).get("selected_option") or {}
    return str(option.get("value", ""))


def _value(values: Mapping[str, Any], name: str) -> str:
    return str(values.get(name, {}).get("value", {}).get("value") or "").replace("\0", "")


def _link_of(payload: Payload) -> str:
    try:
        link = str(json.loads(payload["view"]["private_metadata"])["link"])
    except (KeyError, TypeError, ValueError):
        return ""
    is_slack = (urlsplit(link).hostname or "").endswith(".slack.com")
    return f"Suggested in Slack: {link}" if is_slack else ""


def _line(name: str, label: str, text: str) -> dict[str, Any]:
    field: dict[str, Any] = {"type": "plain_text_input", "action_id": "value", "multiline": True}
    field["max_length"] = MAX_INPUT
    if text:
        field["initial_value"] = text[:MAX_INPUT]
    return _input(name, label, field)


def _input(name: str, label: str, element: dict[str, Any]) -> dict[str, Any]:
    return {"type": "input", "block_id": name, "label": _plain(label, MAX_OPTION), "element": element}


def _plain(text: str, limit: int) -> dict[str, Any]:
    return {"type": "plain_text", "text": cut(text, limit), "emoji": False}
