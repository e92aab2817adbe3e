"""The work behind a command: find the answer and post it. Whatever happens, the person reads how it ended."""

from __future__ import annotations

import logging
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.urls import reverse
from django.utils import timezone

from enablement import outbox
from enablement.chat import turns
from enablement.chat.shape import answer_json
from enablement.deliveries import Line, record_deliveries
from enablement.judges.encoder import EncoderUnavailable
from enablement.judges.heads import NotTrained
from enablement.judges.wording import check_wording
from enablement.judging import FINDING, VERDICT, NoDistinction, finding_lines, judge_statement, verdict_lines
from enablement.models import Person, Surface, Turn, TurnState
from enablement.own_forms import written_for
from enablement.slack import blocks, texts
from enablement.slack.api import has_token
from enablement.slack.client import SlackError
from enablement.slack.commands import Action
from enablement.slack.limits import RESPONSE_LIFETIME
from enablement.slack.posting import Place, send_or_tell
from enablement.texts import BadText

# Names of the outbox's work.
WORK, TELL, SHARE, ASK_REASON = "answer_slack", "tell_slack", "share_slack", "ask_reason_slack"

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Reply:
    """A message, and the released lines in it that are not on record yet."""

    message: blocks.Message
    purpose: str = ""
    lines: Sequence[Line] = ()


class StillWriting(Exception):
    """Somebody else is writing this answer, in a browser say: it is posted when they are done."""


@outbox.handles(WORK)
def answer_slack(
    *,
    person_id: int,
    action: str,
    text: str,
    asked_at: str,
    place: dict[str, str],
    slack_user: str = "",
) -> None:
    """Answer what somebody wrote to the bot and post the answer to its place.

    `text` is the statement or the draft; for a question it is the id of the turn that was stored with the
    acknowledgement, so that doing this again finds the answer and does not ask twice.
    Raises SlackError where posting again later may succeed, and StillWriting: the outbox then tries again.
    """
    where = Place(**place)
    if where.response_url and timezone.now() - datetime.fromisoformat(asked_at) > RESPONSE_LIFETIME:
        if not (slack_user and has_token()):
            log.warning("a Slack answer came too late: its response address has ended")
            return
        where = Place(channel=slack_user)
    # Asked again: minutes may have passed since the command came.
    person = Person.objects.filter(pk=person_id, is_active=True, slack_link__isnull=False).first()
    with written_for(person):
        reply = (
            _reply_for(person, Action(action), text) if person else Reply(blocks.notice(texts.LINKED_AWAY))
        )
    if not _post(where, reply.message, slack_user):
        return
    if person:
        # Only now has anything been given; work that is tried again gives, and notes, it once.
        record_deliveries(person, Surface.SLACK, reply.purpose, reply.lines)


@outbox.handles(TELL)
def tell_slack(*, place: dict[str, str], text: str, slack_user: str = "") -> None:
    """Post a sentence. Raises SlackError where posting again later may succeed."""
    _post(Place(**place), blocks.notice(text), slack_user)


@outbox.handles(SHARE)
def share_answer(*, person_id: int, turn: str, place: dict[str, str]) -> None:
    """Post an answer, which only its asker has seen, for everybody in the channel. Raises SlackError."""
    person = Person.objects.filter(pk=person_id, is_active=True, slack_link__isnull=False).first()
    found = Turn.objects.visible_to(person).filter(pk=turn).first() if person else None
    if person is None or found is None or found.state != TurnState.DONE:
        return
    message = blocks.shared_message(found.question, answer_json(found), person.name)
    _post(Place(**place), message, "")


@outbox.handles(ASK_REASON)
def ask_reason(*, turn: str, place: dict[str, str]) -> None:
    """Ask what is the matter with an answer. Raises SlackError."""
    _post(Place(**place), blocks.reasons_message(turn), "")


def _post(place: Place, message: blocks.Message, slack_user: str) -> bool:
    """Post, and return whether it arrived. Raises SlackError where posting again later may succeed."""
    try:
        send_or_tell(place, message, slack_user)
    except SlackError as error:
        if not error.permanent:
            raise
        log.warning("a Slack answer could not be given: %s", error)
        return False
    return True


def _reply_for(person: Person, action: Action, text: str) -> Reply:
    """The answer, or the reason why there is none, so that every end is seen. Raises StillWriting."""
    try:
        return ANSWERS[action](person, text)
    except (BadText, EncoderUnavailable, NotTrained, NoDistinction) as error:
        return Reply(blocks.notice(str(error)))
    except StillWriting:
        raise
    except Exception:
        log.exception("a Slack command (%s) failed", action)
        return Reply(blocks.notice(texts.FAILED))


def _answer(person: Person, turn_id: str) -> Reply:
    turn = Turn.objects.visible_to(person).select_related("conversation").get(pk=turn_id)
    if turn.state == TurnState.STREAMING:
        for _ in turns.answer(turn):
            pass
        turn.refresh_from_db()
    if turn.state == TurnState.STREAMING:
        raise StillWriting(turn_id)
    if turn.state == TurnState.FAILED:
        return Reply(blocks.notice(turn.note or texts.FAILED))
    page = turn.conversation.get_absolute_url()
    # The lines of an answer are noted with its turn, which is also read on the site.
    return Reply(blocks.answer_message(turn.question, answer_json(turn), page, turn.note, str(turn.pk)))


def _sort(person: Person, statement: str) -> Reply:
    verdict = judge_statement(person, statement)
    page = reverse("distinction-detail", args=[verdict.distinction])
    return Reply(blocks.verdict_message(statement, verdict, page), VERDICT, verdict_lines(verdict))


def _check(person: Person, draft: str) -> Reply:
    findings = check_wording(draft, person)
    message = blocks.findings_message(draft, findings, reverse("check"))
    return Reply(message, FINDING, finding_lines(findings))


ANSWERS: dict[Action, Callable[[Person, str], Reply]] = {
    Action.ASK: _answer,
    Action.SORT: _sort,
    Action.CHECK: _check,
}
