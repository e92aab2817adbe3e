"""What must hold of the knowledge base: its index, its follow-up work, its conversations."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import Final

from django.conf import settings
from django.db import connection
from django.utils import timezone

from enablement import outbox
from enablement.models import Lesson, Passage, State, Turn, TurnState, Work
from enablement.retrieval.asking import serving_encoder
from enablement.retrieval.embedding import embedded_hash
from enablement.retrieval.passages import passages_of
from enablement.store.invariants import Invariant

# Work is sent at once, or by the sweeper within seconds; a release re-embeds in about a minute.
WORK_WAITS_AT_MOST: Final = timedelta(minutes=5)
# A model may talk for 60 seconds; a turn that is still open after this was abandoned and not closed.
TURN_OPEN_AT_MOST: Final = timedelta(minutes=10)


def passages_unlike_their_content() -> Iterator[str]:
    """Passages that the released content does not have, has with another text, or has and the index lacks.

    A lesson whose index is still to be made (its work waits) is left out: that is late, not wrong.
    """
    late = set(
        Work.objects.filter(name="index_lesson", finished_at=None).values_list("arguments__lesson", flat=True)
    )
    for lesson in Lesson.objects.exclude(pk__in=late).order_by("slug"):
        wanted = passages_of(lesson) if lesson.state == State.RELEASED else []
        hashes = {text.key: text.hash for text in wanted}
        stored = dict(Passage.objects.filter(lesson=lesson).values_list("key", "text_hash"))
        for key in sorted(hashes.keys() | stored.keys()):
            if hashes.get(key) != stored.get(key):
                yield f"{lesson.slug}: {key}"


def vectors_of_another_text() -> Iterator[str]:
    """Vectors that were not made from the passage's present text by the encoder that serves."""
    encoder = serving_encoder()
    rows = Passage.objects.exclude(dense=None).values_list("key", "text_hash", "embedded_hash")
    for key, text_hash, made_from in rows.order_by("key").iterator():
        if made_from != embedded_hash(text_hash, encoder):
            yield key


def words_counted_wrongly() -> Iterator[str]:
    """Lexemes whose number of passages is not what a recount gives; BM25 weighs by it."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT coalesce(l.word, c.lexeme) FROM enablement_lexeme l FULL JOIN ("
            "  SELECT w.lexeme, count(*) AS n FROM enablement_passage p, unnest(p.words) w GROUP BY w.lexeme"
            ") c ON c.lexeme = l.word WHERE coalesce(l.passages, 0) <> coalesce(c.n, 0) ORDER BY 1"
        )
        yield from (word for (word,) in cursor.fetchall())


def passages_without_weights() -> Iterator[str]:
    """Passages with words that the search by words cannot find."""
    lost = Passage.objects.filter(lexical=None).extra(where=["words <> ''"])
    yield from lost.order_by("key").values_list("key", flat=True)


def work_that_waits() -> Iterator[str]:
    """Follow-up work that nobody took up in time and that was not given up either."""
    since = timezone.now() - WORK_WAITS_AT_MOST
    for work in Work.objects.filter(finished_at=None, tries__lt=outbox.MAX_TRIES, created_at__lt=since):
        yield f"{work.name} since {work.created_at:%Y-%m-%d %H:%M} UTC"


def turns_left_open() -> Iterator[str]:
    """Answers that still count as being written although nobody can be writing them."""
    since = timezone.now() - TURN_OPEN_AT_MOST
    for turn in Turn.objects.filter(state=TurnState.STREAMING, asked_at__lt=since):
        yield f"turn {turn.pk} since {turn.asked_at:%Y-%m-%d %H:%M} UTC"


def dimensions_of_another_encoder() -> Iterator[str]:
    """The index is of an encoder that the settings do not name, and nothing is under way to change that."""
    serving = serving_encoder()
    waiting = Work.objects.filter(name="index_lesson", finished_at=None).exists()
    if Passage.objects.exists() and serving != settings.EMBEDDING_MODEL and not waiting:
        yield f"{serving} serves, EMBEDDING_MODEL is {settings.EMBEDDING_MODEL}"


INVARIANTS: Final = (
    Invariant("passages", "The index holds exactly the released content.", passages_unlike_their_content),
    Invariant(
        "vectors",
        "Every vector was made from its passage's present text, by the encoder that serves.",
        vectors_of_another_text,
    ),
    Invariant(
        "encoder", "The encoder that serves is the one in the settings.", dimensions_of_another_encoder
    ),
    Invariant("lexemes", "The words are counted right.", words_counted_wrongly),
    Invariant("weights", "Every passage can be found by its words.", passages_without_weights),
    Invariant("outbox", "No follow-up work waits longer than five minutes.", work_that_waits),
    Invariant("turns", "No answer is left half-written.", turns_left_open),
)
