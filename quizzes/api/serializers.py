"""The shapes of quizzes in the API. What is shown before handing in and after are separate serializers."""

from __future__ import annotations

from typing import Any

from rest_framework import serializers

from enablement.api.exchange import InputSerializer, SentSlugField, StringField
from quizzes.attempts import MAX_SEQ
from quizzes.grading import LONGEST_TEXT
from quizzes.models import Attempt, PendingState, QuestionKind
from quizzes.sheets.graded_sheet import graded_sheet
from quizzes.sheets.open_sheet import open_sheet
from quizzes.sheets.waiting_sheet import waiting_sheet


class QuizSerializer(serializers.Serializer[Any]):
    """A quiz and how the caller stands with it. Scores run from 0 to 1."""

    slug = serializers.CharField(source="quiz.slug")
    title = serializers.CharField(source="quiz.title")
    intro = serializers.CharField(source="quiz.intro")
    lesson = serializers.CharField(source="quiz.lesson.slug")
    url = serializers.CharField(source="quiz.get_absolute_url")
    pass_mark = serializers.IntegerField(source="quiz.pass_mark", help_text="Per cent.")
    time_limit = serializers.IntegerField(source="quiz.time_limit", allow_null=True, help_text="Minutes.")
    questions = serializers.IntegerField(help_text="How many questions an attempt has.")
    open_attempt = serializers.UUIDField(source="open.id", default=None, allow_null=True)
    attempts = serializers.SerializerMethodField(help_text="How many attempts you have handed in.")
    last_score = serializers.FloatField(source="last.score", default=None, allow_null=True)
    best_score = serializers.FloatField(source="best.score", default=None, allow_null=True)

    def get_attempts(self, progress: Any) -> int:
        return len(progress.handed_in)


class ChoiceSerializer(serializers.Serializer[Any]):
    """An option, by the name that goes into a response."""

    name = serializers.CharField()
    text = serializers.CharField()
    is_chosen = serializers.BooleanField()


class PartSerializer(serializers.Serializer[Any]):
    """A part of a question, such as a story of a pair. Most questions are one part without a name."""

    name = serializers.CharField(allow_blank=True)
    text = serializers.CharField(allow_blank=True)
    choices = ChoiceSerializer(many=True)


class OpenQuestionSerializer(serializers.Serializer[Any]):
    """A question before handing in: nothing here says what is right."""

    id = serializers.IntegerField()
    number = serializers.IntegerField()
    kind = serializers.ChoiceField(choices=QuestionKind.choices)
    ask = serializers.CharField()
    prompt = serializers.CharField(help_text="For a sort, the statement to sort.")
    parts = PartSerializer(many=True)
    choices = ChoiceSerializer(many=True, help_text="Those of all parts.")
    text = serializers.CharField(allow_blank=True, help_text="What was written, for a written answer.")
    client_seq = serializers.IntegerField()
    saved_at = serializers.DateTimeField(allow_null=True)


class GradedChoiceSerializer(ChoiceSerializer):
    """An option after handing in."""

    is_correct = serializers.BooleanField()
    misconception = serializers.CharField(help_text="For a wrong option that was chosen.")


class ReferenceSerializer(serializers.Serializer[Any]):
    """A piece of content and the path of its page."""

    title = serializers.CharField()
    url = serializers.CharField()


class GradedCheckSerializer(serializers.Serializer[Any]):
    """A check of a written answer, and the words that decide it (`start`, `end`: characters)."""

    check = serializers.CharField(source="check.name", help_text="What an objection names.")
    title = serializers.CharField(source="check.title")
    met = serializers.BooleanField(source="check.met")
    spoils = serializers.BooleanField(source="check.spoils", help_text="True for what must not be said.")
    quote = serializers.CharField(source="check.quote", allow_blank=True)
    start = serializers.IntegerField(source="check.start")
    end = serializers.IntegerField(source="check.end")
    appeal = serializers.CharField(
        source="appeal.state", default="", help_text="Empty, open, accepted or declined."
    )


class GradedQuestionSerializer(serializers.Serializer[Any]):
    """A question after handing in, with its grade and feedback."""

    number = serializers.IntegerField()
    kind = serializers.CharField()
    topic = serializers.CharField()
    ask = serializers.CharField()
    prompt = serializers.CharField()
    choices = GradedChoiceSerializer(many=True)
    text = serializers.CharField(allow_blank=True, help_text="What was written, for a written answer.")
    answered = serializers.BooleanField()
    correct = serializers.BooleanField(
        allow_null=True, help_text="Null while you have the question open in another quiz."
    )
    answer = serializers.IntegerField(help_text="The answer's id, for an objection.")
    evidence = GradedCheckSerializer(many=True, help_text="The checks of a written answer.")
    checks_met = serializers.IntegerField(help_text="Options ticked or left as they should be.")
    checks = serializers.IntegerField(help_text="Options judged; 0 for a sort or an unanswered question.")
    explanation = serializers.CharField()
    say = serializers.CharField(help_text="The approved line that goes with the right answer, if any.")
    card = ReferenceSerializer(allow_null=True)
    guide_entry = ReferenceSerializer(allow_null=True)
    is_undecided = serializers.BooleanField(
        help_text="True where the judge could not tell, in practice: it counts for nothing."
    )
    shows_key = serializers.BooleanField(
        help_text="False where the quiz keeps the right answers back, and while you have the question open "
        "in another: then nothing here says what is right."
    )


class WaitingQuestionSerializer(serializers.Serializer[Any]):
    """A written answer that was handed in and waits for its grade."""

    number = serializers.IntegerField()
    kind = serializers.ChoiceField(choices=QuestionKind.choices)
    topic = serializers.CharField()
    ask = serializers.CharField()
    prompt = serializers.CharField()
    text = serializers.CharField()
    state = serializers.ChoiceField(choices=PendingState.choices)


class AttemptSerializer(serializers.ModelSerializer[Attempt]):
    """An attempt in a list. `score` is over the grades so far; `waiting` answers have none yet."""

    quiz = serializers.CharField(source="quiz.slug")
    url = serializers.CharField(source="get_absolute_url")

    class Meta:
        model = Attempt
        fields = [
            "id",
            "quiz",
            "url",
            "number",
            "state",
            "started_at",
            "deadline",
            "extensions",
            "submitted_at",
            "score",
            "waiting",
        ]


class AttemptPageSerializer(serializers.Serializer[Any]):
    """A page of attempts, the newest first."""

    count = serializers.IntegerField()
    next = serializers.CharField(allow_null=True)
    previous = serializers.CharField(allow_null=True)
    results = AttemptSerializer(many=True)


class AttemptDetailSerializer(AttemptSerializer):
    """An attempt with its questions: `questions` while it is open, `results` once it is handed in."""

    questions = serializers.SerializerMethodField(help_text="Empty once the attempt is handed in.")
    results = serializers.SerializerMethodField(help_text="Empty until the attempt is handed in.")
    ungraded = serializers.SerializerMethodField(help_text="Answers that wait for their grade.")

    class Meta(AttemptSerializer.Meta):
        fields = [*AttemptSerializer.Meta.fields, "questions", "results", "ungraded"]

    def get_questions(self, attempt: Attempt) -> list[Any]:
        return list(OpenQuestionSerializer(open_sheet(attempt), many=True).data) if attempt.is_open else []

    def get_results(self, attempt: Attempt) -> list[Any]:
        if attempt.is_open:
            return []
        return list(GradedQuestionSerializer(graded_sheet(attempt, self.context["reader"]), many=True).data)

    def get_ungraded(self, attempt: Attempt) -> list[Any]:
        return list(WaitingQuestionSerializer(waiting_sheet(attempt), many=True).data)


class StartSerializer(InputSerializer):
    """Which quiz to start, or to go on with."""

    quiz = SentSlugField(max_length=80)
    missed_in = serializers.UUIDField(
        required=False, help_text="An attempt of yours: ask siblings of what was missed in it."
    )


class ResponseSerializer(InputSerializer):
    """What was chosen, by the names of the options, or what was written. Empty, it takes the answer back."""

    chosen = serializers.ListField(child=StringField(max_length=80), max_length=50, required=False)
    text = StringField(max_length=LONGEST_TEXT, required=False)


class AnswerInputSerializer(InputSerializer):
    """An answer to save. The highest `client_seq` wins, whatever order the saves arrive in."""

    attempt = serializers.UUIDField()
    question = serializers.IntegerField(min_value=1, max_value=MAX_SEQ)
    response = ResponseSerializer()
    client_seq = serializers.IntegerField(min_value=1, max_value=MAX_SEQ)


class SavedAnswerSerializer(serializers.Serializer[Any]):
    """What is stored now. `stored` is false where a save with a higher `client_seq` was there already."""

    question = serializers.IntegerField()
    response = ResponseSerializer()
    client_seq = serializers.IntegerField()
    saved_at = serializers.DateTimeField()
    stored = serializers.BooleanField()
