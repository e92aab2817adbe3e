"""Who is not here yet, for admins: invited by a link that works once. No answer with a link is kept."""

from __future__ import annotations

from typing import Any

from django.shortcuts import get_object_or_404
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.decorators import api_view, parser_classes
from rest_framework.request import Request
from rest_framework.response import Response

from enablement.api.content import admin_of
from enablement.api.exchange import InputSerializer, NameField, StringField, read_sent
from enablement.api.parsing import JSONParser
from enablement.api.teams import teams_field, teams_named
from enablement.api.validation import checked
from enablement.models import Invitation, Person, Role
from enablement.sign_on.everybody import others
from enablement.sign_on.invitations import invite, invite_again, mail_if_possible

NAMES = ("username", "first_name", "last_name", "email")


class InviteSerializer(InputSerializer):
    """Who is invited. The link is sent to the address, where there is one and mail is set up."""

    username = StringField(max_length=150)
    first_name = NameField(max_length=150, required=False)
    last_name = NameField(max_length=150, required=False)
    email = StringField(max_length=254, required=False)
    role = serializers.ChoiceField(choices=Role.choices)
    teams = teams_field()


class InvitedSerializer(serializers.Serializer[Any]):
    """A link to come in by. It works once and is not shown again; `mailed` says whether it was sent."""

    username = serializers.CharField(source="person.username")
    link = serializers.CharField()
    expires_at = serializers.DateTimeField()
    mailed = serializers.BooleanField()


@extend_schema(request=InviteSerializer, responses={201: InvitedSerializer})
@api_view(["POST"])
@parser_classes([JSONParser])
def invitations(request: Request) -> Response:
    """Invite somebody. Takes no Idempotency-Key: the link is a secret, and a user name is invited once."""
    admin, sent = admin_of(request), read_sent(InviteSerializer, request.data)
    teams = teams_named(sent.get("teams", []), admin)
    names = {name: sent[name] for name in NAMES if name in sent}
    invited = checked(Person(role=sent["role"], **names), leave_out=("password",))
    return _shown(*invite(invited, teams, admin))


@extend_schema(operation_id="person_invite_again", request=None, responses={201: InvitedSerializer})
@api_view(["POST"])
def person_invite_again(request: Request, username: str) -> Response:
    """A new link for who lost the first, or their password. Takes no Idempotency-Key either."""
    admin = admin_of(request)
    found = get_object_or_404(others(admin), username=username, is_active=True)
    return _shown(*invite_again(found, admin))


def _shown(invitation: Invitation, link: str) -> Response:
    made = {name: getattr(invitation, name) for name in ("person", "expires_at")}
    made |= {"link": link, "mailed": mail_if_possible(invitation, link)}
    return Response(InvitedSerializer(made).data, status=201)
