"""Sentences of a document about a point that is written down as disputed.

Likeness tells the point and not the side: which side a sentence takes is left to the editor.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from enablement.judges.encoder import encode
from enablement.lessons.reading import Reading
from enablement.models import Disagreement, State
from enablement.sentences import sentence_spans
from enablement.words import content_words

# Mean cosine of a sentence with the best position and with the point itself (all-MiniLM-L6-v2), for
# sentences that share a word with the point. Of four articles on one subject the sentences that state a
# recorded dispute stand at 0.52 to 0.77, and next to nothing else above.
SAME_DISPUTE = 0.5
# Two sentences of a document for each dispute are enough to judge by.
SENTENCES_SHOWN = 2

Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Stance:
    """A sentence about a dispute."""

    disagreement: str
    span: Span
    likeness: float


def stances_of(read: Reading) -> Iterator[Stance]:
    """Yield the sentences about each known dispute, the likest first. Raises EncoderUnavailable."""
    points = list(Disagreement.objects.filter(state=State.RELEASED).prefetch_related("positions", "cards"))
    spans = _statements(read)
    if not points or not spans:
        return
    sentences = [read.text[slice(*span)] for span in spans]
    vectors = encode(sentences)
    stems = [frozenset(content_words(sentence)) for sentence in sentences]
    for point in points:
        about = f"{point.title} {point.point}"
        held = encode([about, *(position.stance for position in point.positions.all())])
        likeness = vectors @ held.T
        nearness = (likeness[:, 0] + likeness[:, 1:].max(axis=1, initial=-1.0)) / 2
        telling = _own_words(point)
        best = [int(at) for at in np.argsort(-nearness) if stems[int(at)] & telling]
        for at in best[:SENTENCES_SHOWN]:
            if nearness[at] >= SAME_DISPUTE:
                yield Stance(point.slug, spans[at], round(float(nearness[at]), 3))


def _own_words(point: Disagreement) -> frozenset[str]:
    """The words of a point that are not the names of what it is about."""
    names = {stem for card in point.cards.all() for stem in content_words(card.title)}
    return frozenset(content_words(f"{point.title} {point.point}")) - names


def _statements(read: Reading) -> list[Span]:
    """Where sentences say something: a heading has no full stop, a menu was skipped; a term has a meaning."""
    skipped = [part.span for part in read.skipped]
    found = [span for span in sentence_spans(read.text) if _is_statement(read.text, span, skipped)]
    return [*found, *(draft.span for draft in read.of_kind("term"))]


def _is_statement(text: str, span: Span, skipped: Sequence[Span]) -> bool:
    sentence = text[slice(*span)]
    outside = not any(start < span[1] and span[0] < end for start, end in skipped)
    ends = sentence.endswith((".", ".”", '."'))
    return outside and ends and "|" not in sentence and len(sentence.split()) > 5
