"""Quizzes, and which questions are in them."""

from __future__ import annotations

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.urls import reverse

from enablement.models import Lesson, Person, State
from quizzes.drawing import DrawRule
from quizzes.models.questions import Question


class Release(models.TextChoices):
    """When somebody who handed in sees the right answers and the feedback."""

    AT_ONCE = "at_once", "As soon as it is handed in"
    ONCE_PASSED = "once_passed", "Once they have passed"
    NEVER = "never", "Never: the score only"


class Retakes(models.TextChoices):
    """How somebody may try a quiz again."""

    ANY = "any", "As often as they like, drawn afresh"
    MISSED = "missed", "Only what they missed, with other questions of its kind"
    NONE = "none", "Not at all: one attempt counts"


class QuizQuerySet(models.QuerySet["Quiz"]):
    """Quizzes, as a person may see them."""

    def released(self) -> QuizQuerySet:
        return self.filter(state=State.RELEASED)

    def for_all(self) -> QuizQuerySet:
        """Without those put together for one person."""
        return self.filter(personal=False)

    def visible_to(self, person: Person) -> QuizQuerySet:
        """Released quizzes of the lessons you may see; all of those lessons' quizzes, for an editor.

        Of personal ones, only your own.
        """
        own = models.Q(set_of__person=person) | models.Q(recheck_of__person=person)
        quizzes = self.filter(models.Q(personal=False) | own, lesson__in=Lesson.objects.visible_to(person))
        return quizzes if person.is_editor else quizzes.released()


class Quiz(models.Model):
    """A set of questions over a lesson. `draws` is how many of them an attempt shows; empty means all.

    `time_limit` is in minutes; without one an attempt stays open for two weeks. Whoever takes the quiz may
    add to it, unless the time is `strict_time`, part of what the quiz asks. `rules` say how many
    questions are drawn of which topic and difficulty (`count`, `topic`, `difficulty`); then `draws` fills up.
    A `personal` one was put together for one person, whom its coaching note names.
    """

    lesson = models.ForeignKey(Lesson, on_delete=models.CASCADE, related_name="quizzes")
    slug = models.SlugField(max_length=80, unique=True)
    title = models.CharField(max_length=300)
    intro = models.TextField(blank=True)
    pass_mark = models.PositiveSmallIntegerField(
        default=80, validators=[MaxValueValidator(100)], help_text="Per cent of the questions, 0 to 100."
    )
    draws = models.PositiveSmallIntegerField(
        null=True, blank=True, validators=[MinValueValidator(1)], help_text="Questions in one attempt."
    )
    time_limit = models.PositiveSmallIntegerField(
        null=True, blank=True, validators=[MinValueValidator(1)], help_text="Minutes for one attempt."
    )
    strict_time = models.BooleanField(
        default=False, db_default=False, help_text="Ticked: the time is part of what the quiz asks."
    )
    from_bank = models.BooleanField(
        default=False, help_text="Ticked: draw from all questions of the lesson, not from the list below."
    )
    rules = models.JSONField(default=list, blank=True)
    release = models.CharField(max_length=12, choices=Release.choices, default=Release.AT_ONCE)
    retakes = models.CharField(max_length=10, choices=Retakes.choices, default=Retakes.ANY)
    shuffles = models.BooleanField(
        default=True, help_text="Ticked: each attempt has its own order of questions and options."
    )
    state = models.CharField(max_length=10, choices=State.choices, default=State.DRAFT)
    personal = models.BooleanField(default=False, editable=False)
    questions = models.ManyToManyField(Question, through="QuizQuestion", related_name="quizzes")
    content_hash = models.CharField(max_length=64, blank=True, editable=False)
    updated_at = models.DateTimeField(auto_now=True)

    objects = QuizQuerySet.as_manager()

    class Meta:
        verbose_name_plural = "quizzes"
        ordering = ["lesson__position", "title"]
        constraints = [
            models.CheckConstraint(condition=models.Q(pass_mark__lte=100), name="pass_mark_is_per_cent"),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("quiz-detail", args=[self.slug])

    @property
    def draw_rules(self) -> list[DrawRule]:
        return [DrawRule(**rule) for rule in self.rules]


class QuizQuestion(models.Model):
    """That a quiz asks a question, and where in its list."""

    quiz = models.ForeignKey(Quiz, on_delete=models.CASCADE, related_name="places")
    question = models.ForeignKey(Question, on_delete=models.CASCADE, related_name="places")
    order = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ["quiz", "order"]
        constraints = [models.UniqueConstraint(fields=["quiz", "question"], name="one_place_per_question")]

    def __str__(self) -> str:
        return f"{self.question} in {self.quiz}"
