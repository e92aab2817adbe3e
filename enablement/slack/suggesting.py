"""“Suggest a line”: a dialogue over a message, and a proposed guide entry from what was filled in."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from typing import Any
from urllib.parse import urlencode, urlsplit

from django.db import transaction

from enablement.models import Lesson, Person
from enablement.slack import texts
from enablement.slack.client import SlackError
from enablement.slack.dialogues import (
    Filled,
    choice_field,
    dialogue,
    done,
    open_dialogue,
    refused,
    text_field,
)
from enablement.slack.limits import MAX_INPUT, MAX_OPTIONS
from enablement.slack.posting import Place
from enablement.slack.taking import tell
from enablement.texts import BadText
from enablement.trust.flags import propose_entry

Payload = Mapping[str, Any]
CALLBACK, TITLE = "suggest_line", "Suggest a line"
FIELDS = {"dont_say": "Don’t say", "do_say": "Say instead", "why": "Why it matters"}


def open_suggestion(payload: Payload, person: Person, place: Place, text: str, key: str) -> None:
    """Open the dialogue once the request has been noted; where Slack does not open it, point to the site."""
    trigger = str(payload.get("trigger_id", ""))
    view = suggestion_view(person, text, permalink(payload))
    transaction.on_commit(partial(_open, trigger, view, place, text, key))


def suggestion_view(person: Person, text: str, link: str) -> dict[str, Any]:
    """Return the dialogue: the lesson, and the three lines of a guide entry; `text` is what not to say.

    Slack refuses a choice among nothing: where there is no lesson yet, the dialogue is not opened.
    """
    lessons = Lesson.objects.visible_to(person).released().order_by("title")[:MAX_OPTIONS]
    choice = choice_field("lesson", "Lesson", [(one.slug, one.title) for one in lessons], chosen=True)
    lines = [text_field(name, label, text if name == "dont_say" else "") for name, label in FIELDS.items()]
    return dialogue(CALLBACK, TITLE, "Send to the editors", [choice, *lines], {"link": link})


def take_suggestion(person: Person, filled: Filled) -> dict[str, Any]:
    """Propose the entry, and return what the dialogue shows then: thanks, or what is missing by its field."""
    chosen = filled.fields.get("lesson", "")
    lesson = Lesson.objects.visible_to(person).released().filter(slug=chosen).first()
    lines = {name: filled.fields.get(name, "") for name in FIELDS}
    missing = {name: "Write something here." for name, line in lines.items() if not line.strip()}
    if lesson is None:
        missing["lesson"] = "Choose a lesson."
    if missing or lesson is None:
        return refused(missing)
    try:
        propose_entry(person, lesson, lines, note=_link_of(filled))
    except BadText as error:
        return refused({"dont_say": str(error)})
    return done(TITLE, texts.SUGGESTED)


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
        open_dialogue(trigger, view)
    except SlackError:
        form = f"{texts.site_address('flag-propose')}?{urlencode({'dont_say': text[:MAX_INPUT]})}"
        tell(place, f"{texts.SUGGEST_ON_SITE} {form}", key=key)


def _link_of(filled: Filled) -> str:
    link = str(filled.carried.get("link", ""))
    try:
        is_slack = (urlsplit(link).hostname or "").endswith(".slack.com")
    except ValueError:
        return ""
    return f"Suggested in Slack: {link}" if is_slack else ""
