"""What groups of the identity provider give: a role, or a place in a team. For admins."""

from __future__ import annotations

from django.shortcuts import get_object_or_404
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.decorators import api_view, parser_classes
from rest_framework.exceptions import ValidationError
from rest_framework.request import Request
from rest_framework.response import Response

from enablement.api.content import admin_of
from enablement.api.exchange import InputSerializer, NameField, SentSlugField, read_sent
from enablement.api.idempotency import PARAMETER, idempotent
from enablement.api.paging import PARAMETERS, page_of, paged
from enablement.api.parsing import JSONParser
from enablement.api.validation import checked
from enablement.models import GroupRule, Person, Role, Team
from enablement.sign_on.provider.rules import make_rule, remove_rule


class MakeRuleSerializer(InputSerializer):
    """A group as the provider sends it, and what it gives: a `role`, or a `team` to be in or to manage."""

    group = NameField(max_length=255)
    role = serializers.ChoiceField(choices=Role.choices, required=False)
    team = SentSlugField(max_length=80, required=False)
    manages = serializers.BooleanField(required=False)


class GroupRuleSerializer(serializers.ModelSerializer[GroupRule]):
    """A rule, and the same as a sentence. `role` is empty where it gives a team."""

    role = serializers.CharField()
    team = serializers.SlugRelatedField[Team](slug_field="slug", read_only=True, allow_null=True)
    in_words = serializers.CharField(read_only=True)

    class Meta:
        model = GroupRule
        fields = ["id", "group", "role", "team", "manages", "in_words"]


@extend_schema(
    methods=["GET"],
    operation_id="group_rules_list",
    parameters=PARAMETERS,
    responses=page_of("GroupRulePage", GroupRuleSerializer(many=True)),
)
@extend_schema(
    methods=["POST"],
    parameters=[PARAMETER],
    request=MakeRuleSerializer,
    responses={201: GroupRuleSerializer},
)
@api_view(["GET", "POST"])
@parser_classes([JSONParser])
@idempotent
def group_rules(request: Request) -> Response:
    """The rules; by POST a new one. A rule holds from each person’s next sign-in on."""
    admin = admin_of(request)
    if request.method != "POST":
        rules = GroupRule.objects.select_related("team")
        return paged(request, rules.order_by("group", "role", "team__slug", "pk"), GroupRuleSerializer)
    rule = _wanted(request, admin)
    make_rule(rule, admin)
    return Response(GroupRuleSerializer(rule).data, status=201)


@extend_schema(parameters=[PARAMETER], request=None, responses=GroupRuleSerializer)
@api_view(["POST"])
@idempotent
def group_rule_delete(request: Request, pk: int) -> Response:
    """Take a rule out, and read it a last time."""
    admin = admin_of(request)
    rule = get_object_or_404(GroupRule.objects.select_related("team"), pk=pk)
    last = Response(GroupRuleSerializer(rule).data)
    remove_rule(rule, admin)
    return last


def _wanted(request: Request, admin: Person) -> GroupRule:
    sent = read_sent(MakeRuleSerializer, request.data)
    if ("role" in sent) == ("team" in sent):
        raise ValidationError({"role": ["Choose a role or a team, not both."]})
    if "role" in sent and sent.get("manages"):
        raise ValidationError({"manages": ["Only a team is managed: name one in place of the role."]})
    team = None
    if "team" in sent:
        team = Team.objects.visible_to(admin).filter(slug=sent["team"]).first()
        if team is None:
            raise ValidationError({"team": [f"There is no team {sent['team']}."]})
    rule = GroupRule(
        group=sent["group"], role=sent.get("role", ""), team=team, manages=sent.get("manages", False)
    )
    return checked(rule)
