"""Keep the stored passages equal to the released content, touching only what changed."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from django.conf import settings
from django.db import transaction

from enablement.judges.encoder import PATIENCE, encode
from enablement.models import Lesson, Passage, State
from enablement.retrieval.lexical import refresh_lexical_index, take_turn
from enablement.retrieval.passages import PassageText, passages_of

BATCH = 64
COLUMNS = ("key", "kind", "slug", "field", "title", "url", "text", "context")


@dataclass(frozen=True, slots=True)
class Indexed:
    """How many passages were written, removed and embedded."""

    written: int
    removed: int
    embedded: int


def index_lesson(lesson: Lesson) -> Indexed:
    """Bring the passages of `lesson` up to date and embed the new ones. Raises EncoderUnavailable.

    What has been written stays written when the encoder is away: such passages are found by their words
    until the next run embeds them.
    """
    with transaction.atomic():
        take_turn()
        # Nobody changes the lesson while it is read, so that what is indexed was once released together.
        lesson = Lesson.objects.select_for_update().get(pk=lesson.pk)
        wanted = passages_of(lesson) if lesson.state == State.RELEASED else []
        written = _store(lesson, wanted)
        gone = Passage.objects.filter(lesson=lesson).exclude(key__in=[text.key for text in wanted])
        removed, _ = gone.delete()
        if written or removed:
            refresh_lexical_index()
    return Indexed(written, removed, embed_passages(lesson))


def embed_passages(lesson: Lesson) -> int:
    """Embed the passages of `lesson` whose vector is missing or of another text or encoder. Return how many.

    Raises EncoderUnavailable.
    """
    passages = [
        passage for passage in Passage.objects.filter(lesson=lesson).order_by("pk") if _is_stale(passage)
    ]
    # A vector of another encoder is near to the wrong questions: until there is a new one, words must do.
    stale = Passage.objects.filter(pk__in=[passage.pk for passage in passages])
    stale.exclude(dense=None).update(dense=None)
    for start in range(0, len(passages), BATCH):
        batch = passages[start : start + BATCH]
        vectors = encode([embedded_text(passage) for passage in batch], patience=PATIENCE)
        for passage, vector in zip(batch, vectors, strict=True):
            passage.dense, passage.embedded_hash = np.asarray(vector), embedded_hash(passage.text_hash)
        Passage.objects.bulk_update(batch, ["dense", "embedded_hash"])
    return len(passages)


def stale_lessons() -> list[Lesson]:
    """Return the lessons with passages to embed: new text, or vectors of an encoder that is no longer set."""
    rows = Passage.objects.values_list("lesson", "text_hash", "embedded_hash")
    return list(
        Lesson.objects.filter(pk__in={lesson for lesson, text, kept in rows if kept != embedded_hash(text)})
    )


def embedded_hash(text_hash: str) -> str:
    """Return what a passage's vector depends on, as one SHA-256: its text, and the encoder's name."""
    return hashlib.sha256(f"{settings.EMBEDDING_MODEL}\x00{text_hash}".encode()).hexdigest()


def _is_stale(passage: Passage) -> bool:
    return passage.dense is None or passage.embedded_hash != embedded_hash(passage.text_hash)


def embedded_text(passage: Passage) -> str:
    """What the encoder reads of a passage: its title path, what helps to find it, and its text."""
    return ". ".join(part for part in (passage.title, passage.context, passage.text) if part)


def _store(lesson: Lesson, wanted: Sequence[PassageText]) -> int:
    """Write the passages that are new or changed. Return how many were written."""
    stored = dict(
        Passage.objects.filter(key__in=[text.key for text in wanted]).values_list("key", "text_hash")
    )
    changed = [text for text in wanted if stored.get(text.key) != text.hash]
    Passage.objects.bulk_create(
        (
            Passage(
                lesson=lesson,
                text_hash=text.hash,
                dense=None,
                **{name: getattr(text, name) for name in COLUMNS},
            )
            for text in changed
        ),
        update_conflicts=True,
        unique_fields=["key"],
        update_fields=["lesson", "text_hash", "dense", *COLUMNS],
    )
    return len(changed)
