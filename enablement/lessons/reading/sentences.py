"""Small readings of plain prose: sentences, titles, quotes, slugs."""

from __future__ import annotations

import re
import unicodedata

from enablement import sentences
from enablement.lessons.reading.drafts import Span

MAX_TITLE = 140
MAX_SLUG = 80
EMPHASIS = re.compile(r"\*\*|__|(?<!\w)[*_](?=\w)|(?<=[\w.!?:])[*_](?!\w)|`")
QUOTES = {'"': '"', "“": "”", "„": "“", "'": "'", "‘": "’", "«": "»"}
NOT_SLUG = re.compile(r"[^a-z0-9]+")


def clean(source: str) -> str:
    """Return a stretch of the document on one line, without the breaks that only wrap it."""
    return " ".join(line.strip(" \t>") for line in source.split("\n")).strip()


def plain(text: str) -> str:
    """Return text without Markdown emphasis marks."""
    return EMPHASIS.sub("", text).strip()


def sentence_spans(text: str, span: Span) -> list[Span]:
    """Return the spans of the sentences of `text[span]`, whose line breaks only wrap it."""
    return list(sentences.sentence_spans(text, *span, ends=sentences.WRAPPED))


def first_sentence(text: str) -> str:
    """Return the first sentence of a text, or all of it."""
    spans = sentence_spans(text, (0, len(text)))
    return text[slice(*spans[0])] if spans else ""


def title_from(text: str) -> str:
    """Return a one-line title: no emphasis, no full stop, at most 140 characters, cut between words."""
    title = plain(clean(text[: MAX_TITLE * 4])).rstrip(" .:;,")
    if len(title) <= MAX_TITLE:
        return title
    return title[: MAX_TITLE - 1].rpartition(" ")[0].rstrip(" .:;,—–-") + "…"


def unquoted(text: str) -> str:
    """Strip one pair of quotation marks that encloses the whole text."""
    stripped = plain(text)
    close = QUOTES.get(stripped[:1])
    if close and len(stripped) > 1 and stripped.endswith(close) and close not in stripped[1:-1]:
        return stripped[1:-1].strip()
    return stripped


def slug_from(title: str) -> str:
    """Return a slug of at most 80 characters, or "" when the title has no Latin letter or digit."""
    letters = unicodedata.normalize("NFKD", title[:400].replace("’", "").replace("'", ""))
    slug = NOT_SLUG.sub("-", letters.encode("ascii", "ignore").decode().lower()).strip("-")
    return slug if len(slug) <= MAX_SLUG else slug[: MAX_SLUG + 1].rpartition("-")[0] or slug[:MAX_SLUG]
