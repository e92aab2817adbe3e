"""The methods that a document is about, and which of them a phrase speaks of.

“Fine-tuning”, “fine tuning” and “fine-tune” are one subject. What a document is about is told by its card
sections, by a title such as “Prompting vs Fine-Tuning” and by headings such as “When prompting is enough”.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from enablement.lessons.reading.outline import Outline, Section
from enablement.lessons.reading.roles import FIT_ROLES, announced
from enablement.lessons.reading.sentences import plain, slug_from
from enablement.lessons.reading.wordings import Role

MAX_SUBJECTS = 16
MAX_WORDS = 4
VERSUS = re.compile(r"\s+(?:vs\.?|versus|or|and)\s+", re.I)
LEAD_IN = re.compile(r"^(?:.*[—–|:]\s+)?(?:the |a |an |your )?", re.I)
ARTICLE = re.compile(r"^(?:the|a|an|your|our|to use)\s+", re.I)


@dataclass(frozen=True, slots=True)
class Subject:
    """`slug` is its card's slug; `is_card` says whether the document has that card."""

    slug: str
    title: str
    pattern: re.Pattern[str]
    is_card: bool


@dataclass(frozen=True, slots=True)
class Subjects:
    """The subjects of one document, cards first."""

    known: tuple[Subject, ...]

    def named(self, text: str) -> str:
        """Return the slug of a phrase that is just a subject's name, or ""."""
        for subject in self.known:
            match = subject.pattern.match(text.strip())
            if match and match.end() == len(text.strip()):
                return subject.slug
        return ""

    def first_in(self, text: str) -> str:
        """Return the slug of the subject that is mentioned first in the beginning of a text, or ""."""
        found = [(match.start(), s.slug) for s in self.known if (match := s.pattern.search(text[:400]))]
        return min(found)[1] if found else ""

    def opening(self, text: str) -> str:
        """Return the slug of the subject that a paragraph begins with, or ""."""
        lead = re.match(r"(?:with|for|using|in)\s+", text[:20], re.I)
        beginning = plain(text[:120])[lead.end() if lead else 0 :]
        return next((s.slug for s in self.known if s.pattern.match(beginning)), "")


def find_subjects(outline: Outline, cards: list[Section]) -> Subjects:
    """Collect the subjects of a document; `cards` are the sections that read as cards."""
    found: dict[str, Subject] = {}
    for section in cards:
        _add(found, section.title, is_card=True)
    for name in _versus(outline.title):
        _add(found, name, is_card=False)
    for section in outline.sections:
        told = announced(section.title) if section.title else None
        if told and told.subject and told.role in (*FIT_ROLES, Role.STEPS):
            _add(found, told.subject, is_card=False)
    return Subjects(tuple(found.values()))


def _versus(title: str) -> list[str]:
    """The two sides of “Day 3 — A vs B: when to use each”. An “and” alone does not oppose."""
    if not re.search(r"\b(?:vs\.?|versus|or)\s", title, re.I):
        return []
    before = re.split(r":\s|\?", title)
    side = next((part for part in before if re.search(r"\b(?:vs\.?|versus|or)\s", part, re.I)), title)
    return [LEAD_IN.sub("", name.strip()) for name in VERSUS.split(side)]


def _add(found: dict[str, Subject], name: str, *, is_card: bool) -> None:
    name = ARTICLE.sub("", plain(name)).strip(" .?:")
    slug = slug_from(name)
    if slug and slug not in found and len(name.split()) <= MAX_WORDS and len(found) < MAX_SUBJECTS:
        found[slug] = Subject(slug, name, _pattern(name), is_card)


def _pattern(name: str) -> re.Pattern[str]:
    """Match a name in any form: hyphen, blank or nothing between words; -ing, -e, -ed, -es, plural."""
    words = [re.escape(word) for word in re.split(r"[\s-]+", name) if word]
    last = words[-1]
    stem = last[:-3] if last.lower().endswith("ing") and len(last) > 5 else last
    ending = r"(?:ing|e|ed|es|s)?" if stem != last else r"s?"
    return re.compile(r"(?<!\w)" + r"[\s-]?".join([*words[:-1], stem]) + ending + r"(?!\w)", re.I)


def mentioned(subjects: Subjects, texts: list[str]) -> str:
    """Return the subject of the first of several texts that mentions one, or ""."""
    return next((slug for text in texts if (slug := subjects.first_in(text))), "")
