"""Fits that stand in running text: sentences with “if”, and paragraphs on a common mistake."""

from __future__ import annotations

import re

from enablement.lessons.reading.blocks import Block, Kind
from enablement.lessons.reading.page import Page
from enablement.lessons.reading.sentences import clean, sentence_spans, slug_from, title_from
from enablement.lessons.reading.wordings import Role

NEGATION = re.compile(r"\b(?:not|never|no|cannot|nothing|neither|less reliable)\b|n['’]t\b", re.I)
CONDITION = re.compile(r"(?:if|when|where)\b[^,]{3,200},", re.I)
MISTAKE = re.compile(
    r"(?:the|a|one|another) (?:most |very )?(?:common|frequent|usual) (?:mistake|misconception|error|myth)\b",
    re.I,
)
PROMISE = r"\s+(?:to|can|will|for|on|adds?|teach(?:es)?|fix(?:es)?)\b"
MAX_TEXT = 4_000


def speaks_of(role: Role, text: str) -> bool:
    """Return whether a paragraph under such a heading says it itself. What does not help needs a negation."""
    return role is not Role.DOES_NOT_HELP or NEGATION.search(text[:MAX_TEXT]) is not None


def find_if_sentences(page: Page, block: Block, card: str) -> None:
    """Record a fit for each sentence that begins with its condition.

    The paragraph is not taken: what stands between such sentences would be lost, so it stays a passage too.
    """
    for span in sentence_spans(page.text, block.text_span):
        text = clean(page.text[slice(*span)])
        condition = CONDITION.match(text)
        if condition is None:
            continue
        title = title_from(condition.group())
        item = {"slug": slug_from(title), "card": card, "kind": Role.FITS.value, "title": title, "text": text}
        title_span = (span[0], min(span[0] + condition.end(), span[1]))
        page.keep("fit", item, {"title": title_span, "text": span}, [], span=span)


def find_mistakes(page: Page) -> None:
    """Record as “does not help” each paragraph on the common mistake of using a method for something."""
    for block in page.free(page.outline.blocks):
        if block.kind is not Kind.PARAGRAPH or not MISTAKE.match(block.text):
            continue
        first = sentence_spans(page.text, block.text_span)[0]
        sentence = clean(page.text[slice(*first)])
        promised = (s for s in page.subjects.known if re.search(s.pattern.pattern + PROMISE, sentence, re.I))
        subject = next(promised, None)
        if subject is None:
            continue
        title = title_from(sentence)
        item = {
            "slug": slug_from(title),
            "card": subject.slug,
            "kind": Role.DOES_NOT_HELP.value,
            "title": title,
            "text": block.text,
        }
        page.keep("fit", item, {"title": first, "text": block.text_span}, [block])
