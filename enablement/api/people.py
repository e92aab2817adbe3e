"""People, for admins: who there is, given a role and teams, kept out and let in again."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Final

from django.db import transaction
from django.db.models import Q, QuerySet
from django.shortcuts import get_object_or_404
from drf_spectacular.utils import OpenApiParameter, OpenApiResponse, extend_schema
from rest_framework import serializers
from rest_framework.decorators import api_view, parser_classes
from rest_framework.request import Request
from rest_framework.response import Response

from enablement.api.content import admin_of
from enablement.api.errors import Conflict
from enablement.api.exchange import InputSerializer, SentSlugField, StringField, read_sent
from enablement.api.idempotency import PARAMETER, idempotent
from enablement.api.paging import PARAMETERS, page_of, paged, read_filters
from enablement.api.parsing import JSONParser
from enablement.api.teams import teams_field, teams_named
from enablement.models import Person, Role, Team
from enablement.sign_on import invitations
from enablement.sign_on.everybody import everybody, others
from enablement.sign_on.second_step import reset_second_step
from enablement.sign_on.standing import CannotDeactivate, deactivate_person, reactivate_person
from enablement.teams import CannotChange, change_role, set_teams

# What an admin does with somebody else's account, by the last word of the address.
VERBS: Final[Mapping[str, Callable[[Person, Person], object]]] = {
    "deactivate": deactivate_person,
    "reactivate": reactivate_person,
    "revoke-invitation": invitations.revoke_invitations,
    "reset-second-step": reset_second_step,
}
REFUSED = OpenApiResponse(description="It is your own account, or the last admin’s.")


class ChangePersonSerializer(InputSerializer):
    """What is to be different: the role, or all the teams somebody is in, by their slugs."""

    role = serializers.ChoiceField(choices=Role.choices, required=False)
    teams = teams_field()


class PersonFilterSerializer(InputSerializer):
    """A part of a name or an address; a role; a team’s slug; whether they may come in."""

    q = StringField(max_length=100, required=False)
    role = serializers.ChoiceField(choices=Role.choices, required=False)
    team = SentSlugField(max_length=80, required=False)
    active = serializers.BooleanField(required=False)


class PersonRowSerializer(serializers.ModelSerializer[Person]):
    """Somebody, with how they come in."""

    name = serializers.CharField(read_only=True)
    role = serializers.CharField(help_text="rep, manager, editor or admin")
    teams = serializers.SlugRelatedField[Team](slug_field="slug", many=True, read_only=True)
    managed_teams = serializers.SlugRelatedField[Team](slug_field="slug", many=True, read_only=True)
    is_invited = serializers.BooleanField(help_text="An invitation is open.")
    has_second_step = serializers.BooleanField(source="has_step")
    has_identity = serializers.BooleanField(help_text="Comes in by the identity provider.")

    class Meta:
        model = Person
        fields = [
            *("username", "name", "email", "role", "is_active", "teams", "managed_teams"),
            *("is_invited", "has_second_step", "has_identity", "last_login"),
        ]


@extend_schema(
    operation_id="people_list",
    parameters=[*PARAMETERS, PersonFilterSerializer],
    responses=page_of("PersonPage", PersonRowSerializer(many=True)),
)
@api_view(["GET"])
def people(request: Request) -> Response:
    """Everybody, who may come in first."""
    admin = admin_of(request)
    found = _narrowed(everybody(admin), read_filters(request, PersonFilterSerializer))
    return paged(request, found, PersonRowSerializer)


@extend_schema(methods=["GET"], operation_id="person_retrieve", responses=PersonRowSerializer)
@extend_schema(
    methods=["POST"],
    operation_id="person_change",
    parameters=[PARAMETER],
    request=ChangePersonSerializer,
    responses={200: PersonRowSerializer, 409: REFUSED},
)
@api_view(["GET", "POST"])
@parser_classes([JSONParser])
@idempotent
def person(request: Request, username: str) -> Response:
    """Somebody; by POST with another role or in other teams. It holds from their next request on."""
    admin = admin_of(request)
    known = everybody(admin).filter(erased_at=None)
    found = get_object_or_404(known, username=username)
    if request.method == "POST":
        _change(found, read_sent(ChangePersonSerializer, request.data), admin)
    return _shown(found, admin)


@extend_schema(
    operation_id="person_act",
    parameters=[PARAMETER, OpenApiParameter("verb", str, OpenApiParameter.PATH, enum=list(VERBS))],
    request=None,
    responses={200: PersonRowSerializer, 409: REFUSED},
)
@api_view(["POST"])
@idempotent
def person_act(request: Request, username: str, verb: str) -> Response:
    """Deactivate somebody, who is signed out everywhere; let them in again; end what they come in by."""
    admin = admin_of(request)
    found = get_object_or_404(others(admin), username=username)
    try:
        VERBS[verb](found, admin)
    except CannotDeactivate as problem:
        raise Conflict(str(problem)) from None
    return _shown(found, admin)


@transaction.atomic
def _change(found: Person, sent: dict[str, Any], admin: Person) -> None:
    if "teams" in sent:
        set_teams(found, teams_named(sent["teams"], admin), admin)
    if "role" in sent:
        try:
            change_role(found, Role(sent["role"]), admin)
        except CannotChange as problem:
            raise Conflict(str(problem)) from None


def _narrowed(found: QuerySet[Person], sent: dict[str, Any]) -> QuerySet[Person]:
    fields = {"role": "role", "team": "memberships__team__slug", "active": "is_active"}
    found = found.filter(**{field: sent[name] for name, field in fields.items() if name in sent})
    for word in sent.get("q", "").split():
        names = Q(username__icontains=word) | Q(email__icontains=word)
        found = found.filter(names | Q(first_name__icontains=word) | Q(last_name__icontains=word))
    return found


def _shown(found: Person, admin: Person) -> Response:
    return Response(PersonRowSerializer(everybody(admin).get(pk=found.pk)).data)
