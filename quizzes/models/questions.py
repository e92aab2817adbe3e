"""Questions, and apart from them the keys that nobody sees before an attempt is handed in."""

from __future__ import annotations

from django.db import models

from enablement.models import Card, Distinction, GuideEntry, Ladder, Lesson, Person, State
from quizzes.kinds import OPTION_NAMES, QuestionKind, Rules


class Difficulty(models.TextChoices):
    """How hard a question is meant to be."""

    EASY = "easy", "Easy"
    MIDDLE = "middle", "Middle"
    HARD = "hard", "Hard"


class Origin(models.TextChoices):
    """How a question came to be. What was not written by a person is reviewed by one before it is asked."""

    WRITTEN = "written", "Written by a person"
    RULE = "rule", "Made from content by rule"
    MODEL = "model", "Proposed by a language model"


class QuestionQuerySet(models.QuerySet["Question"]):
    """Questions, as a person may see them."""

    def visible_to(self, person: Person) -> QuestionQuerySet:
        """The questions of the lessons you may see."""
        return self.filter(lesson__in=Lesson.objects.visible_to(person))


class Question(models.Model):
    """One version of a question. A changed question is a new row, so that old attempts keep what they showed.

    `card` and `guide_entry` are shown with the feedback. A question that sorts a statement (`prompt`) has a
    `distinction`, and the distinction's outcomes are its options. One about a `ladder` has the steps as
    options, as they were called when it was made. `stories` are the two of a flip pair. Questions of one
    `family` are siblings: no attempt shows two, and one stands in for another when somebody tries again.
    `source_quote` is the stretch of content that a generated question was made from, and `content_seen` the
    state of the pieces it rests on when a person last vouched for it.
    """

    lesson = models.ForeignKey(Lesson, on_delete=models.CASCADE, related_name="questions")
    slug = models.SlugField(max_length=80)
    version = models.PositiveIntegerField(default=1)
    kind = models.CharField(max_length=20, choices=QuestionKind.choices)
    prompt = models.TextField()
    topic = models.SlugField(max_length=80)
    card = models.ForeignKey(Card, null=True, blank=True, on_delete=models.SET_NULL, related_name="questions")
    guide_entry = models.ForeignKey(
        GuideEntry, null=True, blank=True, on_delete=models.SET_NULL, related_name="questions"
    )
    distinction = models.ForeignKey(
        Distinction, null=True, blank=True, on_delete=models.PROTECT, related_name="questions"
    )
    ladder = models.ForeignKey(
        Ladder, null=True, blank=True, on_delete=models.SET_NULL, related_name="quiz_questions"
    )
    stories = models.JSONField(default=list, blank=True)
    difficulty = models.CharField(max_length=10, choices=Difficulty.choices, default=Difficulty.MIDDLE)
    family = models.SlugField(max_length=80, blank=True)
    state = models.CharField(max_length=10, choices=State.choices, default=State.RELEASED)
    origin = models.CharField(max_length=10, choices=Origin.choices, default=Origin.WRITTEN)
    source_quote = models.TextField(blank=True)
    content_seen = models.CharField(max_length=64, blank=True, editable=False)
    fingerprint = models.CharField(max_length=64, blank=True, editable=False)
    made_at = models.DateTimeField(auto_now_add=True)

    objects = QuestionQuerySet.as_manager()

    class Meta:
        ordering = ["slug", "-version"]
        constraints = [
            models.UniqueConstraint(fields=["slug", "version"], name="one_question_per_version"),
            models.CheckConstraint(
                condition=models.Q(kind="sort", distinction__isnull=False)
                | (~models.Q(kind="sort") & models.Q(distinction__isnull=True)),
                name="sort_questions_have_a_distinction",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.slug} (version {self.version})"

    @property
    def rules(self) -> Rules:
        """What its kind says about it."""
        return QuestionKind(self.kind).rules

    @property
    def told(self) -> str:
        """What tells it from others in a list: the first story of a flip pair, else what is asked."""
        return str(self.stories[0]) if self.stories else self.prompt

    def option_texts(self) -> dict[str, str]:
        """The text of each option, by the option's name; for a statement to sort, of each outcome."""
        if self.distinction is not None:
            return {outcome.name: outcome.title for outcome in self.distinction.outcomes.all()}
        return {option.name: option.text for option in self.options.all()}

    def names(self) -> list[str]:
        """Everything that can be chosen in an answer."""
        return self.rules.names(list(self.option_texts()))


class Option(models.Model):
    """Something to choose. `stands_for` is the slug of a ladder's step, where the option is one."""

    question = models.ForeignKey(Question, on_delete=models.CASCADE, related_name="options")
    position = models.PositiveSmallIntegerField()
    text = models.TextField()
    stands_for = models.SlugField(max_length=80, blank=True)

    class Meta:
        ordering = ["question", "position"]
        constraints = [
            models.UniqueConstraint(fields=["question", "position"], name="one_option_per_position"),
            models.CheckConstraint(condition=models.Q(position__lt=10), name="ten_options_at_most"),
        ]

    def __str__(self) -> str:
        return self.text

    @property
    def name(self) -> str:
        """What stands for the option in responses and keys: a letter, or the slug of the step it is."""
        return self.stands_for or OPTION_NAMES[self.position]


class AnswerKey(models.Model):
    """What is right, and why. A table of its own, read only once an attempt is handed in.

    `correct` holds option names, or the one outcome of a sorted statement. `misconceptions` says, by the
    name of a wrong option, what somebody who chose it takes to be true. A question that is answered in
    one's own words has a `rubric` in place of `correct`: `model_answer`, `checks` (each with `name`,
    `title`, and in `says` sentences that meet it) and `must_not_say`.
    """

    question = models.OneToOneField(Question, on_delete=models.CASCADE, related_name="key")
    correct = models.JSONField(default=list)
    explanation = models.TextField()
    misconceptions = models.JSONField(default=dict, blank=True)
    rubric = models.JSONField(default=dict, blank=True)

    def __str__(self) -> str:
        return f"key of question {self.question_id}"


class SampleAnswer(models.Model):
    """An answer on the bench of a question answered in one's own words, and how it has to be graded.

    `met` holds the names of the checks that it meets; `breaks` says that it contains what must not be said.
    Read with the key, and as little before handing in.
    """

    question = models.ForeignKey(Question, on_delete=models.CASCADE, related_name="samples")
    position = models.PositiveSmallIntegerField()
    text = models.TextField()
    met = models.JSONField(default=list)
    breaks = models.BooleanField(default=False)

    class Meta:
        ordering = ["question", "position"]
        constraints = [
            models.UniqueConstraint(fields=["question", "position"], name="one_sample_per_position"),
        ]

    def __str__(self) -> str:
        return self.text[:80]
