"""What reps must tell apart, and the order of operations, as programs read them."""

from __future__ import annotations

from django.db.models import Prefetch
from rest_framework import serializers

from enablement.api.content import Hanging, PieceViewSet
from enablement.api.serializers import ABOUT, LinkSerializer, PartSerializer, SourceSerializer
from enablement.models import (
    Card,
    DecisionQuestion,
    Distinction,
    Ladder,
    LadderStep,
    Outcome,
    Person,
    Signal,
)


class SignalSerializer(serializers.ModelSerializer[Signal]):
    """One independent sign, and the question that would settle whether it is there."""

    class Meta:
        model = Signal
        fields = ["name", "title", "description", "question"]


class WholeOutcomeSerializer(serializers.ModelSerializer[Outcome]):
    """What a statement comes to when exactly these `signals` are there."""

    signals = serializers.SlugRelatedField[Signal](slug_field="name", many=True, read_only=True)
    cards = LinkSerializer(many=True, read_only=True)

    class Meta:
        model = Outcome
        fields = [
            *("name", "title", "signals", "meaning", "remedy"),
            *("next_question", "say", "dont_say", "cards"),
        ]


class DistinctionSerializer(PartSerializer):
    """A difference to hear in what a buyer says. What it was taught with is not in it: quizzes ask that."""

    signals = SignalSerializer(many=True, read_only=True)
    outcomes = WholeOutcomeSerializer(many=True, read_only=True)

    class Meta:
        model = Distinction
        fields = [*ABOUT, "title", "question", "unsure_question", "signals", "outcomes", "sources"]


class StepSerializer(serializers.ModelSerializer[LadderStep]):
    """One step; `stop_when` says what makes it enough. `card` is null where you may see none."""

    card = LinkSerializer(read_only=True, allow_null=True)
    sources = SourceSerializer(many=True, read_only=True)

    class Meta:
        model = LadderStep
        fields = ["slug", "title", "text", "cost", "stop_when", "card", "sources"]


class DecisionQuestionSerializer(serializers.ModelSerializer[DecisionQuestion]):
    """A yes/no question. Each way leads on to a question or to a step, named by slug; null: not that."""

    yes_question = serializers.SlugRelatedField[DecisionQuestion](
        slug_field="slug", read_only=True, allow_null=True
    )
    yes_step = serializers.SlugRelatedField[LadderStep](slug_field="slug", read_only=True, allow_null=True)
    no_question = serializers.SlugRelatedField[DecisionQuestion](
        slug_field="slug", read_only=True, allow_null=True
    )
    no_step = serializers.SlugRelatedField[LadderStep](slug_field="slug", read_only=True, allow_null=True)

    class Meta:
        model = DecisionQuestion
        fields = [
            *("slug", "text", "help", "yes_question", "yes_step", "yes_text"),
            *("no_question", "no_step", "no_text"),
        ]


class LadderSerializer(PartSerializer):
    """The cheapest step that is enough comes first; the questions walk it, beginning with the first."""

    steps = StepSerializer(many=True, read_only=True)
    questions = DecisionQuestionSerializer(many=True, read_only=True)

    class Meta:
        model = Ladder
        fields = [*ABOUT, "title", "summary", "steps", "questions", "sources"]


class DistinctionViewSet(PieceViewSet):
    """What reps must tell apart, with what it comes to."""

    queryset = Distinction.objects.all()
    serializer_class = DistinctionSerializer

    def hanging(self, person: Person) -> Hanging:
        cards = Prefetch("outcomes__cards", queryset=Card.objects.visible_to(person))
        return ["lesson", "sources", "signals", "outcomes__signals", cards]


class LadderViewSet(PieceViewSet):
    """Orders of operations, with the questions that walk them."""

    queryset = Ladder.objects.all()
    serializer_class = LadderSerializer

    def hanging(self, person: Person) -> Hanging:
        cards = Prefetch("steps__card", queryset=Card.objects.visible_to(person))
        questions = DecisionQuestion.objects.select_related(
            "yes_question", "yes_step", "no_question", "no_step"
        )
        return ["lesson", "sources", cards, "steps__sources", Prefetch("questions", queryset=questions)]
