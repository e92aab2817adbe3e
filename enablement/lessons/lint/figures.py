"""Figures and years in a text, and whether a source stands behind them. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from enablement.lessons import schema
from enablement.lessons.lint.complaints import Complaint
from enablement.lessons.lint.texts import Said

_YEAR = re.compile(r"\b(?:19|20)\d\d\b(?!s)")
_NUMBER = re.compile(
    r"\b\d[\d.,]*\s*(?:%|per cent|billion|million|thousand|times)|\bper cent\b"
    r"|\b(?:one|two|three|four|five|nine) (?:in|out of) (?:four|five|six|ten|twenty|a hundred)\b",
    re.IGNORECASE,
)
# Invented cases and lines to say carry figures that claim nothing about the world.
_ILLUSTRATES = frozenset({"example", "help", "dont_say", "say", "next_question"})


def bare_figures(said: Said, years: Mapping[str, int | None]) -> Iterator[Complaint]:
    """Complain about a year that no source of the text is from, and about a figure without any source.

    `years` gives the year of each source by slug.
    """
    if _ILLUSTRATES & set(said.field.split(".")):
        return
    dated = {years.get(slug) for slug in said.sources}
    for year in sorted(set(_YEAR.findall(said.text))):
        if int(year) not in dated:
            yield _complaint(said, f"the year {year} stands here and no source of that year is named")
    if not said.sources and (figure := _NUMBER.search(said.text)):
        yield _complaint(said, f"“{figure.group()}” is a figure without a source")


def years_of(lesson: schema.LessonItem) -> dict[str, int | None]:
    """Return the year of every source of `lesson`."""
    return {source.slug: source.year for source in lesson.sources}


def _complaint(said: Said, message: str) -> Complaint:
    return Complaint(said.lesson, said.piece, said.field, "figures", message)
