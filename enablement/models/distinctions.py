"""What reps must tell apart, and the order of operations that follows from it."""

from __future__ import annotations

from django.db import models

from enablement.models.cards import Card
from enablement.models.lessons import LessonPart, Source


class Distinction(LessonPart):
    """A difference that reps must hear in what a buyer says."""

    kind = "distinction"

    title = models.CharField(max_length=300)
    question = models.TextField(help_text="The question the distinction answers.")
    unsure_question = models.TextField(help_text="What to ask a buyer when the sorting is not sure.")

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return f"/distinctions/{self.slug}/"


class Signal(models.Model):
    """One independent sign in a statement: there or not there."""

    distinction = models.ForeignKey(Distinction, on_delete=models.CASCADE, related_name="signals")
    name = models.SlugField(max_length=80)
    position = models.PositiveIntegerField(default=0)
    title = models.CharField(max_length=300)
    description = models.TextField()
    question = models.TextField()

    class Meta:
        ordering = ["distinction", "position"]
        constraints = [models.UniqueConstraint(fields=["distinction", "name"], name="one_signal_per_name")]

    def __str__(self) -> str:
        return self.title


class Outcome(models.Model):
    """What a statement comes to when exactly these signals are present."""

    distinction = models.ForeignKey(Distinction, on_delete=models.CASCADE, related_name="outcomes")
    name = models.SlugField(max_length=80)
    position = models.PositiveIntegerField(default=0)
    title = models.CharField(max_length=300)
    signals = models.ManyToManyField(Signal, blank=True, related_name="outcomes")
    meaning = models.TextField()
    remedy = models.TextField()
    next_question = models.TextField()
    say = models.TextField()
    dont_say = models.TextField(blank=True)
    cards = models.ManyToManyField(Card, blank=True, related_name="outcomes")

    class Meta:
        ordering = ["distinction", "position"]
        constraints = [models.UniqueConstraint(fields=["distinction", "name"], name="one_outcome_per_name")]

    def __str__(self) -> str:
        return self.title


class Statement(models.Model):
    """Something a buyer might say, with the outcome it belongs to."""

    distinction = models.ForeignKey(Distinction, on_delete=models.CASCADE, related_name="statements")
    outcome = models.ForeignKey(Outcome, on_delete=models.CASCADE, related_name="statements")
    text = models.TextField()
    why = models.TextField(blank=True)

    def __str__(self) -> str:
        return self.text


class Ladder(LessonPart):
    """The order of operations: the cheapest step that is enough comes first."""

    kind = "ladder"

    title = models.CharField(max_length=300)
    summary = models.TextField(blank=True)

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return f"/ladders/{self.slug}/"


class LadderStep(models.Model):
    """One step of a ladder."""

    ladder = models.ForeignKey(Ladder, on_delete=models.CASCADE, related_name="steps")
    slug = models.SlugField(max_length=80)
    position = models.PositiveIntegerField(default=0)
    title = models.CharField(max_length=300)
    text = models.TextField()
    cost = models.TextField()
    stop_when = models.TextField()
    card = models.ForeignKey(Card, null=True, blank=True, on_delete=models.SET_NULL, related_name="steps")
    sources = models.ManyToManyField(Source, blank=True, related_name="steps")

    class Meta:
        ordering = ["ladder", "position"]
        constraints = [models.UniqueConstraint(fields=["ladder", "slug"], name="one_step_per_slug")]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return f"{self.ladder.get_absolute_url()}#{self.slug}"


class DecisionQuestion(models.Model):
    """A yes/no question that walks a ladder. Each way leads to another question or ends at a step."""

    ladder = models.ForeignKey(Ladder, on_delete=models.CASCADE, related_name="questions")
    slug = models.SlugField(max_length=80)
    position = models.PositiveIntegerField(default=0)
    text = models.TextField()
    help = models.TextField(blank=True)
    yes_question = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.SET_NULL, related_name="reached_by_yes"
    )
    yes_step = models.ForeignKey(
        LadderStep, null=True, blank=True, on_delete=models.SET_NULL, related_name="reached_by_yes"
    )
    yes_text = models.TextField(blank=True)
    no_question = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.SET_NULL, related_name="reached_by_no"
    )
    no_step = models.ForeignKey(
        LadderStep, null=True, blank=True, on_delete=models.SET_NULL, related_name="reached_by_no"
    )
    no_text = models.TextField(blank=True)
    sources = models.ManyToManyField(Source, blank=True, related_name="decision_questions")

    class Meta:
        ordering = ["ladder", "position"]
        constraints = [models.UniqueConstraint(fields=["ladder", "slug"], name="one_question_per_slug")]

    def __str__(self) -> str:
        return self.text
