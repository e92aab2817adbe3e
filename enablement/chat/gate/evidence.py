"""A question and what was found for it, as figures for the gate. Pure.

No figure alone decides, because each is fooled: a far question can share words with a passage, a near one can
ask in the field's own words for a product that nobody wrote about.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from enablement.chat.gate.asks import (
    SIGNS,
    models_in,
    plainly,
    products_in,
    signs_of,
    without_kinds_of_file,
    without_quantities,
)
from enablement.retrieval.search import Hit
from enablement.words import content_words, names_of, stem

Vector = npt.NDArray[np.float32]

# How many of the best hits count as what was found.
DEPTH = 6
# How many known questions of a kind make up its nearness.
NEIGHBOURS = 3
# So many of the nearest passages are taken out of a question's vector; the rest is what it asks beyond them.
TAKEN_OUT = 3


@dataclass(frozen=True, slots=True)
class Nearness:
    """Cosines of a question to questions that are known to be answered (`yes`) and refused (`no`)."""

    yes: float
    no: float
    yes_mean: float
    no_mean: float

    @property
    def figures(self) -> dict[str, float]:
        return {
            "like answered": self.yes,
            "like refused": self.no,
            "rather answered": self.yes - self.no,
            "rather answered, mean": self.yes_mean - self.no_mean,
        }


def words_figures(question: str, hits: Sequence[Hit], contexts: Mapping[int, str]) -> dict[str, float]:
    """Return the figures that need no encoder. `contexts`: by passage id, words that help to find it."""
    best = hits[:DEPTH]
    words = [
        set(content_words(f"{hit.title}. {contexts.get(hit.passage_id, '')}. {hit.text}")) for hit in best
    ]
    known = frozenset().union(*words)
    wanted = list(dict.fromkeys(content_words(without_quantities(plainly(question)))))
    count = max(1, len(wanted))
    names = names_of(without_quantities(without_kinds_of_file(question))) - known
    products = {name for name in products_in(question) if stem(name) not in known}
    return {
        "covered": sum(word in known for word in wanted) / count,
        "covered by one": max((len(has.intersection(wanted)) / count for has in words), default=0.0),
        "unknown names": float(len(names)),
        "share of unknown names": len(names) / count,
        "products": float(len(products)),
        "share of products": len(products) / count,
        "models": float(len(models_in(question))),
        "lexical": max((hit.lexical or 0.0 for hit in hits), default=0.0) / count,
        "length": math.log(count),
        **{sign: float(shown) for sign, shown in signs_of(question).items()},
    }


def meaning_figures(hits: Sequence[Hit], nearness: Nearness) -> dict[str, float]:
    """Return the figures that the encoder's vectors give: how near the passages and known questions are."""
    dense = sorted((hit.dense for hit in hits if hit.dense is not None), reverse=True) or [0.0]
    return {
        "closest": dense[0],
        "closest three": float(np.mean(dense[:3])),
        "closest eight": float(np.mean(dense[:8])),
        **nearness.figures,
    }


def nearness_of(vector: Vector, yes: npt.NDArray[np.float32], no: npt.NDArray[np.float32]) -> Nearness:
    """Compare a question's (d,) unit vector with (n, d) vectors of known questions of either kind."""
    return nearness_among(yes @ vector, no @ vector)


def nearness_among(yes: npt.NDArray[np.float32], no: npt.NDArray[np.float32]) -> Nearness:
    """Return the nearness that the cosines of a question to known questions of either kind show."""
    top_yes, top_no = _top(yes), _top(no)
    return Nearness(float(top_yes[0]), float(top_no[0]), float(top_yes.mean()), float(top_no.mean()))


def beyond(vector: Vector, passages: Sequence[Vector]) -> Vector:
    """Return what a question's (d,) vector holds beside the nearest of the (d,) passage vectors.

    A question about the content leaves little but its manner, whatever the content is about. So what is
    learnt of manners (a price asked for, an error reported) holds for lessons that are not written yet.
    """
    if not passages:
        return vector
    stacked = np.stack(passages)
    nearest = stacked[np.argsort(-(stacked @ vector))[:TAKEN_OUT]]
    basis, _ = np.linalg.qr(nearest.T.astype(np.float64))
    return np.asarray(vector - basis @ (basis.T @ vector), dtype=np.float32)


def _top(cosines: npt.NDArray[np.float32]) -> npt.NDArray[np.float32]:
    return np.asarray(np.sort(cosines)[::-1][:NEIGHBOURS], dtype=np.float32)


WORDS = (
    "covered",
    "covered by one",
    "unknown names",
    "share of unknown names",
    "products",
    "share of products",
    "models",
    "lexical",
    "length",
    *SIGNS,
)
MEANING = ("closest", "closest three", "closest eight", *Nearness(0, 0, 0, 0).figures)
