"""Coach mode: scenarios, what is right in them, and the runs of people through them."""

from __future__ import annotations

import uuid

from django.db import models
from django.urls import reverse

from enablement.models import Distinction, Lesson, Person
from quizzes.models.attempts import per_cent


class ScenarioQuerySet(models.QuerySet["Scenario"]):
    """Scenarios, as a person may see them."""

    def visible_to(self, person: Person) -> ScenarioQuerySet:
        """Those of lessons you may see that sort by a distinction you may see."""
        return self.filter(
            lesson__in=Lesson.objects.visible_to(person),
            distinction__in=Distinction.objects.visible_to(person),
        )


class Scenario(models.Model):
    """A buyer's situation, as it is told. What is right stands in its script, a table of its own."""

    lesson = models.ForeignKey(Lesson, on_delete=models.CASCADE, related_name="scenarios")
    distinction = models.ForeignKey(Distinction, on_delete=models.CASCADE, related_name="scenarios")
    slug = models.SlugField(max_length=80, unique=True)
    title = models.CharField(max_length=300)
    topic = models.SlugField(max_length=80)
    buyer = models.CharField(max_length=300)
    situation = models.TextField()
    says = models.TextField()
    turns = models.PositiveSmallIntegerField()
    position = models.PositiveSmallIntegerField(default=0)
    content_hash = models.CharField(max_length=64, editable=False)

    objects = ScenarioQuerySet.as_manager()

    class Meta:
        ordering = ["lesson__position", "position"]

    def __str__(self) -> str:
        return self.title


class ScenarioScript(models.Model):
    """What is right in a scenario, and how the buyer goes on. Read when a turn is judged.

    `outcome` names an outcome of the distinction; `turns` are as in coaching.yaml: points, good, then.
    """

    scenario = models.OneToOneField(Scenario, on_delete=models.CASCADE, related_name="script")
    outcome = models.SlugField(max_length=80)
    turns = models.JSONField()

    def __str__(self) -> str:
        return f"script of {self.scenario_id}"


class CoachRunQuerySet(models.QuerySet["CoachRun"]):
    """Runs: nobody's but one's own."""

    def visible_to(self, person: Person) -> CoachRunQuerySet:
        return self.filter(person=person)


class CoachRun(models.Model):
    """One person's way through a scenario, pinned to the script as it was. Nobody's but their own."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="coach_runs")
    scenario = models.ForeignKey(Scenario, on_delete=models.CASCADE, related_name="runs")
    outcome = models.SlugField(max_length=80)
    turns = models.JSONField()
    started_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)
    score = models.FloatField(null=True, blank=True)

    objects = CoachRunQuerySet.as_manager()

    class Meta:
        ordering = ["-started_at"]

    def __str__(self) -> str:
        return f"{self.scenario} by {self.person}"

    def get_absolute_url(self) -> str:
        return reverse("coach-run", args=[self.pk])

    @property
    def per_cent(self) -> int | None:
        return per_cent(self.score)


class CoachTurn(models.Model):
    """One turn: what the rep said, how it was judged, and what the buyer said to it.

    `checks`, `findings` and `evidence` are kept as they were shown. `engine` is what worded the buyer's
    reply: `script`, or the model's name.
    """

    run = models.ForeignKey(CoachRun, on_delete=models.CASCADE, related_name="said")
    number = models.PositiveSmallIntegerField()
    chosen = models.CharField(max_length=80, blank=True)
    text = models.TextField()
    checks = models.JSONField(default=list)
    findings = models.JSONField(default=list)
    evidence = models.JSONField(default=list)
    score = models.FloatField()
    reply = models.TextField()
    engine = models.CharField(max_length=100, default="script")
    said_at = models.DateTimeField()

    class Meta:
        ordering = ["run", "number"]
        constraints = [
            models.UniqueConstraint(fields=["run", "number"], name="one_turn_per_number"),
            models.CheckConstraint(
                condition=models.Q(score__gte=0.0, score__lte=1.0), name="turn_score_from_0_to_1"
            ),
        ]

    def __str__(self) -> str:
        return f"turn {self.number + 1} of {self.run_id}"
