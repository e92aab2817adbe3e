"""Ten thousand cards, indexed as the product indexes; only their vectors are of no text."""

from __future__ import annotations

from random import Random

import numpy as np
from django.conf import settings
from django.db import connection, transaction
from pgvector import HalfVector

from enablement.models import Card, Lesson, Passage, State
from enablement.models.passages import DENSE_DIMENSIONS
from enablement.retrieval.embedding import embedded_hash
from enablement.retrieval.indexing import replace_passages
from enablement.retrieval.lexical import take_turn
from enablement.retrieval.passages import passages_of

FIELDS = ("what_it_is", "what_it_does", "where_it_comes_from", "what_makes_it_distinct")
WORDS_OF_A_FIELD = 25
SOUNDS = [a + b for a in "bdfgklmnprstvz" for b in "aeiou"]
BATCH = 1000


def make_cards(count: int, seed: int = 0) -> Lesson:
    """Make a released lesson of `count` cards with their passages."""
    random = Random(seed)
    words = ["".join(random.choices(SOUNDS, k=3)) for _ in range(20_000)]

    def text() -> str:
        # The commonest words stand in most texts, as in any language.
        picked = (words[int(random.paretovariate(0.4)) % len(words)] for _ in range(WORDS_OF_A_FIELD))
        return " ".join(picked).capitalize() + "."

    lesson = Lesson.objects.create(slug="made-up", title="Made up", state=State.RELEASED, position=99)
    Card.objects.bulk_create(
        (
            Card(
                lesson=lesson,
                slug=f"made-up-{number}",
                title=f"Made up {number}",
                state=State.RELEASED,
                **{field: text() for field in FIELDS},
            )
            for number in range(count)
        ),
        batch_size=BATCH,
    )
    with transaction.atomic():
        take_turn()
        replace_passages(lesson, passages_of(lesson))
    _give_vectors(lesson, seed)
    return lesson


def _give_vectors(lesson: Lesson, seed: int) -> None:
    rng = np.random.default_rng(seed)
    rows = list(Passage.objects.filter(lesson=lesson, dense=None).values_list("pk", "text_hash"))
    for start in range(0, len(rows), BATCH):
        batch = rows[start : start + BATCH]
        vectors = rng.normal(size=(len(batch), DENSE_DIMENSIONS)).astype(np.float32)
        vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
        with connection.cursor() as cursor:
            cursor.execute(
                "UPDATE enablement_passage p SET dense = v.dense::halfvec, embedded_hash = v.made_from "
                "FROM unnest(%s::bigint[], %s::text[], %s::text[]) v(id, dense, made_from) WHERE p.id = v.id",
                [
                    [pk for pk, _ in batch],
                    [HalfVector(vector).to_text() for vector in vectors],
                    [embedded_hash(text_hash, settings.EMBEDDING_MODEL) for _, text_hash in batch],
                ],
            )
