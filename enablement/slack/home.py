"""App Home: what is due, what waits for somebody's word, and how the bot behaves, always as it is now."""

from __future__ import annotations

import logging
from typing import Any

from django.urls import reverse

from enablement import outbox
from enablement.models import Person
from enablement.numbers import number
from enablement.own_forms import day, written_for
from enablement.roles import may_edit
from enablement.slack import api, extensions, texts
from enablement.slack.blocks import Block, actions, button, heading, link_button, section
from enablement.slack.client import SlackError
from enablement.slack.handing_over import PREFIX as HAND_OVER
from enablement.slack.limits import MAX_HOME_PIECES, MAX_VIEW_BLOCKS
from enablement.slack.linking import HOME_WORK
from enablement.slack.markup import escape, link
from enablement.slack.posting import Place
from enablement.slack.recognising import recognise
from enablement.trust.pieces import UnknownPiece, title_of
from enablement.trust.queue import queue_of
from enablement.trust.verifying import MayNotVerify, verify

log = logging.getLogger(__name__)

# What the buttons of a piece begin with.
PREFIX = "verify"


@outbox.handles(HOME_WORK)
def publish_home(*, slack_team: str, slack_user: str, said: str = "") -> None:
    """Publish the home of a Slack account: its person's, or how to link it. `said` stands on top.

    Raises SlackError.
    """
    if not api.has_token():
        return
    who = recognise(slack_team, slack_user)
    with written_for(who.person):
        view = home_view(who.person, said if who.person else who.said)
    try:
        api.call("views.publish", user_id=slack_user, view=view)
    except SlackError as error:
        if not error.permanent:
            raise
        log.warning("a home in Slack could not be shown: %s", error)


def home_view(person: Person | None, said: str = "") -> dict[str, Any]:
    """Return the home. Who is nobody here, or not active any more, is shown why and nothing else."""
    if person is None:
        return _view([section(escape(said))])
    made = [block for make in extensions.home_sections() for block in make(person)]
    above = [section(escape(said))] if said else []
    return _view([*above, *made, *_to_verify(person), *_settings(person)])


def press(person: Person, pressed: extensions.Pressed, place: Place, key: str) -> str:
    """“Still true” under a piece: verify it, and return what to say."""
    kind, _, slug = pressed.value.partition(":")
    try:
        verified = verify(kind, slug, person)
    except MayNotVerify as error:
        return str(error)
    except UnknownPiece:
        return texts.PIECE_GONE
    return f"Verified until {day(verified.until)}."


def _view(blocks: list[Block]) -> dict[str, Any]:
    return {"type": "home", "blocks": blocks[:MAX_VIEW_BLOCKS]}


def _to_verify(person: Person) -> list[Block]:
    """What the person answers for and nobody vouches for any more, with a word for each to have it done."""
    waiting = queue_of(person)
    if not waiting:
        return []
    blocks = [heading(f"Waits for your word ({number(len(waiting))})")]
    for row in waiting[:MAX_HOME_PIECES]:
        piece = row.piece
        state = f"{row.trust.state.label}. " if row.trust.state else ""
        name = link(piece.get_absolute_url(), title_of(piece))
        buttons = [
            button("Still true", f"{PREFIX}:{row.pair}", row.pair),
            link_button("Edit", f"edit:{row.pair}", reverse("piece-edit", args=[piece.kind, piece.slug])),
            button("Hand over", f"{HAND_OVER}:{row.pair}", row.pair),
        ]
        # Only editors have the page of the middle one.
        blocks += [section(f"{state}{name}"), actions(buttons if may_edit(person) else buttons[::2])]
    if len(waiting) > MAX_HOME_PIECES:
        blocks.append(section(link(reverse("verify-queue"), f"All {number(len(waiting))}")))
    return blocks


def _settings(person: Person) -> list[Block]:
    how = link(f"{reverse('account')}#mail", "How often the bot writes, and which way")
    lines = [f"You are {escape(person.name)} here.", how, escape(texts.HELP_SHORT)]
    return [heading("Settings"), section("\n".join(lines))]
