"""The same line twice: sentences, and phrasings that would teach the checker both ways. Pure."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator

from enablement.lessons import schema
from enablement.lessons.lint.complaints import Complaint
from enablement.lessons.lint.texts import Said
from enablement.sentences import split_sentences

MIN_WORDS = 6
_NOT_WORDS = re.compile(r"\W+")


def repeated_sentences(texts: Iterable[Said]) -> Iterator[Complaint]:
    """Complain about a sentence of at least MIN_WORDS words that stands in two places."""
    first: dict[str, Said] = {}
    for said in texts:
        for sentence in split_sentences(said.text):
            key = _same(sentence)
            if len(key.split()) < MIN_WORDS:
                continue
            before = first.setdefault(key, said)
            if before is not said:
                message = f"“{sentence}” stands in {before.piece} {before.field} already"
                yield Complaint(said.lesson, said.piece, said.field, "repetition", message)


def repeated_phrasings(lessons: Iterable[schema.LessonItem]) -> Iterator[Complaint]:
    """Complain about a phrasing that is given twice, above all once as breaking and once as fine."""
    places: dict[str, list[tuple[str, str, str]]] = defaultdict(list)
    for lesson in lessons:
        for entry in lesson.guide_entries:
            for side in ("breaks", "fine"):
                for text in getattr(entry, side):
                    places[_same(text)].append((lesson.slug, f"guide_entry:{entry.slug}", side))
    for text, found in places.items():
        for lesson_slug, piece, side in found[1:]:
            message = f"“{text}” is a phrasing of {found[0][1]} ({found[0][2]}) already"
            yield Complaint(lesson_slug, piece, side, "repetition", message)


def repeated_statements(lessons: Iterable[schema.LessonItem]) -> Iterator[Complaint]:
    """Complain about a statement that a distinction has twice."""
    for lesson in lessons:
        for distinction in lesson.distinctions:
            seen: set[str] = set()
            for statement in distinction.statements:
                if (key := _same(statement.text)) in seen:
                    message = f"the statement “{statement.text}” is given twice"
                    piece = f"distinction:{distinction.slug}"
                    yield Complaint(lesson.slug, piece, "statements", "repetition", message)
                seen.add(key)


def _same(text: str) -> str:
    return _NOT_WORDS.sub(" ", text.casefold()).strip()
