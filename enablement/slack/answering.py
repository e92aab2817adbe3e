"""The work behind a command: find the answer and post it. Whatever happens, the person reads how it ended."""

from __future__ import annotations

import logging
from collections.abc import Callable
from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils import timezone

from enablement import outbox
from enablement.chat import turns
from enablement.chat.shape import answer_json
from enablement.judges.encoder import EncoderUnavailable
from enablement.judges.heads import NotTrained
from enablement.judging import NoDistinction, check_for, sort_for
from enablement.models import Person, Surface, Turn, TurnState
from enablement.slack import blocks, texts
from enablement.slack.client import SlackError, respond
from enablement.slack.commands import Action
from enablement.slack.limits import RESPONSE_LIFETIME
from enablement.texts import BadText

WORK = "answer_slack"

log = logging.getLogger(__name__)


class StillWriting(Exception):
    """Somebody else is writing this answer, in a browser say: it is posted when they are done."""


@outbox.handles(WORK)
def answer_slack(*, person_id: int, action: str, text: str, response_url: str, asked_at: str) -> None:
    """Answer a command and post the answer to its response address.

    `text` is the statement or the draft; for a question it is the id of the turn that was stored with the
    acknowledgement, so that doing this again finds the answer and does not ask twice.
    Raises SlackError where posting again later may succeed, and StillWriting: the outbox then tries again.
    """
    if timezone.now() - datetime.fromisoformat(asked_at) > RESPONSE_LIFETIME:
        log.warning("a Slack answer came too late: its response address has ended")
        return
    message = _message_for(person_id, Action(action), text)
    try:
        respond(response_url, message)
    except SlackError as error:
        if not error.permanent:
            raise
        log.warning("a Slack answer could not be given: %s", error)


def _message_for(person_id: int, action: Action, text: str) -> blocks.Message:
    """The answer, or the reason why there is none, so that every end is seen. Raises StillWriting."""
    # Asked again: minutes may have passed since the command came.
    person = Person.objects.filter(pk=person_id, is_active=True, slack_link__isnull=False).first()
    if person is None:
        return blocks.notice(texts.LINKED_AWAY)
    try:
        return ANSWERS[action](person, text)
    except (BadText, EncoderUnavailable, NotTrained, NoDistinction) as error:
        return blocks.notice(str(error))
    except StillWriting:
        raise
    except Exception:
        log.exception("a Slack command (%s) failed", action)
        return blocks.notice(texts.FAILED)


def _answer(person: Person, turn_id: str) -> blocks.Message:
    turn = Turn.objects.visible_to(person).select_related("conversation").get(pk=turn_id)
    if turn.state == TurnState.STREAMING:
        for _ in turns.answer(turn):
            pass
        turn.refresh_from_db()
    if turn.state == TurnState.STREAMING:
        raise StillWriting(turn_id)
    if turn.state == TurnState.FAILED:
        return blocks.notice(turn.note or texts.FAILED)
    answer = answer_json(turn)
    return blocks.answer_message(turn.question, answer, turn.conversation.get_absolute_url(), turn.note)


def _sort(person: Person, statement: str) -> blocks.Message:
    verdict = sort_for(person, Surface.SLACK, statement)
    page = reverse("distinction-detail", args=[verdict.distinction])
    return blocks.verdict_message(statement, verdict, page)


def _check(person: Person, draft: str) -> blocks.Message:
    return blocks.findings_message(draft, check_for(person, Surface.SLACK, draft), reverse("check"))


ANSWERS: dict[Action, Callable[[Person, str], dict[str, Any]]] = {
    Action.ASK: _answer,
    Action.SORT: _sort,
    Action.CHECK: _check,
}
