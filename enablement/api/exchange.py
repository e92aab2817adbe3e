"""The shapes of questions and judgements in the API: the contract's own keys."""

from __future__ import annotations

from typing import Any

from drf_spectacular.extensions import OpenApiSerializerExtension
from rest_framework import serializers

from enablement.trust.states import TrustState


class TextField(serializers.CharField):
    """Text exactly as it was sent. A number, a list or an object is an error, not text to be made."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(trim_whitespace=False, allow_blank=True, **kwargs)

    def to_internal_value(self, data: Any) -> str:
        if not isinstance(data, str):
            self.fail("invalid")
        return super().to_internal_value(data)


class InputSerializer(serializers.Serializer[Any]):
    """A body that is sent. Keys nobody reads are refused: a slip in a name must not change the meaning."""

    def to_internal_value(self, data: Any) -> Any:
        unknown = set(data) - set(self.fields) if isinstance(data, dict) else set()
        if unknown:
            raise serializers.ValidationError(
                {key: ["This key is not known here."] for key in sorted(unknown)}
            )
        return super().to_internal_value(data)


class WholeBody(OpenApiSerializerExtension):  # type: ignore[no-untyped-call]
    """Says of every body that is sent that keys beside its own are refused, as it does."""

    target_class = InputSerializer
    match_subclasses = True

    def map_serializer(self, auto_schema: Any, direction: Any) -> dict[str, Any]:
        known: dict[str, Any] = auto_schema._map_serializer(self.target, direction, bypass_extensions=True)
        return known | {"additionalProperties": False}


class QuestionSerializer(InputSerializer):
    """A question to the knowledge base."""

    text = TextField()


class StatementSerializer(InputSerializer):
    """Something a buyer said, and what to sort it by."""

    text = TextField()
    distinction = serializers.SlugField(
        required=False, max_length=80, help_text="A distinction’s slug; without it, your first one is taken."
    )


class DraftSerializer(InputSerializer):
    """A draft whose wording is to be checked."""

    text = TextField()


class SearchSerializer(InputSerializer):
    """What to search for."""

    q = TextField()
    limit = serializers.IntegerField(required=False, default=10, min_value=1, max_value=50)
    lesson = serializers.SlugField(required=False, max_length=80, help_text="Only this lesson, by its slug.")
    kind = serializers.SlugField(required=False, max_length=20, help_text="Only this kind, as hits name it.")
    trust = serializers.ChoiceField(required=False, choices=[state.value for state in TrustState])


class TargetSerializer(serializers.Serializer[Any]):
    """A piece of content and the path of its page."""

    kind = serializers.CharField()
    slug = serializers.CharField()
    title = serializers.CharField()
    url = serializers.CharField()


class CitationSerializer(TargetSerializer):
    """What a sentence of an answer stands on: `[n]` in the answer."""

    n = serializers.IntegerField()
    quote = serializers.CharField()


class AnswerSerializer(serializers.Serializer[Any]):
    """An answer with its citations, or, where `refused`, the nearest pieces of content."""

    answer = serializers.CharField()
    refused = serializers.BooleanField()
    engine = serializers.CharField(help_text="local, or the name of the language model")
    citations = CitationSerializer(many=True)
    say = serializers.CharField(help_text="The approved line, if there is one.")
    nearest = TargetSerializer(many=True)


class EvidenceSerializer(serializers.Serializer[Any]):
    """The characters of the text that speak for a signal."""

    signal = serializers.CharField()
    start = serializers.IntegerField()
    end = serializers.IntegerField()
    quote = serializers.CharField()


class CardLinkSerializer(serializers.Serializer[Any]):
    """A card and the path of its page."""

    slug = serializers.CharField()
    title = serializers.CharField()
    url = serializers.CharField()


class VerdictSerializer(serializers.Serializer[Any]):
    """A sorted statement. `text` is what was read; positions count its characters."""

    text = serializers.CharField()
    distinction = serializers.CharField()
    title = serializers.CharField()
    meaning = serializers.CharField()
    outcome = serializers.CharField(help_text="An outcome of the distinction, or unsure.")
    signals = serializers.DictField(child=serializers.FloatField())
    evidence = EvidenceSerializer(many=True)
    remedy = serializers.CharField()
    next_question = serializers.CharField()
    say = serializers.CharField()
    dont_say = serializers.CharField()
    cards = CardLinkSerializer(many=True)
    settled_by = serializers.CharField(help_text="The language model that settled it; mostly empty.")


class FindingSerializer(serializers.Serializer[Any]):
    """A wording problem, where it stands, and what to say instead."""

    entry = serializers.CharField()
    start = serializers.IntegerField()
    end = serializers.IntegerField()
    quote = serializers.CharField()
    level = serializers.CharField(help_text="block, warn or hint")
    confidence = serializers.FloatField()
    say = serializers.CharField()
    dont_say = serializers.CharField()
    why = serializers.CharField()
    url = serializers.CharField()


class FindingsSerializer(serializers.Serializer[Any]):
    """All wording problems of a draft."""

    findings = FindingSerializer(many=True)
    clean = serializers.BooleanField()
    unread = serializers.CharField(
        help_text="What the check can say nothing of, in a sentence; mostly empty."
    )


class HitSerializer(TargetSerializer):
    """A passage that was found."""

    quote = serializers.CharField()
    score = serializers.FloatField()
    trust = serializers.CharField(help_text="verified, due, expired or unowned")


class HitsSerializer(serializers.Serializer[Any]):
    """What was found, best first. `note` says what the search could not do, if anything.

    `corrected` are words taken for misspelt, with what was looked for instead. `facets` count what choosing a
    lesson, a kind or a state of trust would find.
    """

    hits = HitSerializer(many=True)
    note = serializers.CharField()
    corrected = serializers.DictField(child=serializers.CharField())
    facets = serializers.DictField(child=serializers.DictField(child=serializers.IntegerField()))
