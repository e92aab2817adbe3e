"""Spoken answers, and points on which sources contradict one another, as programs read them."""

from __future__ import annotations

from django.db.models import Prefetch
from rest_framework import serializers

from enablement.api.content import Hanging, PieceViewSet
from enablement.api.serializers import ABOUT, LinkSerializer, PartSerializer, SourceSerializer
from enablement.models import Card, Disagreement, Person, Position, Script


class ScriptSerializer(PartSerializer):
    """A question that reps get, and a spoken answer to it of about thirty seconds."""

    cards = LinkSerializer(many=True, read_only=True)

    class Meta:
        model = Script
        fields = [*ABOUT, "question", "answer", "cards", "sources"]


class PositionSerializer(serializers.ModelSerializer[Position]):
    """What these sources hold."""

    sources = SourceSerializer(many=True, read_only=True)

    class Meta:
        model = Position
        fields = ["stance", "sources"]


class DisagreementSerializer(PartSerializer):
    """A point on which sources contradict one another, and what we say."""

    cards = LinkSerializer(many=True, read_only=True)
    positions = PositionSerializer(many=True, read_only=True)

    class Meta:
        model = Disagreement
        fields = [*ABOUT, "title", "point", "house_position", "cards", "positions", "sources"]


class ScriptViewSet(PieceViewSet):
    """Spoken answers."""

    queryset = Script.objects.all()
    serializer_class = ScriptSerializer

    def hanging(self, person: Person) -> Hanging:
        return ["lesson", "sources", Prefetch("cards", queryset=Card.objects.visible_to(person))]


class DisagreementViewSet(PieceViewSet):
    """Where sources contradict one another."""

    queryset = Disagreement.objects.all()
    serializer_class = DisagreementSerializer

    def hanging(self, person: Person) -> Hanging:
        cards = Prefetch("cards", queryset=Card.objects.visible_to(person))
        return ["lesson", "sources", "positions__sources", cards]
