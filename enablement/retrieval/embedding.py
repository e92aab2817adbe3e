"""Vectors of passages. The encoder that serves is replaced only when the next one has embedded everything.

A vector of one encoder is near to the wrong questions of another, so the two never stand in one column: while
an encoder takes over, its vectors wait beside the old ones, which serve; then all change places at once.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from contextlib import suppress

from django.conf import settings
from django.db import connection, transaction
from django.db.models import F, Q, QuerySet
from pgvector import HalfVector

from enablement.judges.encoder import PATIENCE, EncoderUnavailable, encode
from enablement.models import Collection, Lesson, Passage
from enablement.retrieval.asking import serving_encoder
from enablement.retrieval.lexical import take_turn

BATCH = 64
# Columns of the vector and of what it was made from: of the encoder that serves, and of the next.
SERVING, NEXT = ("dense", "embedded_hash"), ("next_dense", "next_hash")

_WRITE = """
UPDATE enablement_passage p SET {vector} = v.vector::halfvec, {made_from} = v.made_from
FROM unnest(%s::bigint[], %s::text[], %s::text[], %s::text[]) v(id, text_hash, vector, made_from)
WHERE p.id = v.id AND p.text_hash = v.text_hash
"""


def embed_passages(lesson: Lesson) -> int:
    """Embed the passages of `lesson` whose vector is missing or of another text or encoder. Return how many.

    Raises EncoderUnavailable. What is done by then stays, and the next run goes on from there.
    """
    passages, wanted = Passage.objects.filter(lesson=lesson), settings.EMBEDDING_MODEL
    if not Passage.objects.exclude(dense=None).exists():
        Collection.objects.update(encoder=wanted)
    serving = serving_encoder()
    if serving == wanted:
        Passage.objects.exclude(next_hash="").update(next_dense=None, next_hash="")
        return _embed(stale_ids(passages, wanted, SERVING), wanted, SERVING)
    # What changes meanwhile is found by its words where the old encoder no longer runs.
    with suppress(EncoderUnavailable):
        _embed(stale_ids(passages.filter(dense=None), serving, SERVING), serving, SERVING)
    embedded = _embed(stale_ids(passages, wanted, NEXT), wanted, NEXT)
    _take_over(wanted)
    return embedded


def stale_lessons() -> list[Lesson]:
    """Return the lessons with passages to embed: new text, or vectors of an encoder that is no longer set."""
    wanted = settings.EMBEDDING_MODEL
    rows = Passage.objects.values_list("lesson", "text_hash", "embedded_hash")
    stale = {lesson for lesson, text, kept in rows if kept != embedded_hash(text, wanted)}
    return list(Lesson.objects.filter(pk__in=stale))


def embedded_hash(text_hash: str, encoder: str) -> str:
    """Return what a passage's vector depends on, as one SHA-256: its text, and the encoder's name."""
    return hashlib.sha256(f"{encoder}\x00{text_hash}".encode()).hexdigest()


def embedded_text(passage: Passage) -> str:
    """What the encoder reads of a passage: its title path, what helps to find it, and its text."""
    return ". ".join(part for part in (passage.title, passage.context, passage.text) if part)


def stale_ids(passages: QuerySet[Passage], encoder: str, columns: tuple[str, str]) -> list[int]:
    """Return the ids of `passages` that have no vector by `encoder` of their present text."""
    vector, made_from = columns
    rows = (
        passages.order_by("pk")
        .annotate(is_missing=Q(**{f"{vector}__isnull": True}))
        .values_list("pk", "text_hash", made_from, "is_missing")
    )
    return [pk for pk, text, kept, is_missing in rows if is_missing or kept != embedded_hash(text, encoder)]


def _embed(ids: Sequence[int], encoder: str, columns: tuple[str, str]) -> int:
    sql = _WRITE.format(vector=columns[0], made_from=columns[1])
    for start in range(0, len(ids), BATCH):
        batch = list(
            Passage.objects.filter(pk__in=ids[start : start + BATCH]).only(
                "title", "context", "text", "text_hash"
            )
        )
        vectors = encode([embedded_text(passage) for passage in batch], model=encoder, patience=PATIENCE)
        with connection.cursor() as cursor:
            cursor.execute(
                sql,
                [
                    [passage.pk for passage in batch],
                    [passage.text_hash for passage in batch],
                    [HalfVector(vector).to_text() for vector in vectors],
                    [embedded_hash(passage.text_hash, encoder) for passage in batch],
                ],
            )
    return len(ids)


@transaction.atomic
def _take_over(encoder: str) -> None:
    """Let the vectors of `encoder` serve, all at once, if there is one for every passage."""
    take_turn()
    if stale_ids(Passage.objects.all(), encoder, NEXT):
        return
    Passage.objects.update(dense=F("next_dense"), embedded_hash=F("next_hash"), next_dense=None, next_hash="")
    Collection.objects.update(encoder=encoder)
