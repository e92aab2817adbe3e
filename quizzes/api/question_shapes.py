"""The shapes of questions as their editors read and write them. Only what editors alone reach has keys."""

from __future__ import annotations

from typing import Any

from django.urls import reverse
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers
from rest_framework.exceptions import ValidationError

from enablement.api.exchange import InputSerializer, SentSlugField
from enablement.api.filters import OfLessonSerializer
from enablement.models import Lesson, State
from quizzes.api.serializers import OpenQuestionSerializer
from quizzes.exporting import question_data
from quizzes.kinds import QuestionKind
from quizzes.models import Question, Quiz
from quizzes.question_bench import is_current
from quizzes.sheets.preview import preview
from quizzes.upkeep import review_queue


class QuestionFilterSerializer(OfLessonSerializer):
    """Narrows the bank. `waiting` are those that a person has to look at."""

    topic = SentSlugField(max_length=80, required=False)
    kind = serializers.ChoiceField(choices=QuestionKind.choices, required=False)
    state = serializers.ChoiceField(choices=State.choices, required=False)
    waiting = serializers.ChoiceField(choices=[("true", "true"), ("false", "false")], required=False)


class ItemSerializer(InputSerializer):
    """A question with its key, in the form of a `quiz.yaml`."""

    item = serializers.DictField(help_text="In the form of a quiz.yaml, key included; `kind` says which.")

    def validate_item(self, item: dict[str, Any]) -> dict[str, Any]:
        kind = item.get("kind")
        if not isinstance(kind, str) or kind not in QuestionKind.values:
            raise ValidationError({"kind": [f"Choose one of {', '.join(QuestionKind.values)}."]})
        return item


class WriteQuestionSerializer(ItemSerializer):
    """A new question in a lesson. Without a `slug` of its own it is called by what it asks."""

    lesson = SentSlugField(max_length=80)


class ChangeQuestionSerializer(ItemSerializer):
    """The whole question as it is to be, and the `version` that you read before."""

    version = serializers.IntegerField(min_value=1, max_value=2**31 - 1)


class ProposeSerializer(InputSerializer):
    """From what to propose questions: by rule at once, or by the language model in a minute."""

    lesson = SentSlugField(max_length=80)
    by = serializers.ChoiceField(choices=[("rule", "rule"), ("model", "model")], required=False)


class QuestionNameSerializer(serializers.ModelSerializer[Question]):
    """A question in the bank, without its key. `waits_for` says why a person has to look at it."""

    lesson = serializers.SlugRelatedField[Lesson](slug_field="slug", read_only=True)
    state = serializers.CharField(help_text=", ".join(State.values))
    origin = serializers.CharField(help_text="written, rule or model")
    difficulty = serializers.CharField(help_text="easy, middle or hard")
    url = serializers.SerializerMethodField()
    waits_for = serializers.SerializerMethodField(help_text="Empty where nothing has to be looked at.")

    class Meta:
        model = Question
        fields = [
            *("slug", "version", "url", "lesson", "kind", "topic", "prompt", "difficulty", "family"),
            *("state", "origin", "source_quote", "waits_for", "made_at"),
        ]

    def get_url(self, question: Question) -> str:
        return reverse("question-preview", args=[question.slug])

    def get_waits_for(self, question: Question) -> str:
        waits = review_queue([question])
        return waits[0].reason if waits else ""


class BenchRowSerializer(serializers.Serializer[Any]):
    """A sample answer: whether it is right, and whether it was graded `right`, `up`, `down` or `person`."""

    text = serializers.CharField()
    right = serializers.BooleanField()
    outcome = serializers.CharField()
    verdict = serializers.CharField()


class BenchSerializer(serializers.Serializer[Any]):
    """How the sample answers were graded last. `is_current`: by the question and the judge as they are."""

    ran_at = serializers.DateTimeField()
    is_current = serializers.BooleanField()
    rows = BenchRowSerializer(many=True)


class WrittenQuestionSerializer(QuestionNameSerializer):
    """A question with its key (`item`), and as reps see it (`preview`)."""

    item = serializers.SerializerMethodField(help_text="In the form of a quiz.yaml, key included.")
    preview = serializers.SerializerMethodField()
    quizzes = serializers.SerializerMethodField(help_text="Those that list it, by slug.")
    bench = serializers.SerializerMethodField()

    class Meta(QuestionNameSerializer.Meta):
        fields = [*QuestionNameSerializer.Meta.fields, "item", "preview", "quizzes", "bench"]

    def get_item(self, question: Question) -> dict[str, Any]:
        return {"slug": question.slug, **question_data(question)}

    @extend_schema_field(OpenQuestionSerializer)
    def get_preview(self, question: Question) -> Any:
        return OpenQuestionSerializer(preview(question)).data

    def get_quizzes(self, question: Question) -> list[str]:
        listing = Quiz.objects.for_all().filter(questions__slug=question.slug).distinct()
        return list(listing.order_by("slug").values_list("slug", flat=True))

    @extend_schema_field(BenchSerializer(allow_null=True))
    def get_bench(self, question: Question) -> Any:
        bench = getattr(question, "bench", None)
        if bench is None:
            return None
        told = {"ran_at": bench.ran_at, "is_current": is_current(question), "rows": bench.rows}
        return BenchSerializer(told).data


class PreviewSerializer(serializers.Serializer[Any]):
    """A question that need not be saved. `question` is null while something in it is no question's."""

    question = OpenQuestionSerializer(allow_null=True)
    problems = serializers.DictField(child=serializers.ListField(child=serializers.CharField()))


class ProposedSerializer(serializers.Serializer[Any]):
    """The new proposals by slug; none yet where the model is asked."""

    made = serializers.ListField(child=serializers.CharField())
    asked = serializers.BooleanField(help_text="The model is asked: look at the bank in a minute.")


class QuestionVersionSerializer(serializers.Serializer[Any]):
    """A version of a question: who wrote it, what it changed, in how many answers it was asked."""

    version = serializers.IntegerField(source="question.version")
    made_at = serializers.DateTimeField(source="question.made_at")
    by = serializers.CharField()
    answers = serializers.IntegerField()
    changed = serializers.SerializerMethodField(help_text="The fields that it changed, by their labels.")
    item = serializers.SerializerMethodField(help_text="Key included.")

    def get_changed(self, version: Any) -> list[str]:
        return [change.label for change in version.changes]

    def get_item(self, version: Any) -> dict[str, Any]:
        return {"slug": version.question.slug, **question_data(version.question)}
