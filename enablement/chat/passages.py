"""What an answer needs of passages beside the hits: the words they are found by, and the vectors."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from enablement.judges.encoder import EncoderUnavailable, Vectors, encode
from enablement.models import Passage
from enablement.retrieval.search import Hit
from enablement.words import spell_out


@dataclass(frozen=True, slots=True)
class About:
    """By passage id: the words that help to find a passage and are never quoted, and its (d,) unit vector."""

    contexts: Mapping[int, str]
    vectors: Mapping[int, Vectors]

    def vectors_of(self, hits: Sequence[Hit]) -> list[Vectors]:
        """Return the vectors of those hits that have one."""
        return [self.vectors[hit.passage_id] for hit in hits if hit.passage_id in self.vectors]


def about(hits: Sequence[Hit]) -> About:
    """Look up what is known about the passages of `hits`."""
    rows = Passage.objects.filter(pk__in=[hit.passage_id for hit in hits])
    found = list(rows.values_list("pk", "context", "dense"))
    vectors = {pk: np.asarray(dense, dtype=np.float32) for pk, _, dense in found if dense is not None}
    return About({pk: context for pk, context, _ in found}, vectors)


def vectors_of(texts: Sequence[str]) -> Sequence[Vectors] | None:
    """Return the (d,) unit vectors of texts, None while the encoder is away."""
    try:
        return list(encode([spell_out(text) for text in texts]))
    except EncoderUnavailable:
        return None


def question_vector(question: str) -> Vectors | None:
    """Return the (d,) unit vector of a question, None while the encoder is away."""
    try:
        vector: Vectors = encode([spell_out(question)])[0]
    except EncoderUnavailable:
        return None
    return vector
