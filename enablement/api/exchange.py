"""The shapes of questions and judgements in the API: the contract's own keys."""

from __future__ import annotations

from typing import Any, Final

from drf_spectacular.extensions import OpenApiSerializerExtension, OpenApiSerializerFieldExtension
from rest_framework import serializers

from enablement.texts import MAX_DRAFT, MAX_QUESTION, MAX_STATEMENT, tidy_text
from enablement.trust.states import TrustState

# What a string may hold, as the document says it: anything but NUL (DRF refuses it); and, where there must be
# something to read, a letter or a number (`clean_text` asks for an alphanumeric character).
NO_NUL: Final = r"^[^\x00]*$"
READABLE: Final = r"^[^\x00]*(\p{L}|\p{N})[^\x00]*$"
# Something that `tidy_text` leaves: neither blank nor unseen.
_SEEN: Final = r"[^\x00-\x20\x7f-\xa0\u1680\u2000-\u200b\u2028\u2029\u202f\u205f\u2060\u3000\ufeff]"
NAMING: Final = rf"^[^\x00]*{_SEEN}[^\x00]*$"


class StringField(serializers.CharField):
    """A string exactly as it was sent. A number, a list or an object is an error, not text to be made."""

    pattern = NO_NUL

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(trim_whitespace=False, **kwargs)

    def run_validation(self, data: Any = serializers.empty) -> Any:
        # Not CharField's: an empty string is a value, or is refused in the words of who works on it.
        return serializers.Field.run_validation(self, data)

    def to_internal_value(self, data: Any) -> str:
        if not isinstance(data, str):
            self.fail("invalid")
        return super().to_internal_value(data)

    @property
    def shape(self) -> dict[str, Any]:
        """What the OpenAPI document says of it."""
        longest = {} if self.max_length is None else {"maxLength": self.max_length}
        return {"type": "string", "pattern": self.pattern} | longest


class NameField(StringField):
    """What something is called: without blanks around it, and never nothing but blanks."""

    pattern = NAMING

    def to_internal_value(self, data: Any) -> str:
        if not (name := tidy_text(super().to_internal_value(data))):
            self.fail("blank")
        return name


class TextField(StringField):
    """Text of at most `longest` characters to work on. Whoever works on it refuses it, with its own words."""

    pattern = READABLE

    def __init__(self, *, longest: int, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.longest = longest

    @property
    def shape(self) -> dict[str, Any]:
        return super().shape | {"minLength": 1, "maxLength": self.longest}


class SentSlugField(serializers.SlugField):
    """A slug. A number is an error, not a slug to be made."""

    def to_internal_value(self, data: Any) -> str:
        if not isinstance(data, str):
            self.fail("invalid")
        return str(super().to_internal_value(data))


class StringShape(OpenApiSerializerFieldExtension):  # type: ignore[no-untyped-call]
    """Says of every string that is sent what it may hold."""

    target_class = StringField
    match_subclasses = True

    def map_serializer_field(self, auto_schema: Any, direction: Any) -> dict[str, Any]:
        shape: dict[str, Any] = self.target.shape
        return shape


class InputSerializer(serializers.Serializer[Any]):
    """A body that is sent. Keys nobody reads are refused: a slip in a name must not change the meaning."""

    def to_internal_value(self, data: Any) -> Any:
        unknown = set(data) - set(self.fields) if isinstance(data, dict) else set()
        if unknown:
            raise serializers.ValidationError(
                {key: ["This key is not known here."] for key in sorted(unknown)}
            )
        return super().to_internal_value(data)


def read_sent(kind: type[InputSerializer], data: Any) -> dict[str, Any]:
    """Return a body or a query, checked. Raises ValidationError."""
    serializer = kind(data=data)
    serializer.is_valid(raise_exception=True)
    return dict(serializer.validated_data)


class WholeBody(OpenApiSerializerExtension):  # type: ignore[no-untyped-call]
    """Says of every body that is sent that keys beside its own are refused, as it does."""

    target_class = InputSerializer
    match_subclasses = True

    def map_serializer(self, auto_schema: Any, direction: Any) -> dict[str, Any]:
        known: dict[str, Any] = auto_schema._map_serializer(self.target, direction, bypass_extensions=True)
        return known | {"additionalProperties": False}


class QuestionSerializer(InputSerializer):
    """A question to the knowledge base; in a `conversation` of your own it may lean on what came before."""

    text = TextField(longest=MAX_QUESTION)
    conversation = serializers.UUIDField(required=False)


class StatementSerializer(InputSerializer):
    """Something a buyer said, and what to sort it by."""

    text = TextField(longest=MAX_STATEMENT)
    distinction = SentSlugField(
        required=False, max_length=80, help_text="A distinction’s slug; without it, your first one is taken."
    )


class DraftSerializer(InputSerializer):
    """A draft whose wording is to be checked."""

    text = TextField(longest=MAX_DRAFT)


class SearchSerializer(InputSerializer):
    """What to search for."""

    q = TextField(longest=MAX_QUESTION)
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
    """What a sentence of an answer stands on: `[n]` in the answer. With `say`, number 1 may be its alone."""

    n = serializers.IntegerField()
    quote = serializers.CharField()


class AnswerSerializer(serializers.Serializer[Any]):
    """An answer with its citations, or, where `refused`, the nearest pieces of content."""

    answer = serializers.CharField()
    refused = serializers.BooleanField()
    engine = serializers.CharField(help_text="local, or the name of the language model")
    citations = CitationSerializer(many=True)
    say = serializers.CharField(
        help_text="The approved line, if there is one. The citation that quotes it is its source: number 1, "
        "which may stand in no sentence of `answer`."
    )
    nearest = TargetSerializer(many=True)


class AskedSerializer(AnswerSerializer):
    """An answer, and the turn by which it can be read again, in its conversation."""

    turn = serializers.UUIDField()
    conversation = serializers.UUIDField()


class AnswerEventSerializer(serializers.Serializer[Any]):
    """One event of an answer as it is written."""

    event = serializers.CharField(help_text="`done` or `failed` comes last.")
    data = serializers.CharField(help_text="A JSON object.")  # type: ignore[assignment]


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
