"""What a person asked of the bot, wherever they wrote it: answered at once, or stored as work for later."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.utils import timezone

from enablement.chat import turns
from enablement.models import Conversation, Person, Surface, Turn
from enablement.outbox import add_work
from enablement.own_forms import written_for
from enablement.slack import extensions, texts
from enablement.slack.answering import ANSWERS, TELL, WORK
from enablement.slack.commands import Action, Command, nearest_name
from enablement.slack.linking import CannotLink, link_account, unlink_account
from enablement.slack.posting import Place
from enablement.slack.recognising import Recognised, check_member, recognise
from enablement.texts import MAX_DRAFT, MAX_STATEMENT, BadText, clean_text

JUDGED = {Action.SORT: ("statement", MAX_STATEMENT), Action.CHECK: ("draft", MAX_DRAFT)}


@dataclass(frozen=True)
class Sender:
    """A Slack account that wrote something. `is_foreign`: of another workspace, in a channel of both."""

    slack_team: str
    slack_user: str
    is_foreign: bool = False

    @cached_property
    def recognised(self) -> Recognised:
        """Who it is; looked at once in a request."""
        if self.is_foreign:
            return Recognised(None, texts.NOT_A_MEMBER)
        return recognise(self.slack_team, self.slack_user)

    @property
    def person(self) -> Person | None:
        return self.recognised.person


@dataclass(frozen=True, slots=True)
class Taken:
    """What to say at once. With `is_working`, the answer follows; `turn` is the question that was stored."""

    text: str
    is_working: bool = False
    turn: Turn | None = None


def take(
    sender: Sender, command: Command, place: Place, *, key: str, conversation: Conversation | None = None
) -> Taken:
    """Do what `command` asks for, or store it as work whose answer goes to `place`.

    `key` names the request, so that the same request again has no second answer. `conversation`: what a
    question goes on with.
    """
    if command.action == Action.LINK and not sender.is_foreign:
        return Taken(_link(command, sender))
    person = sender.person
    if person is None:
        return Taken(sender.recognised.said)
    if command.action == Action.UNLINK:
        return Taken(texts.UNLINKED if unlink_account(person) else texts.WAS_NOT_LINKED)
    if command.action == Action.QUIZ:
        return Taken(extensions.quiz()(person, place, key, sender.slack_user), is_working=True)
    if command.action == Action.MISTYPED:
        return Taken(texts.meant(command.text, nearest_name(command.text)))
    if command.action not in ANSWERS:
        return Taken(texts.HELP)
    if not command.text:
        return Taken(texts.text_missing(command.action))
    try:
        with written_for(person):
            turn, text = _stored(person, command, conversation)
    except BadText as error:
        return Taken(str(error))
    add_work(
        WORK,
        key=f"slack:{key}",
        person_id=person.pk,
        action=command.action,
        text=text,
        asked_at=timezone.now().isoformat(),
        slack_user=sender.slack_user,
        place=place.as_json(),
    )
    return Taken(texts.LOOKING[command.action], is_working=True, turn=turn)


def tell(place: Place, text: str, *, key: str, slack_user: str = "") -> None:
    """Store the work of posting a sentence."""
    arguments: dict[str, Any] = {"place": place.as_json(), "text": text, "slack_user": slack_user}
    add_work(TELL, key=f"slack-tell:{key}", **arguments)


def _stored(person: Person, command: Command, conversation: Conversation | None) -> tuple[Turn | None, str]:
    """What the work gets: the id of a question's turn, stored now, or the text to judge. Raises BadText."""
    if command.action == Action.ASK:
        turn = turns.ask(person, command.text, Surface.SLACK, conversation)
        return turn, str(turn.pk)
    what, limit = JUDGED[command.action]
    return None, clean_text(command.text, what=what, limit=limit)


def _link(command: Command, sender: Sender) -> str:
    if not command.text:
        return texts.how_to_link()
    if refused := check_member(sender.slack_team, sender.slack_user):
        return refused
    try:
        return texts.linked(link_account(command.text, sender.slack_team, sender.slack_user).name)
    except CannotLink as error:
        return str(error)
