"""Dialogues (Slack calls them modals): opened within three seconds of a press, read once they are sent."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from enablement.slack import api
from enablement.slack.blocks import Block, plain, section
from enablement.slack.limits import (
    MAX_INPUT,
    MAX_INPUT_LABEL,
    MAX_MODAL_TITLE,
    MAX_OPTION,
    MAX_OPTIONS,
    TRIGGER_TIMEOUT_SECONDS,
)
from enablement.slack.markup import escape

# What the element of every field is called.
VALUE = "value"


@dataclass(frozen=True, slots=True)
class Filled:
    """A dialogue that was sent: what stands in its fields, by their names, and what it carried along."""

    name: str
    fields: Mapping[str, str]
    carried: Mapping[str, Any]


def dialogue(
    name: str, title: str, submit: str, blocks: Sequence[Block], carried: Mapping[str, Any]
) -> dict[str, Any]:
    """Return a dialogue. `carried` comes back with what is filled in, up to 3,000 characters of JSON."""
    return {
        "type": "modal",
        "callback_id": name,
        "title": plain(title, MAX_MODAL_TITLE),
        "submit": plain(submit, MAX_MODAL_TITLE),
        "close": plain("Cancel", MAX_MODAL_TITLE),
        "private_metadata": json.dumps(carried),
        "blocks": list(blocks),
    }


def text_field(name: str, label: str, text: str = "") -> Block:
    """A field to write several lines in."""
    element: Block = {"type": "plain_text_input", "action_id": VALUE, "multiline": True}
    element["max_length"] = MAX_INPUT
    if text:
        element["initial_value"] = text[:MAX_INPUT]
    return _field(name, label, element)


def choice_field(name: str, label: str, options: Sequence[tuple[str, str]], *, chosen: bool = False) -> Block:
    """A list to choose one from; `options` are (value, words). `chosen`: the first, already."""
    shown = [{"text": plain(words, MAX_OPTION), "value": value} for value, words in options[:MAX_OPTIONS]]
    element: Block = {"type": "static_select", "action_id": VALUE, "options": shown}
    if chosen and shown:
        element["initial_option"] = shown[0]
    return _field(name, label, element)


def open_dialogue(trigger: str, view: Mapping[str, Any]) -> None:
    """Have Slack show a dialogue. Raises SlackError: the trigger is good for three seconds, and once.

    So it is called as soon as the request has been noted, and not by the worker.
    """
    api.call("views.open", timeout=TRIGGER_TIMEOUT_SECONDS, trigger_id=trigger, view=view)


def done(title: str, text: str) -> dict[str, Any]:
    """Return the answer to a dialogue that was taken: a sentence in its place."""
    shown = {
        "type": "modal",
        "title": plain(title, MAX_MODAL_TITLE),
        "close": plain("Close", MAX_MODAL_TITLE),
        "blocks": [section(escape(text))],
    }
    return {"response_action": "update", "view": shown}


def refused(problems: Mapping[str, str]) -> dict[str, Any]:
    """Return the answer to a dialogue that stays open as it is: what is the matter, by the field."""
    return {"response_action": "errors", "errors": dict(problems)}


def read_filled(view: object) -> Filled:
    """Return what was filled in. What is not as Slack sends it is empty."""
    shown = view if isinstance(view, Mapping) else {}
    state = shown.get("state")
    values = state.get("values") if isinstance(state, Mapping) else None
    fields = {name: _value(field) for name, field in values.items()} if isinstance(values, Mapping) else {}
    return Filled(str(shown.get("callback_id", "")), fields, _carried(shown.get("private_metadata")))


def _value(field: object) -> str:
    element = field.get(VALUE) if isinstance(field, Mapping) else None
    if not isinstance(element, Mapping):
        return ""
    option = element.get("selected_option")
    value = option.get("value") if isinstance(option, Mapping) else element.get("value")
    # PostgreSQL takes no NUL.
    return str(value or "").replace("\0", "")


def _carried(text: object) -> dict[str, Any]:
    try:
        carried = json.loads(str(text))
    except (ValueError, RecursionError):
        return {}
    return carried if isinstance(carried, dict) else {}


def _field(name: str, label: str, element: Block) -> Block:
    return {"type": "input", "block_id": name, "label": plain(label, MAX_INPUT_LABEL), "element": element}
