"""The shapes of quizzes as their editors set them up."""

from __future__ import annotations

from typing import Any

from rest_framework import serializers

from enablement.api.exchange import InputSerializer, SentSlugField, StringField, TextField
from enablement.api.filters import OfLessonSerializer
from enablement.models import Lesson, State
from enablement.texts import clean_text
from quizzes.models import Difficulty, Quiz
from quizzes.models.quizzes import Release, Retakes
from quizzes.quiz_forms import MOST_RULES

LONGEST_TITLE = 300
LONGEST_INTRO = 4_000
# Far more than a lesson has, and no more than one page of a form could hold.
MOST_LISTED = 1_000


class QuizFilterSerializer(OfLessonSerializer):
    """Narrows the quizzes."""

    state = serializers.ChoiceField(choices=State.choices, required=False)


class DrawRuleSerializer(InputSerializer):
    """So many questions of a topic, of a difficulty, or of both; left out, of any."""

    count = serializers.IntegerField(min_value=1, max_value=100)
    topic = SentSlugField(max_length=80, required=False, allow_blank=True, default="")
    difficulty = serializers.ChoiceField(
        choices=Difficulty.choices, required=False, allow_blank=True, default=""
    )


class ChangeQuizSerializer(InputSerializer):
    """What a quiz says of itself. What is left out stays as it is.

    `draws` and `time_limit` (minutes) are null for as many as there are, and for no limit; with `strict_time`
    nobody adds to the time themselves. `questions` are
    those it lists, by slug; with `from_bank` it draws from all of the lesson instead.
    """

    title = TextField(longest=LONGEST_TITLE, required=False)
    intro = StringField(max_length=LONGEST_INTRO, required=False)
    from_bank = serializers.BooleanField(required=False)
    draws = serializers.IntegerField(min_value=1, max_value=1_000, required=False, allow_null=True)
    time_limit = serializers.IntegerField(min_value=1, max_value=10_000, required=False, allow_null=True)
    strict_time = serializers.BooleanField(required=False)
    pass_mark = serializers.IntegerField(min_value=0, max_value=100, required=False)
    retakes = serializers.ChoiceField(choices=Retakes.choices, required=False)
    release = serializers.ChoiceField(choices=Release.choices, required=False)
    shuffles = serializers.BooleanField(required=False)
    state = serializers.ChoiceField(choices=State.choices, required=False)
    rules = serializers.ListField(child=DrawRuleSerializer(), max_length=MOST_RULES, required=False)
    questions = serializers.ListField(
        child=SentSlugField(max_length=80), max_length=MOST_LISTED, required=False
    )

    def validate_title(self, title: str) -> str:
        return clean_text(title, what="title", limit=LONGEST_TITLE)


class MakeQuizSerializer(ChangeQuizSerializer):
    """A new quiz of a lesson. Unless said else it is a draft, and draws ten questions from all of them."""

    lesson = SentSlugField(max_length=80)
    title = TextField(longest=LONGEST_TITLE)


class SortQuizSerializer(InputSerializer):
    """The distinction of which the statements are to be sorted."""

    distinction = SentSlugField(max_length=80)


class QuizSetupNameSerializer(serializers.ModelSerializer[Quiz]):
    """A quiz as it is set up."""

    lesson = serializers.SlugRelatedField[Lesson](slug_field="slug", read_only=True)
    url = serializers.CharField(source="get_absolute_url")
    state = serializers.CharField(help_text=", ".join(State.values))
    release = serializers.CharField(help_text=f"When right answers are shown: {', '.join(Release.values)}")
    retakes = serializers.CharField(help_text=", ".join(Retakes.values))

    class Meta:
        model = Quiz
        fields = [
            *("slug", "title", "intro", "url", "lesson", "state", "from_bank", "draws", "time_limit"),
            *("strict_time", "pass_mark", "retakes", "release", "shuffles", "updated_at"),
        ]


class DrawnRuleSerializer(serializers.Serializer[Any]):
    """What one rule finds: `fits` of all questions, of which `together` can be in one attempt."""

    count = serializers.IntegerField(source="rule.count")
    topic = serializers.CharField(source="rule.topic")
    difficulty = serializers.CharField(source="rule.difficulty")
    fits = serializers.IntegerField()
    together = serializers.IntegerField()
    is_short = serializers.BooleanField()


class DrawnSerializer(serializers.Serializer[Any]):
    """What an attempt comes to: at least so many `questions` of `all`. `example` is one drawn now."""

    questions = serializers.IntegerField(source="explained.questions")
    all = serializers.IntegerField(source="explained.all")
    wanted = serializers.IntegerField(source="explained.wanted")
    is_short = serializers.BooleanField(source="explained.is_short")
    by_rule = DrawnRuleSerializer(source="explained.rules", many=True)
    example = serializers.SerializerMethodField(help_text="Questions by slug.")

    def get_example(self, drawn: Any) -> list[str]:
        return [question.slug for question in drawn.example]


class QuizSetupSerializer(serializers.Serializer[Any]):
    """A quiz with its rules, the questions it lists by slug, and what an attempt at it will be."""

    quiz = QuizSetupNameSerializer()
    rules = DrawRuleSerializer(source="quiz.rules", many=True)
    questions = serializers.ListField(child=serializers.CharField())
    drawn = DrawnSerializer()
