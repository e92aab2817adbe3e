"""`/dosay …`: acknowledged at once, answered by and by."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, JsonResponse, QueryDict

from enablement.slack import blocks
from enablement.slack.client import is_response_url
from enablement.slack.commands import parse_command
from enablement.slack.door import SIGNATURE_HEADER, are_ids, from_slack, refusal
from enablement.slack.posting import Place
from enablement.slack.taking import Sender, take


@from_slack
def commands(request: HttpRequest) -> HttpResponse:
    """`/dosay …`"""
    form = QueryDict(request.body, encoding="utf-8")
    sender = Sender(form.get("team_id", ""), form.get("user_id", ""))
    place = Place(response_url=form.get("response_url", ""))
    if not (are_ids(sender.slack_team, sender.slack_user) and is_response_url(place.response_url)):
        return refusal(400, "This is not a command as Slack sends it.")
    # PostgreSQL takes no NUL.
    command = parse_command(form.get("text", "").replace("\0", ""))
    taken = take(sender, command, place, key=request.headers[SIGNATURE_HEADER])
    return JsonResponse(blocks.notice(taken.text))
