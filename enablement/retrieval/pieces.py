"""A long text in pieces that the encoder can read whole. Pure.

The encoder reads 256 word pieces and ignores the rest; a long text embedded as one loses badly.
"""

from __future__ import annotations

from enablement.sentences import split_sentences

# 256 word pieces are about 190 English words; terms of a field and numbers take more.
PIECE_WORDS = 150


def split_pieces(text: str, words: int = PIECE_WORDS) -> list[str]:
    """Return `text` in pieces of whole sentences, at most `words` words each where sentences allow it.

    The first line (its title, where it has one) begins every piece, so that none loses its subject.
    A sentence longer than that is cut between words.
    """
    if len(text.split()) <= words:
        return [text] if text.strip() else []
    title, _, body = text.partition("\n")
    if not body.strip() or len(title.split()) > words // 3:
        title, body = "", text
    room = words - len(title.split())
    pieces: list[list[str]] = [[]]
    for sentence in split_sentences(body):
        for part in _parts(sentence.split(), room):
            if pieces[-1] and len(pieces[-1]) + len(part) > room:
                pieces.append([])
            pieces[-1] += part
    return [" ".join([*title.split(), *piece]) for piece in pieces]


def _parts(sentence: list[str], room: int) -> list[list[str]]:
    return [sentence[start : start + room] for start in range(0, len(sentence), room)]
