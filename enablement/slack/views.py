"""Where Slack's requests come in: signature first, then once only, then who it is, then work for later."""

from __future__ import annotations

import re
import time
from collections.abc import Callable
from functools import wraps

from django.conf import settings
from django.db import transaction
from django.http import HttpRequest, HttpResponse, JsonResponse, QueryDict
from django.utils import timezone
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from enablement.chat import turns
from enablement.models import Person, SlackRequest, Surface
from enablement.outbox import add_work
from enablement.slack import blocks, texts
from enablement.slack.answering import ANSWERS, WORK
from enablement.slack.client import is_response_url
from enablement.slack.commands import Action, Command, parse_command
from enablement.slack.linking import CannotLink, link_account, linked_person, unlink_account
from enablement.slack.signature import is_signed
from enablement.texts import MAX_DRAFT, MAX_STATEMENT, BadText, clean_text

SIGNATURE_HEADER = "X-Slack-Signature"
TIMESTAMP_HEADER = "X-Slack-Request-Timestamp"
_ID = re.compile(r"[A-Za-z0-9]{1,40}")

JUDGED = {Action.SORT: ("statement", MAX_STATEMENT), Action.CHECK: ("draft", MAX_DRAFT)}

View = Callable[[HttpRequest], HttpResponse]


def from_slack(view: View) -> View:
    """Let only requests through that Slack signed within five minutes, each of them once.

    The row that remembers a request is written with the view's own writes: if the view fails, Slack's next
    try counts as the first.
    """

    @csrf_exempt
    @require_POST
    @wraps(view)
    def checked(request: HttpRequest) -> HttpResponse:
        if not settings.SLACK_SIGNING_SECRET:
            return _refusal(503, "Slack is not set up here: SLACK_SIGNING_SECRET is missing.")
        signature = request.headers.get(SIGNATURE_HEADER, "")
        timestamp = request.headers.get(TIMESTAMP_HEADER, "")
        if not is_signed(
            settings.SLACK_SIGNING_SECRET,
            request.body,
            timestamp=timestamp,
            signature=signature,
            now=time.time(),
        ):
            return _refusal(401, "This request does not carry a valid signature of Slack’s.")
        with transaction.atomic():
            _, is_new = SlackRequest.objects.get_or_create(key=signature)
            return view(request) if is_new else _refusal(409, "This request was taken on before.")

    return checked


@from_slack
def commands(request: HttpRequest) -> HttpResponse:
    """`/dosay …`: acknowledge at once, answer by and by."""
    form = QueryDict(request.body, encoding="utf-8")
    slack_team, slack_user = form.get("team_id", ""), form.get("user_id", "")
    response_url = form.get("response_url", "")
    if not (_ID.fullmatch(slack_team) and _ID.fullmatch(slack_user) and is_response_url(response_url)):
        return _refusal(400, "This is not a command as Slack sends it.")
    # PostgreSQL takes no NUL.
    command = parse_command(form.get("text", "").replace("\0", ""))
    if command.action == Action.LINK:
        return _reply(_link(command, slack_team, slack_user))
    person = linked_person(slack_team, slack_user)
    if person is None:
        return _reply(texts.how_to_link())
    if command.action == Action.UNLINK:
        return _reply(texts.UNLINKED if unlink_account(person) else texts.WAS_NOT_LINKED)
    if command.action not in ANSWERS:
        return _reply(texts.HELP if command.action == Action.HELP else texts.quiz_place())
    if not command.text:
        return _reply(texts.text_missing(command.action))
    try:
        text = _stored(person, command)
    except BadText as error:
        return _reply(str(error))
    add_work(
        WORK,
        key=f"slack:{request.headers[SIGNATURE_HEADER]}",
        person_id=person.pk,
        action=command.action,
        text=text,
        response_url=response_url,
        asked_at=timezone.now().isoformat(),
    )
    return _reply(texts.LOOKING[command.action])


def _stored(person: Person, command: Command) -> str:
    """What the work gets: the id of a question's turn, stored now, or the text to judge. Raises BadText."""
    if command.action == Action.ASK:
        return str(turns.ask(person, command.text, Surface.SLACK).pk)
    what, limit = JUDGED[command.action]
    return clean_text(command.text, what=what, limit=limit)


def _link(command: Command, slack_team: str, slack_user: str) -> str:
    if not command.text:
        return texts.how_to_link()
    try:
        return texts.linked(link_account(command.text, slack_team, slack_user).name)
    except CannotLink as error:
        return str(error)


def _reply(text: str) -> JsonResponse:
    return JsonResponse(blocks.notice(text))


def _refusal(status: int, text: str) -> HttpResponse:
    return HttpResponse(text, status=status, content_type="text/plain; charset=utf-8")
