"""Which way people err: every answer that counts, wherever it was given, in one form."""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models

from enablement.models import Distinction, Lesson, Person
from quizzes.models.attempts import Grade, whose_results
from quizzes.models.coach import CoachTurn
from quizzes.models.practice import PracticeItem
from quizzes.models.questions import Question
from quizzes.models.quizzes import Quiz


class EvidenceSource(models.TextChoices):
    """Where an answer was given. All but the quiz is practice: it is here only while its person shares it."""

    QUIZ = "quiz", "Quiz"
    PRACTICE = "practice", "Practice"
    SLACK = "slack", "Slack"
    COACH = "coach", "Coach"


class EvidenceQuerySet(models.QuerySet["Evidence"]):
    """Evidence, as a person may see it."""

    def visible_to(self, person: Person) -> EvidenceQuerySet:
        """Your own, and that of the people you manage; everybody's, for an admin."""
        return self.filter(whose_results("person", person))


class Evidence(models.Model):
    """One answer's word on what somebody knows: what they chose, against what is true.

    Worked out from a grade, an item of practice or a turn with the coach, and never anything else than that
    (quizzes/evidence says how). `true` and `chosen` are outcomes of `distinction`, or steps of a ladder; both
    are empty for a question that sorts nothing, `chosen` also where it was left open. `question` is the
    version that was asked. `teams` are the ids of the teams the person was in when they answered.
    """

    source = models.CharField(max_length=10, choices=EvidenceSource.choices)
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="evidence")
    teams = ArrayField(models.BigIntegerField(), default=list)
    lesson = models.ForeignKey(Lesson, on_delete=models.CASCADE, related_name="+")
    quiz = models.ForeignKey(Quiz, null=True, on_delete=models.CASCADE, related_name="+")
    topic = models.SlugField(max_length=80, db_index=False)
    question = models.ForeignKey(Question, null=True, on_delete=models.CASCADE, related_name="evidence")
    distinction = models.ForeignKey(Distinction, null=True, on_delete=models.CASCADE, related_name="+")
    true = models.CharField(max_length=80, blank=True)
    chosen = models.CharField(max_length=80, blank=True)
    correct = models.BooleanField()
    answered = models.BooleanField()
    at = models.DateTimeField()
    grade = models.OneToOneField(Grade, null=True, on_delete=models.CASCADE, related_name="as_evidence")
    practice_item = models.OneToOneField(
        PracticeItem, null=True, on_delete=models.CASCADE, related_name="as_evidence"
    )
    coach_turn = models.OneToOneField(
        CoachTurn, null=True, on_delete=models.CASCADE, related_name="as_evidence"
    )

    objects = EvidenceQuerySet.as_manager()

    class Meta:
        ordering = ["-at", "-pk"]
        indexes = [
            models.Index(fields=["person", "-at"], name="evidence_of_a_person"),
            models.Index(fields=["-at", "-id"], name="evidence_by_time"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(
                    source="quiz",
                    grade__isnull=False,
                    practice_item__isnull=True,
                    coach_turn__isnull=True,
                )
                | models.Q(
                    source__in=["practice", "slack"],
                    grade__isnull=True,
                    practice_item__isnull=False,
                    coach_turn__isnull=True,
                )
                | models.Q(
                    source="coach",
                    grade__isnull=True,
                    practice_item__isnull=True,
                    coach_turn__isnull=False,
                ),
                name="evidence_rests_on_one_fact",
            )
        ]

    def __str__(self) -> str:
        return f"{self.get_source_display()}: {self.topic} of {self.person}"
