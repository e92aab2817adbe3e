"""How easily a text reads: Flesch's reading ease, and the length of sentences. Pure.

Reading ease = 206.835 - 1.015 * words per sentence - 84.6 * syllables per word (R. Flesch, A new readability
yardstick, Journal of Applied Psychology 32, 1948). He calls 60 to 70 standard and 50 to 60 fairly difficult.
Terms such as “fine-tuning” cannot be avoided here, so a piece may go down to 50 and a whole lesson to 60.
Below MIN_WORDS the figure says little. Plain-language guides ask for sentences of up to 25 words;
MAX_SENTENCE leaves room for lists.
"""

from __future__ import annotations

import re

from enablement.sentences import split_sentences

PIECE_EASE = 50.0
LESSON_EASE = 60.0
MIN_WORDS = 20
MAX_SENTENCE = 35

_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*|\d[\d.,]*")
_VOWELS = re.compile(r"[aeiouy]+")
# Endings that are written and not spoken: -e, -es and -ed, except where they need a vowel (tables, wanted).
_SILENT = re.compile(r"(?:[^aeiouyl]e|[^aeiouylsxzgc]es|[^aeiouytd]ed)$")


def count_syllables(word: str) -> int:
    """Return about how many syllables an English word has; a number counts as one."""
    word = word.lower().replace("’s", "").replace("'s", "")
    vowels = len(_VOWELS.findall(word))
    return max(1, vowels - (1 if vowels > 1 and _SILENT.search(word) else 0))


def words_of(text: str) -> list[str]:
    """Return the words and numbers of `text`; the parts of a hyphenated word each count."""
    return _WORD.findall(text)


def reading_ease(text: str) -> float:
    """Return Flesch's reading ease: about 100 for very easy, under 30 for very hard. 100 without words."""
    words = words_of(text)
    if not words:
        return 100.0
    sentences = max(1, len(split_sentences(text)))
    syllables = sum(map(count_syllables, words))
    return 206.835 - 1.015 * len(words) / sentences - 84.6 * syllables / len(words)


def long_sentences(text: str) -> list[str]:
    """Return the sentences of `text` with more than MAX_SENTENCE words."""
    return [sentence for sentence in split_sentences(text) if len(words_of(sentence)) > MAX_SENTENCE]
