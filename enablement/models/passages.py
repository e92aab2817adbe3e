"""What is embedded and cited, and the vocabulary it is weighed by."""

from __future__ import annotations

from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVector, SearchVectorField
from django.db import models
from pgvector.django import HalfVectorField, HnswIndex, SparseVectorField

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

    `key` names the field it came from (`card:fine-tuning:what_it_is`). `dense` is the embedding
    (384 half-precision numbers, unit length) by the encoder that serves (Collection.encoder), `lexical` the
    BM25 weights by lexeme id. Both are empty until the passage has been indexed; `text_hash` says which text
    they belong to. While another encoder takes over, its vectors wait in `next_dense` until all are there.
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
    next_hash = models.CharField(max_length=64, blank=True)
    next_dense = HalfVectorField(dimensions=DENSE_DIMENSIONS, null=True)
    lexical = SparseVectorField(dimensions=LEXICAL_DIMENSIONS, null=True)
    words = models.GeneratedField(
        expression=SearchVector("title", "context", "text", config="english"),
        output_field=SearchVectorField(),
        db_persist=True,
    )

    objects = PassageQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(fields=["kind", "slug"]),
            GinIndex(fields=["words"], name="passage_words"),
            HnswIndex(fields=["dense"], name="passage_dense", opclasses=["halfvec_cosine_ops"]),
        ]

    def __str__(self) -> str:
        return self.key


class Lexeme(models.Model):
    """A word stem of PostgreSQL's `english` configuration, and how many passages hold it."""

    word = models.TextField(unique=True)
    passages = models.PositiveIntegerField(default=0)

    def __str__(self) -> str:
        return self.word


class Collection(models.Model):
    """One row about all passages: their number, their lexemes, and the encoder whose vectors serve.

    `mean_length` is the mean number of lexemes that the passages are weighed by; BM25 needs it.
    """

    passages = models.PositiveIntegerField(default=0)
    lexemes = models.PositiveBigIntegerField(default=0)
    mean_length = models.FloatField(default=0.0)
    encoder = models.CharField(max_length=300, blank=True)

    def __str__(self) -> str:
        return f"{self.passages} passages"
