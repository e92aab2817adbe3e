"""Attempts, the answers in them, and their grades."""

from __future__ import annotations

import uuid
from datetime import datetime

from django.db import models
from django.db.models.functions import Now
from django.urls import reverse
from django.utils import timezone

from enablement.models import Membership, Person, Team
from quizzes.deadlines import GRACE, MOST_EXTENSIONS, OPEN_FOR, deadline_of, is_over
from quizzes.models.questions import AnswerKey, Question
from quizzes.models.quizzes import Quiz


def latest_deadline() -> datetime:
    """When an attempt ends that begins now without a time limit."""
    return deadline_of(timezone.now(), None)


class AttemptState(models.TextChoices):
    """How far an attempt has come. The second is final."""

    OPEN = "open", "In progress"
    SUBMITTED = "submitted", "Handed in"


def per_cent(score: float | None) -> int | None:
    """A score in whole per cent."""
    return None if score is None else round(score * 100)


def whose_results(field: str, person: Person) -> models.Q:
    """Rows whose `field` is a person whose results `person` may read: themselves, and who they manage."""
    if person.is_admin:
        return models.Q()
    if not person.is_active:
        return models.Q(pk__in=[])
    members = Membership.objects.filter(
        team__in=Team.objects.managed_by(person).values("pk"), person__is_active=True
    )
    return models.Q(**{field: person.pk}) | models.Q(**{f"{field}__in": members.values("person")})


class AttemptQuerySet(models.QuerySet["Attempt"]):
    """Attempts, as a person may see them."""

    def visible_to(self, person: Person) -> AttemptQuerySet:
        """Your own, and those of the members of teams you manage; all of them, for an admin."""
        return self.filter(whose_results("person", person))

    def of(self, person: Person) -> AttemptQuerySet:
        """Your own only: nobody answers for somebody else."""
        return self.filter(person=person)

    def open(self) -> AttemptQuerySet:
        return self.filter(state=AttemptState.OPEN)

    def running(self) -> AttemptQuerySet:
        """Open, and still to be answered: one whose time is over may wait a long while for its grade."""
        return self.open().filter(deadline__gte=Now() - GRACE)

    def submitted(self) -> AttemptQuerySet:
        return self.filter(state=AttemptState.SUBMITTED)

    def with_objections(self) -> AttemptQuerySet:
        """Each with `objections_open`, `objections_accepted` and `objections_declined`, counted."""
        states = ("open", "accepted", "declined")
        state = "answers__appeals__state"
        return self.annotate(
            **{
                f"objections_{name}": models.Count("answers__appeals", filter=models.Q(**{state: name}))
                for name in states
            }
        )


class Attempt(models.Model):
    """One go at a quiz by one person.

    `score` is the mean of the grades given so far, from 0 to 1; None where there is none yet. `waiting` is
    how many of its answers still wait for a grade. A retake of what was missed in `retake_of` counts the
    `carried` answers that were right there as right. `extensions` is how often its person added to its time.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="attempts")
    quiz = models.ForeignKey(Quiz, on_delete=models.PROTECT, related_name="attempts")
    number = models.PositiveIntegerField()
    state = models.CharField(max_length=10, choices=AttemptState.choices, default=AttemptState.OPEN)
    started_at = models.DateTimeField(default=timezone.now)
    deadline = models.DateTimeField(default=latest_deadline)
    submitted_at = models.DateTimeField(null=True, blank=True)
    score = models.FloatField(null=True, blank=True)
    waiting = models.PositiveSmallIntegerField(default=0)
    retake_of = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.SET_NULL, related_name="retakes"
    )
    carried = models.PositiveSmallIntegerField(default=0)
    extensions = models.PositiveSmallIntegerField(default=0, db_default=0)

    objects = AttemptQuerySet.as_manager()

    class Meta:
        ordering = ["-started_at"]
        indexes = [
            models.Index(fields=["deadline"], name="open_by_deadline", condition=models.Q(state="open"))
        ]
        constraints = [
            models.UniqueConstraint(fields=["person", "quiz", "number"], name="one_attempt_per_number"),
            models.UniqueConstraint(
                fields=["person", "quiz"], condition=models.Q(state="open"), name="one_open_attempt"
            ),
            models.CheckConstraint(
                condition=models.Q(state="open", submitted_at__isnull=True, score__isnull=True, waiting=0)
                | models.Q(
                    # Without the third, an empty score would pass: a check holds where it is unknown.
                    state="submitted",
                    submitted_at__isnull=False,
                    score__isnull=False,
                    score__gte=0.0,
                    score__lte=1.0,
                )
                | models.Q(state="submitted", submitted_at__isnull=False, score__isnull=True, waiting__gt=0),
                name="a_score_comes_with_handing_in",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.quiz}, attempt {self.number}"

    def get_absolute_url(self) -> str:
        return reverse("attempt-detail", args=[self.pk])

    @property
    def label(self) -> str:
        return f"Attempt {self.number}"

    @property
    def is_open(self) -> bool:
        return self.state == AttemptState.OPEN

    @property
    def is_timed(self) -> bool:
        """Whether it ends before the two weeks that every attempt has."""
        return self.deadline < self.started_at + OPEN_FOR

    @property
    def minutes(self) -> int | None:
        """How long it lasts as it stands, rounded; None where it has the two weeks of every attempt."""
        return round((self.deadline - self.started_at).total_seconds() / 60) if self.is_timed else None

    @property
    def can_be_extended(self) -> bool:
        """Whether its person may add to its time, while there is some left."""
        return self.is_timed and not self.quiz.strict_time and self.extensions < MOST_EXTENSIONS

    @property
    def ran_out(self) -> bool:
        """Whether it was closed because its time was over, and graded from what had been saved."""
        return self.submitted_at is not None and is_over(self.deadline, self.submitted_at)

    @property
    def per_cent(self) -> int | None:
        """The score in whole per cent. One that just missed the pass mark is not shown as reaching it."""
        rounded = per_cent(self.score)
        if rounded is None or self.is_passed or self.waiting:
            return rounded
        return min(rounded, self.quiz.pass_mark - 1)

    @property
    def is_passed(self) -> bool:
        """Whether every grade is in and the score reaches the pass mark."""
        # The mean of twelve grades is off by a rounding error now and then.
        reached = self.score is not None and self.score * 100 + 1e-9 >= self.quiz.pass_mark
        return reached and not self.waiting


class AnswerQuerySet(models.QuerySet["Answer"]):
    """Answers, as a person may see them."""

    def visible_to(self, person: Person) -> AnswerQuerySet:
        return self.filter(whose_results("attempt__person", person))


class Answer(models.Model):
    """The place of one question in an attempt, and what was answered there.

    Made with the attempt, so it pins the question's version, its place and the order its options are shown
    in. `response` stays empty until something is saved; `client_seq` numbers the saves, the highest wins.
    """

    attempt = models.ForeignKey(Attempt, on_delete=models.CASCADE, related_name="answers")
    question = models.ForeignKey(Question, on_delete=models.PROTECT, related_name="answers")
    position = models.PositiveSmallIntegerField()
    option_order = models.JSONField(default=list)
    response = models.JSONField(null=True, blank=True)
    client_seq = models.BigIntegerField(default=0)
    saved_at = models.DateTimeField(null=True, blank=True)

    objects = AnswerQuerySet.as_manager()

    class Meta:
        ordering = ["attempt", "position"]
        constraints = [
            models.UniqueConstraint(fields=["attempt", "question"], name="one_answer_per_question"),
            models.UniqueConstraint(fields=["attempt", "position"], name="one_answer_per_place"),
        ]

    def __str__(self) -> str:
        return f"answer {self.position + 1} of attempt {self.attempt_id}"

    @property
    def is_given(self) -> bool:
        return self.question.rules.is_given(self.response, self.option_order)


class GradeQuerySet(models.QuerySet["Grade"]):
    """Grades, as a person may see them."""

    def visible_to(self, person: Person) -> GradeQuerySet:
        return self.filter(whose_results("answer__attempt__person", person))


class Grade(models.Model):
    """How an answer came out. `chosen` and `true` are outcomes of a sorted statement (which way it errs).

    `key_of` is the version whose key it was graded by, where that is another than the one that was asked.
    """

    answer = models.OneToOneField(Answer, on_delete=models.CASCADE, related_name="grade")
    score = models.FloatField()
    correct = models.BooleanField()
    answered = models.BooleanField()
    checks = models.JSONField(default=list)
    chosen = models.CharField(max_length=80, blank=True)
    true = models.CharField(max_length=80, blank=True)
    graded_at = models.DateTimeField()
    judge = models.CharField(max_length=60)
    key_of = models.ForeignKey(Question, null=True, blank=True, on_delete=models.PROTECT, related_name="+")

    objects = GradeQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(score__gte=0.0, score__lte=1.0), name="grade_score_from_0_to_1"
            ),
        ]

    def __str__(self) -> str:
        return f"{'right' if self.correct else 'wrong'}: {self.answer}"

    @property
    def key(self) -> AnswerKey:
        """The key that it was graded by."""
        return (self.key_of or self.answer.question).key
