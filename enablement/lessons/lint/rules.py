"""All checks that need nothing but the lessons themselves. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby

from enablement.lessons import schema
from enablement.lessons.lint.complaints import Complaint
from enablement.lessons.lint.completeness import gaps, starter_gaps
from enablement.lessons.lint.figures import bare_figures, years_of
from enablement.lessons.lint.linking import dead_links, loose_sources, shared_slugs
from enablement.lessons.lint.reading_ease import (
    LESSON_EASE,
    MAX_SENTENCE,
    MIN_WORDS,
    PIECE_EASE,
    long_sentences,
    reading_ease,
    words_of,
)
from enablement.lessons.lint.repetition import repeated_phrasings, repeated_sentences, repeated_statements
from enablement.lessons.lint.texts import Said, readable_texts


def check_lessons(
    lessons: Sequence[schema.LessonItem],
    *,
    others: Sequence[schema.LessonItem] = (),
    starter: bool = False,
) -> list[Complaint]:
    """Return everything to mend in `lessons`, which may link to `others`.

    `starter`: hold them to what the lessons that come with the product must have, too.
    """
    found: list[Complaint] = []
    for lesson in lessons:
        texts = list(readable_texts(lesson))
        years = years_of(lesson)
        found += gaps(lesson)
        found += loose_sources(lesson)
        found += hard_reading(texts)
        found += [complaint for said in texts for complaint in bare_figures(said, years)]
    found += dead_links(lessons, others)
    found += shared_slugs(lessons, others)
    found += repeated_sentences(said for lesson in lessons for said in readable_texts(lesson))
    found += repeated_phrasings(lessons)
    found += repeated_statements(lessons)
    found += starter_gaps(lessons) if starter else ()
    return sorted(found)


def hard_reading(texts: Sequence[Said]) -> Iterator[Complaint]:
    """Complain about long sentences, and about pieces and a lesson that read harder than they may."""
    for said in texts:
        for sentence in long_sentences(said.text):
            message = f"“{sentence[:60]}…” has {len(words_of(sentence))} words; {MAX_SENTENCE} are the most"
            yield Complaint(said.lesson, said.piece, said.field, "reading", message)
    for piece, group in groupby(texts, key=lambda said: said.piece):
        rows = list(group)
        text = _together(rows)
        if len(words_of(text)) >= MIN_WORDS and (ease := reading_ease(text)) < PIECE_EASE:
            message = f"reading ease {ease:.0f}; {PIECE_EASE:.0f} is the least"
            yield Complaint(rows[0].lesson, piece, "", "reading", message)
    if texts and (ease := reading_ease(_together(texts))) < LESSON_EASE:
        message = f"reading ease {ease:.0f}; {LESSON_EASE:.0f} is the least for a lesson"
        yield Complaint(texts[0].lesson, texts[0].piece, "", "reading", message)


def _together(texts: Sequence[Said]) -> str:
    """The whole sentences of `texts`. Titles and other scraps are short and would flatter the figure."""
    return "\n\n".join(said.text for said in texts if said.text.endswith((".", "?", "!", "”", ")")))
