"""The sentence of a passage that a question is about. Pure."""

from __future__ import annotations

from enablement.sentences import split_sentences
from enablement.words import content_words


def best_sentence(text: str, question: str) -> str:
    """Return the sentence of `text` that shares most content words with `question`; the first of equals."""
    wanted = set(content_words(question))
    sentences = split_sentences(text) or [text]
    return max(sentences, key=lambda sentence: len(wanted.intersection(content_words(sentence))))
