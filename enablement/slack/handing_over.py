"""“Hand over” in App Home: an editor chooses who answers for a piece; anybody else asks the editors to."""

from __future__ import annotations

from functools import partial
from typing import Any

from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from enablement.models import Person
from enablement.roles import may_edit
from enablement.slack import texts
from enablement.slack.blocks import section
from enablement.slack.client import SlackError
from enablement.slack.dialogues import Filled, choice_field, dialogue, done, open_dialogue, refused
from enablement.slack.extensions import Pressed
from enablement.slack.linking import show_home
from enablement.slack.markup import escape
from enablement.slack.posting import Place
from enablement.slack.taking import tell
from enablement.trust.notices import VERIFY, notify
from enablement.trust.owners import editors, may_verify
from enablement.trust.pieces import UnknownPiece, named, piece_of
from enablement.trust.verifying import assign_owner
from enablement.views.owner_form import OwnerForm, owner_choices

# What the button begins with, and the dialogue's name and field.
PREFIX, CALLBACK, FIELD, TITLE = "handover", "hand_over", "owner", "Hand over"


def press(person: Person, pressed: Pressed, place: Place, key: str) -> str:
    """Open the dialogue for an editor, or ask the editors; return what to say, "" where a dialogue opens."""
    kind, _, slug = pressed.value.partition(":")
    try:
        piece = piece_of(kind, slug)
    except UnknownPiece:
        return texts.PIECE_GONE
    if not may_verify(person, kind, slug):
        return texts.NOT_OWNED
    name = named(piece)
    if not may_edit(person):
        notify(
            editors(),
            VERIFY,
            f"{person.name} asks for another owner of {name}",
            url=reverse("piece-trust", args=[kind, slug]),
            key=f"handover:{kind}:{slug}:{person.pk}:{timezone.now():%Y-%m-%d}",
        )
        return texts.EDITORS_ASKED
    view = hand_over_view(person, pressed.value, name)
    path = reverse("piece-trust", args=[kind, slug])
    transaction.on_commit(partial(_open, pressed.trigger, view, place, path, key))
    return ""


def hand_over_view(person: Person, pair: str, name: str) -> dict[str, Any]:
    """Return the dialogue: the piece, and everybody who may answer for it. `pair` is kind:slug."""
    about = section(f"*{escape(name)}*\nThe new owner is asked whether it is true, and hears of it at once.")
    owners = [
        (value, words if group == "People" else f"{words} (team)")
        for group, members in owner_choices(person)[1:]
        for value, words in members
        if value != f"person:{person.pk}"
    ]
    choice = choice_field(FIELD, "Who answers for it from now on", owners)
    return dialogue(CALLBACK, TITLE, "Hand over", [about, choice], {"piece": pair})


def take_hand_over(person: Person, filled: Filled) -> dict[str, Any]:
    """Make the one who was chosen the owner, and return what the dialogue shows then."""
    kind, _, slug = str(filled.carried.get("piece", "")).partition(":")
    form = OwnerForm({"owner": filled.fields.get(FIELD, "")}, choices=owner_choices(person))
    if not form.is_valid() or not form.cleaned_data["owner"]:
        return refused({FIELD: "Choose somebody from the list."})
    if not (may_edit(person) and may_verify(person, kind, slug)):
        return refused({FIELD: texts.NOT_OWNED})
    try:
        ownership = assign_owner(kind, slug, person, **form.owner_named())
    except UnknownPiece:
        return refused({FIELD: texts.PIECE_GONE})
    account = person.slack_link
    show_home(account.slack_team, account.slack_user, f"handed-over:{ownership.pk}:{timezone.now():%H%M%S%f}")
    return done(TITLE, f"{ownership.person or ownership.team} answers for it now, and hears of it.")


def _open(trigger: str, view: dict[str, Any], place: Place, path: str, key: str) -> None:
    try:
        open_dialogue(trigger, view)
    except SlackError:
        tell(place, f"{texts.HAND_OVER_ON_SITE} {texts.address(path)}", key=key)
