"""Keep the stored passages equal to the released content, touching only what changed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.db import transaction

from enablement.models import Lesson, Passage, State
from enablement.retrieval.embedding import embed_passages
from enablement.retrieval.lexical import count_in, count_out, take_turn
from enablement.retrieval.passages import PassageText, passages_of

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
        written, removed = replace_passages(lesson, wanted)
    return Indexed(written, removed, embed_passages(lesson))


def replace_passages(lesson: Lesson, wanted: Sequence[PassageText]) -> tuple[int, int]:
    """Make the stored passages of `lesson` those of `wanted`; return how many were written and removed.

    The caller has the turn. What is as it was is not touched.
    """
    keys = [text.key for text in wanted]
    rows = Passage.objects.filter(key__in=keys).values_list("key", "pk", "text_hash")
    stored = {key: (pk, text_hash) for key, pk, text_hash in rows}
    changed = [text for text in wanted if stored.get(text.key, (0, ""))[1] != text.hash]
    gone = set(Passage.objects.filter(lesson=lesson).exclude(key__in=keys).values_list("pk", flat=True))
    if not changed and not gone:
        return 0, 0
    count_out([*gone, *(stored[text.key][0] for text in changed if text.key in stored)])
    Passage.objects.filter(pk__in=gone).delete()
    _write(lesson, changed)
    new = Passage.objects.filter(key__in=[text.key for text in changed]).values_list("pk", flat=True)
    count_in(list(new))
    return len(changed), len(gone)


def _write(lesson: Lesson, texts: Sequence[PassageText]) -> None:
    """Write passages. Their vectors are forgotten: they are of another text."""
    Passage.objects.bulk_create(
        (
            Passage(
                lesson=lesson,
                text_hash=text.hash,
                **{name: getattr(text, name) for name in COLUMNS},
            )
            for text in texts
        ),
        batch_size=1000,
        update_conflicts=True,
        unique_fields=["key"],
        update_fields=["lesson", "text_hash", "dense", "next_dense", "lexical", *COLUMNS],
    )
