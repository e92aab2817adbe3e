"""Teams: who is in them and who manages them. Managers read their own; admins make and change them."""

from __future__ import annotations

from collections.abc import Collection
from copy import copy
from typing import Any

from django.db import transaction
from django.db.models import Prefetch, Q, QuerySet
from django.shortcuts import get_object_or_404
from drf_spectacular.utils import OpenApiResponse, extend_schema
from rest_framework import serializers
from rest_framework.decorators import api_view, parser_classes
from rest_framework.exceptions import ValidationError
from rest_framework.request import Request
from rest_framework.response import Response

from enablement import teams as verbs
from enablement.api.content import admin_of, manager_of
from enablement.api.errors import Conflict
from enablement.api.exchange import InputSerializer, NameField, SentSlugField, StringField, read_sent
from enablement.api.idempotency import PARAMETER, idempotent
from enablement.api.paging import PARAMETERS, page_of, paged
from enablement.api.parsing import JSONParser
from enablement.api.validation import checked
from enablement.models import Membership, Person, Team

REFUSED = OpenApiResponse(description="Somebody named is no manager.")
MOST_NAMED = 200


def teams_field() -> serializers.ListField:
    """Slugs of teams."""
    return serializers.ListField(child=SentSlugField(max_length=80), max_length=MOST_NAMED, required=False)


class MakeTeamSerializer(InputSerializer):
    """A new team. Its short name (`slug`) stays."""

    slug = SentSlugField(max_length=80)
    name = NameField(max_length=120)


class ChangeTeamSerializer(InputSerializer):
    """What is to be different: the name, who manages it (user names), whether it uses a language model."""

    name = NameField(max_length=120, required=False)
    managers = serializers.ListField(child=StringField(max_length=150), max_length=MOST_NAMED, required=False)
    may_ask_model = serializers.BooleanField(required=False)


class TeamMemberSerializer(serializers.ModelSerializer[Membership]):
    """Somebody in a team, since when."""

    username = serializers.CharField(source="person.username")
    name = serializers.CharField(source="person.name")
    role = serializers.CharField(source="person.role", help_text="rep, manager, editor or admin")

    class Meta:
        model = Membership
        fields = ["username", "name", "role", "since"]


class TeamRowSerializer(serializers.ModelSerializer[Team]):
    """A team with its managers, by user name."""

    managers = serializers.SlugRelatedField[Person](slug_field="username", many=True, read_only=True)

    class Meta:
        model = Team
        fields = ["slug", "name", "may_ask_model", "managers"]


class WholeTeamSerializer(TeamRowSerializer):
    """A team with who is in it; who has left is not named."""

    members = TeamMemberSerializer(source="memberships", many=True)

    class Meta(TeamRowSerializer.Meta):
        fields = [*TeamRowSerializer.Meta.fields, "members"]


@extend_schema(
    methods=["GET"],
    operation_id="teams_list",
    parameters=PARAMETERS,
    responses=page_of("TeamPage", TeamRowSerializer(many=True)),
)
@extend_schema(
    methods=["POST"],
    parameters=[PARAMETER],
    request=MakeTeamSerializer,
    responses={201: WholeTeamSerializer},
)
@api_view(["GET", "POST"])
@parser_classes([JSONParser])
@idempotent
def teams(request: Request) -> Response:
    """The teams that you manage (all of them, for an admin); an admin makes one by POST."""
    if request.method == "POST":
        actor = admin_of(request)
        made = checked(Team(**read_sent(MakeTeamSerializer, request.data)))
        verbs.make_team(made, actor)
        return _shown(made, status=201)
    return paged(request, _teams(manager_of(request)), TeamRowSerializer)


@extend_schema(methods=["GET"], operation_id="team_retrieve", responses=WholeTeamSerializer)
@extend_schema(
    methods=["POST"],
    operation_id="team_change",
    parameters=[PARAMETER],
    request=ChangeTeamSerializer,
    responses={200: WholeTeamSerializer, 409: REFUSED},
)
@api_view(["GET", "POST"])
@parser_classes([JSONParser])
@idempotent
def team(request: Request, slug: str) -> Response:
    """A team that you manage, with who is in it; an admin changes it by POST."""
    if request.method == "POST":
        actor = admin_of(request)
        found = get_object_or_404(_teams(actor), slug=slug)
        _change(found, read_sent(ChangeTeamSerializer, request.data), actor)
        return _shown(found)
    return _shown(get_object_or_404(_teams(manager_of(request)), slug=slug))


@transaction.atomic
def _change(found: Team, sent: dict[str, Any], actor: Person) -> None:
    try:
        if "managers" in sent:
            verbs.set_managers(found, people_named(sent["managers"], actor, found), actor)
    except verbs.CannotChange as problem:
        raise Conflict(str(problem)) from None
    if "name" in sent:
        renamed = copy(found)
        renamed.name = sent["name"]
        checked(renamed)
        verbs.rename_team(found, sent["name"], actor)
    if "may_ask_model" in sent:
        verbs.switch_model(found, sent["may_ask_model"], actor)


def people_named(usernames: Collection[str], reader: Person, team: Team) -> list[Person]:
    """Return the people by these user names, active or managing `team`. Raises ValidationError for others."""
    may = Q(is_active=True) | Q(managed_teams=team)
    known = {
        one.username: one
        for one in Person.objects.visible_to(reader).filter(may, username__in=usernames).distinct()
    }
    if unknown := sorted(set(usernames) - known.keys()):
        raise ValidationError({"managers": [f"There is nobody here by the user name {unknown[0]}."]})
    return list(known.values())


def teams_named(slugs: Collection[str], admin: Person) -> list[Team]:
    """Return the teams by these slugs. Raises ValidationError where there is none."""
    known = {team.slug: team for team in Team.objects.visible_to(admin).filter(slug__in=slugs)}
    if unknown := sorted(set(slugs) - known.keys()):
        raise ValidationError({"teams": [f"There is no team {unknown[0]}."]})
    return list(known.values())


def _teams(reader: Person) -> QuerySet[Team]:
    return Team.objects.managed_by(reader).prefetch_related("managers").order_by("name")


def _shown(found: Team, status: int = 200) -> Response:
    """The team as it stands by now, in three queries."""
    active = Membership.objects.filter(person__is_active=True).select_related("person")
    members = Prefetch("memberships", queryset=active.order_by("person__username"))
    whole = Team.objects.prefetch_related("managers", members).get(pk=found.pk)
    return Response(WholeTeamSerializer(whole).data, status=status)
