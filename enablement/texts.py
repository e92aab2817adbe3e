"""What people type or paste, made safe to work on."""

from __future__ import annotations

import re
import unicodedata

from enablement.numbers import number

MAX_QUESTION = 2_000
MAX_STATEMENT = 5_000
MAX_DRAFT = 100_000

# Control characters except tab and newline; the zero-width characters that hide words inside words.
_UNSEEN = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u200b\u2060\ufeff\ud800-\udfff]")


class BadText(ValueError):
    """A text that cannot be worked on. The message is one sentence for the person who wrote it."""


def tidy_text(text: str) -> str:
    """Return `text` normalised (NFC, one kind of newline, nothing unseen), without blanks at either end."""
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    return _UNSEEN.sub("", unicodedata.normalize("NFC", text)).strip()


def clean_text(text: str, *, what: str, limit: int) -> str:
    """Return `text` as tidy_text does, once it is worth working on.

    `what` names the text in the message (“question”). Raises BadText when nothing is left to read or when
    it is longer than `limit` characters.
    """
    if len(text) > limit:
        raise BadText(
            f"This {what} has {number(len(text))} characters; the most that fits is {number(limit)}. "
            "Shorten it and try again."
        )
    text = tidy_text(text)
    if not any(character.isalnum() for character in text):
        raise BadText(f"There is no {what} to read yet. Write a few words and try again.")
    return text
