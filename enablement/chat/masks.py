"""People's names, addresses and Slack names leave here as placeholders, and come back in the answer. Pure.

A model needs to know that there is somebody, and not who. The same words get the same placeholder throughout
a call; a placeholder that the model did not get from us stays what it is.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

# A name of one or two letters is a word of any language; it is taken out within a full name only.
SHORTEST: Final = 3
_ADDRESS: Final = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
_SLACK: Final = re.compile(r"<?@?\b[UWT](?=[A-Z]*[0-9])[A-Z0-9]{8,14}\b(?:\|[^>\n]*>|>)?")
_WORD: Final = re.compile(r"\w+")
_PLACEHOLDER: Final = re.compile(r"\b(?:PERSON|MAIL|SLACK)_[0-9]+\b")
# How a piece of an answer may end in the middle of a placeholder.
_BEGUN: Final = re.compile(r"[A-Z]{1,6}(?:_[0-9]*)?$")


def _plain(name: str) -> str:
    """A name with one form of each letter, and the apostrophe of a keyboard."""
    return unicodedata.normalize("NFC", name).replace("’", "'")


@dataclass(frozen=True, slots=True)
class Names:
    """What people are called: full names and single words, each by its first word in small letters.

    Names of several words are found however they are written; single words only as names are (“Max”, “MAX”),
    so that “max” and “will” stay words.
    """

    by_first_word: Mapping[str, Sequence[str]] = field(default_factory=dict)

    @classmethod
    def of(cls, names: Iterable[str]) -> Names:
        found: dict[str, list[str]] = {}
        for name in {_plain(" ".join(name.split())) for name in names}:
            if len(name) >= SHORTEST and (first := _WORD.match(name)):
                found.setdefault(first[0].lower(), []).append(name)
        return cls({first: sorted(same, key=len, reverse=True) for first, same in found.items()})


class Masks:
    """The placeholders of one call."""

    def __init__(self, names: Names, taken: Iterable[str] = ()) -> None:
        self._names, self._taken = names, set(taken)
        self._placeholders: dict[str, str] = {}
        self._words: dict[str, str] = {}
        self._begun = ""

    @classmethod
    def over(cls, messages: Sequence[Mapping[str, str]], names: Names) -> tuple[Masks, list[dict[str, str]]]:
        """Return the masks of a call, and its messages as they may leave."""
        texts = [message["content"] for message in messages]
        masks = cls(names, (found for text in texts for found in _PLACEHOLDER.findall(text)))
        return masks, [{**message, "content": masks.hide(message["content"])} for message in messages]

    def hide(self, text: str) -> str:
        """Return a text with placeholders for addresses, Slack names and people."""
        text = unicodedata.normalize("NFC", text)
        text = _ADDRESS.sub(lambda found: self._placeholder("MAIL", found[0]), text)
        text = _SLACK.sub(lambda found: self._placeholder("SLACK", found[0]), text)
        return self._hide_names(text)

    def show(self, text: str) -> str:
        """Return a text with what stood for its placeholders."""
        return _PLACEHOLDER.sub(lambda found: self._words.get(found[0], found[0]), text)

    def show_piece(self, piece: str) -> str:
        """As `show`, for the next piece of a stream: a placeholder that is cut in two waits for its end."""
        text = self._begun + piece if piece else ""
        if not text:
            return text
        begun = _BEGUN.search(text)
        waits = begun is not None and any(known.startswith(begun[0]) for known in self._words)
        self._begun = begun[0] if begun and waits else ""
        return self.show(text[: len(text) - len(self._begun)])

    def rest(self) -> str:
        """Return what waits for an end that does not come."""
        text, self._begun = self._begun, ""
        return self.show(text)

    def _hide_names(self, text: str) -> str:
        parts, at = [], 0
        for word in _WORD.finditer(text):
            if word.start() < at:
                continue
            name = self._name_at(text, word)
            if name:
                parts += [text[at : word.start()], self._placeholder("PERSON", name)]
                at = word.start() + len(name)
        return "".join([*parts, text[at:]])

    def _name_at(self, text: str, word: re.Match[str]) -> str:
        """The name that begins at a word, as it is written there; empty where none does."""
        for name in self._names.by_first_word.get(word[0].lower(), ()):
            written = text[word.start() : word.start() + len(name)]
            after = text[word.start() + len(name) : word.start() + len(name) + 1]
            if _plain(written).lower() != name.lower() or (after.isalnum() or after == "_"):
                continue
            if " " in name or not name.isalpha() or _plain(written) == name or written[:1].isupper():
                return written
        return ""

    def _placeholder(self, kind: str, words: str) -> str:
        known = self._placeholders.get(words)
        if known is None:
            number = len(self._placeholders) + 1
            while f"{kind}_{number}" in self._taken:
                number += 1
            known = f"{kind}_{number}"
            self._taken.add(known)
            self._placeholders[words], self._words[known] = known, words
        return known
