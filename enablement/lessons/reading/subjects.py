"""The methods that a document is about, and which of them a phrase speaks of.

“Fine-tuning”, “fine tuning” and “fine-tune” are one subject. What a document is about is told by its card
sections, by a title such as “Prompting vs Fine-Tuning” and by headings such as “When prompting is enough”.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, replace

from enablement.lessons.reading.naming import ARTICLE, card_name, name_pattern, names_in
from enablement.lessons.reading.outline import Outline, Section
from enablement.lessons.reading.roles import FIT_ROLES, announced
from enablement.lessons.reading.sentences import plain, slug_from
from enablement.lessons.reading.wordings import Role

MAX_SUBJECTS = 16
MAX_WORDS = 4
LEADING = re.compile(r"(?:with|for|using|in)\s+", re.I)
WORD = re.compile(r"[^\W_]+")


@dataclass(frozen=True, slots=True)
class Subject:
    """`slug` is its card's slug; `is_card` says whether the document has that card.

    `words` are those of its title; `own` are the words that no other subject of the document has.
    """

    slug: str
    title: str
    pattern: re.Pattern[str]
    is_card: bool
    words: tuple[str, ...] = ()
    own: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Subjects:
    """The subjects of one document, cards first."""

    known: tuple[Subject, ...]

    @property
    def only_card(self) -> str:
        """The slug of the document's card, if it has just one."""
        cards = [subject.slug for subject in self.known if subject.is_card]
        return cards[0] if len(cards) == 1 else ""

    def named(self, text: str) -> str:
        """Return the slug of a phrase that is just a subject's name, or ""."""
        for subject in self.known:
            match = subject.pattern.match(text.strip())
            if match and match.end() == len(text.strip()):
                return subject.slug
        return self._shortened(text)

    def first_in(self, text: str) -> str:
        """Return the slug of the subject that is mentioned first in the beginning of a text, or ""."""
        found = [(match, s.slug) for s in self.known if (match := s.pattern.search(text[:400]))]
        if found:
            return min(found, key=lambda pair: (pair[0].start(), -pair[0].end()))[1]
        words = text[:400].split()
        runs = (" ".join(words[at : at + size]) for at in range(len(words)) for size in (3, 2, 1))
        return next((slug for run in runs if len(words_of(run)) > 1 and (slug := self._shortened(run))), "")

    def opening(self, text: str) -> str:
        """Return the slug of the subject that a paragraph begins with, or ""."""
        lead = LEADING.match(text[:20])
        beginning = plain(text[:120])[lead.end() if lead else 0 :]
        article = ARTICLE.match(beginning)
        full = beginning[article.end() if article else 0 :]
        whole = next((s.slug for s in self.known if s.pattern.match(full)), "")
        runs = (" ".join(beginning.split()[:size]) for size in (5, 4, 3, 2))
        return whole or next((slug for run in runs if (slug := self._shortened(run))), "")

    def opening_and_rest(self, sentence: str) -> tuple[str, str]:
        """Return the subject whose full name a sentence begins with, and what follows; ("", "") for none."""
        article = ARTICLE.match(sentence)
        start = article.end() if article else 0
        for subject in self.known:
            if match := subject.pattern.match(sentence, start):
                return subject.slug, sentence[match.end() :].lstrip()
        return "", ""

    def _shortened(self, phrase: str) -> str:
        """The subject whose title a phrase shortens: “a qualified one”, “the vault” (of “Credential vault”).

        All the words must be the title's, in its order, and one of them that subject's alone.
        """
        words = words_of(phrase)
        if not words or (len(words) == 1 and len(phrase.split()) == 1 and "-" not in phrase):
            return ""
        slugs = {s.slug for s in self.known if s.own & set(words) and _in_order(words, s.words)}
        return slugs.pop() if len(slugs) == 1 else ""


def find_subjects(outline: Outline, cards: list[Section]) -> Subjects:
    """Collect the subjects of a document; `cards` are the sections that read as cards."""
    found: dict[str, Subject] = {}
    for section in cards:
        _add(found, section.title, is_card=True)
    for title in [outline.title, *(section.title for section in outline.sections)]:
        for name in names_in(title, is_document=title == outline.title):
            _add(found, name, is_card=False)
    titled = Subjects(tuple(_with_own_words(list(found.values()))))
    for section in outline.sections:
        told = announced(section.title) if section.title else None
        if told and told.subject and told.role in (*FIT_ROLES, Role.STEPS) and not titled.named(told.subject):
            _add(found, told.subject, is_card=False)
    return Subjects(tuple(_with_own_words(list(found.values()))))


def words_of(phrase: str) -> list[str]:
    """Return the words of a name in lower case and in the singular, without articles and “one”."""
    words = [word.removesuffix("s") for word in WORD.findall(phrase.lower())]
    return [word for word in words if word not in ("a", "an", "the", "one", "your", "our", "thi")]


def _in_order(words: list[str], title: tuple[str, ...]) -> bool:
    rest = iter(title)
    return all(word in rest for word in words)


def _with_own_words(subjects: list[Subject]) -> list[Subject]:
    named = [replace(subject, words=tuple(words_of(subject.title))) for subject in subjects]
    counts = Counter(word for subject in named for word in set(subject.words))
    own = [frozenset(word for word in subject.words if counts[word] == 1) for subject in named]
    return [replace(subject, own=words) for subject, words in zip(named, own, strict=True)]


def _add(found: dict[str, Subject], name: str, *, is_card: bool) -> None:
    name = card_name(name)
    slug = slug_from(name)
    if slug and slug not in found and len(name.split()) <= MAX_WORDS and len(found) < MAX_SUBJECTS:
        found[slug] = Subject(slug, name, name_pattern(name), is_card)


def mentioned(subjects: Subjects, texts: list[str]) -> str:
    """Return the subject of the first of several texts that mentions one, or ""."""
    return next((slug for text in texts if (slug := subjects.named(text) or subjects.first_in(text))), "")
