"""What is embedded and cited, and the vocabulary it is weighed by."""

from __future__ import annotations

from django.db import models
from pgvector.django import HalfVectorField, SparseVectorField

from enablement.models.lessons import Lesson, State
from enablement.models.people import Person

DENSE_DIMENSIONS = 384
LEXICAL_DIMENSIONS = 1_000_000


class PassageQuerySet(models.QuerySet["Passage"]):
    """Passages, as a person may see them."""

    def visible_to(self, person: Person) -> PassageQuerySet:
        """Passages of released pieces of the lessons you may see, for every role: drafts are not answers."""
        return self.filter(lesson__in=Lesson.objects.visible_to(person).filter(state=State.RELEASED))


class Passage(models.Model):
    """A text of one field of one piece of content, with its two vectors.

    `key` names the field it came from (`card:fine-tuning:what_it_is:0`). `dense` is the embedding
    (384 half-precision numbers, unit length), `lexical` the BM25 weights by lexeme id. Both are empty
    until the passage has been indexed; `text_hash` says which text they belong to.
    """

    lesson = models.ForeignKey(Lesson, on_delete=models.CASCADE, related_name="passages")
    key = models.CharField(max_length=255, unique=True)
    kind = models.CharField(max_length=20)
    slug = models.SlugField(max_length=80)
    field = models.CharField(max_length=200)
    title = models.CharField(max_length=400)
    url = models.CharField(max_length=300)
    text = models.TextField(help_text="What may be quoted.")
    context = models.TextField(blank=True, help_text="Helps to find the passage; is never quoted.")
    text_hash = models.CharField(max_length=64)
    embedded_hash = models.CharField(max_length=64, blank=True)
    dense = HalfVectorField(dimensions=DENSE_DIMENSIONS, null=True)
    lexical = SparseVectorField(dimensions=LEXICAL_DIMENSIONS, null=True)

    objects = PassageQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["kind", "slug"])]

    def __str__(self) -> str:
        return self.key


class Lexeme(models.Model):
    """A word stem of PostgreSQL's `english` configuration, and how many passages hold it."""

    word = models.TextField(unique=True)
    passages = models.PositiveIntegerField(default=0)

    def __str__(self) -> str:
        return self.word


class Collection(models.Model):
    """One row: how many passages are indexed and their mean length in lexemes (BM25 needs both)."""

    passages = models.PositiveIntegerField(default=0)
    mean_length = models.FloatField(default=0.0)

    def __str__(self) -> str:
        return f"{self.passages} passages"
