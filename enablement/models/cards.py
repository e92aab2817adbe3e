"""Concept cards, the situations they fit, and comparisons between them."""

from __future__ import annotations

from django.db import models

from enablement.models.lessons import LessonPart, Source


class Card(LessonPart):
    """One concept, in four short fields."""

    kind = "card"

    title = models.CharField(max_length=300)
    summary = models.TextField(blank=True)
    what_it_is = models.TextField()
    what_it_does = models.TextField()
    where_it_comes_from = models.TextField()
    what_makes_it_distinct = models.TextField()
    aliases = models.JSONField(default=list, blank=True)

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return f"/cards/{self.slug}/"


class FitKind(models.TextChoices):
    """What a situation says about a card's method."""

    FITS = "fits", "Fits"
    DOES_NOT_HELP = "does_not_help", "Does not help"
    COSTS = "costs", "What it costs"
    ADVICE = "advice", "Doing it well"


class Fit(LessonPart):
    """A situation on a card: where the method fits, does not help, costs more than it seems, or advice."""

    kind = "fit"

    card = models.ForeignKey(Card, on_delete=models.CASCADE, related_name="fits")
    fit_kind = models.CharField(max_length=15, choices=FitKind.choices)
    title = models.CharField(max_length=300)
    text = models.TextField()
    example = models.TextField(blank=True)

    def __str__(self) -> str:
        return self.title

    @property
    def heading(self) -> str:
        return f"{self.card.title}: {self.title}"

    def get_absolute_url(self) -> str:
        return f"{self.card.get_absolute_url()}#{self.slug}"


class Comparison(LessonPart):
    """Two or more cards side by side."""

    kind = "comparison"

    title = models.CharField(max_length=300)
    summary = models.TextField(blank=True)
    cards = models.ManyToManyField(Card, related_name="comparisons")

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return f"/comparisons/{self.slug}/"


class Trait(models.Model):
    """One row of a comparison: the claim it argues and what it means for each card."""

    comparison = models.ForeignKey(Comparison, on_delete=models.CASCADE, related_name="traits")
    slug = models.SlugField(max_length=80)
    position = models.PositiveIntegerField(default=0)
    title = models.CharField(max_length=300)
    claim = models.TextField()
    explanation = models.TextField(blank=True)
    cells = models.JSONField(default=dict, help_text="Card slug to what the trait means for that card.")
    sources = models.ManyToManyField(Source, blank=True, related_name="traits")

    class Meta:
        ordering = ["comparison", "position"]
        constraints = [models.UniqueConstraint(fields=["comparison", "slug"], name="one_trait_per_slug")]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return f"{self.comparison.get_absolute_url()}#{self.slug}"
