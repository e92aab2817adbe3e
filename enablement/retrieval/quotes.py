"""The sentence of a passage that a question is about. Pure."""

from __future__ import annotations

import re

from enablement.retrieval.sentences import split_sentences

_WORD = re.compile(r"[a-z0-9]+")
_STOP_WORDS = """
a an and are as at be but by can do does for from has have how i if in is it its of on or our so that the
their them then there they this to us was we what when where which who why will with would you your
"""
_STOP = frozenset(_STOP_WORDS.split())


def content_words(text: str) -> set[str]:
    """Return the words of `text` that carry meaning, in lower case, with a plural s taken off."""
    words = {word for word in _WORD.findall(text.lower()) if word not in _STOP}
    return {
        word[:-1] if len(word) > 3 and word.endswith("s") and not word.endswith("ss") else word
        for word in words
    }


def best_sentence(text: str, question: str) -> str:
    """Return the sentence of `text` that shares most content words with `question`; the first of equals."""
    wanted = content_words(question)
    sentences = split_sentences(text) or [text]
    return max(sentences, key=lambda sentence: len(content_words(sentence) & wanted))
