"""How an answer, or a piece of one, compares with what a good answer says. Pure.

Words of the question are taken out where it matters: whoever repeats the question has said nothing. The
features are counts and ratios, none of them a word, so that what is learnt on one subject holds on another.
"""

from __future__ import annotations

import functools
from collections import Counter
from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from enablement.judges.answer_words import Words, answer_words

Numbers = npt.NDArray[np.float64]
Vector = npt.NDArray[np.float32]

LONGEST_GRAM = 6
# chrF weighs recall this many times as much as precision (Popović 2015).
RECALL_WEIGHT = 2.0
_OPPOSITES = """
open close, connect disconnect, connect separate, positive negative, increase decrease, raise lower,
rise fall, high low, more less, more few, same different, before after, first last, hot cold, hard soft,
hard easy, large small, big small, fast slow, quick slow, above below, inside outside, true false,
always never, on off, gain lose, add remove, heavy light, strong weak, complete incomplete, long short,
many few, all none, start stop, begin end, send receive, forward backward, left right, wet dry, push pull,
expand contract, better worse, cheap expensive, possible impossible, right wrong, allow forbid, old new
"""
OPPOSITES: dict[str, set[str]] = {}
for _pair in _OPPOSITES.replace("\n", " ").split(","):
    _one, _other = (answer_words(word).all[0] for word in _pair.split())
    OPPOSITES.setdefault(_one, set()).add(_other)
    OPPOSITES.setdefault(_other, set()).add(_one)

# Forty more were tried (see docs/grading.md): they fit the questions at hand better, and others worse.
FEATURES = (
    "new_f1", "new_precision", "new_recall", "no_new_recall", "f1", "precision", "recall",
    "known_share", "unknown_words", "question_share", "pairs_f1", "chrf",
    "denial_parity", "opposites", "numbers_missing", "numbers_added",
    "cosine", "cosine_beyond_question",
)  # fmt: skip


def pair_features(
    question: str, reference: str, answer: str, vectors: tuple[Vector, Vector, Vector]
) -> Numbers:
    """Return a number for each of FEATURES. `vectors` are the unit vectors of the three texts, in order."""
    q, r, a = answer_words(question), answer_words(reference), answer_words(answer)
    asked = set(q.content)
    new_a = [word for word in a.content if word not in asked]
    new_r = [word for word in r.content if word not in asked]
    precision, recall, f1 = _overlap(a.content, r.content)
    new_precision, _, new_f1 = _overlap(new_a, new_r)
    said = set(a.content)
    new_recall = sum(word in said for word in new_r) / len(new_r) if new_r else recall
    _, _, pairs_f1 = _overlap(_pairs(a), _pairs(r))
    cosine, beyond = _angles(*vectors)
    known = asked.union(r.content)
    return np.array(
        [
            new_f1, new_precision, new_recall, float(new_recall == 0), f1, precision, recall,
            _share(a.content, known), min(10, sum(word not in known for word in a.content)),
            _share(a.content, asked), pairs_f1, chrf(answer, reference),
            float(a.denials % 2 != r.denials % 2), _opposites(a, r),
            len(r.numbers - a.numbers), len(a.numbers - r.numbers),
            cosine, beyond,
        ]
    )  # fmt: skip


def chrf(text: str, other: str) -> float:
    """Return the F-score over character n-grams, recall weighted (chrF, Popović 2015)."""
    precision = recall = 0.0
    for one, two in zip(_grams(text), _grams(other), strict=True):
        shared = (one & two).total()
        precision += shared / (one.total() or 1) / LONGEST_GRAM
        recall += shared / (two.total() or 1) / LONGEST_GRAM
    weight = RECALL_WEIGHT**2
    both = weight * precision + recall
    return (1 + weight) * precision * recall / both if both else 0.0


@functools.lru_cache(maxsize=10_000)
def _grams(text: str) -> list[Counter[str]]:
    joined = " ".join(answer_words(text).all)
    return [
        Counter(joined[start : start + n] for start in range(len(joined) - n + 1))
        for n in range(1, LONGEST_GRAM + 1)
    ]


def _overlap(one: Sequence[object], two: Sequence[object]) -> tuple[float, float, float]:
    """Precision, recall and F1 of the first list against the second, with repetitions."""
    if not one or not two:
        return 0.0, 0.0, 0.0
    shared = sum((Counter(one) & Counter(two)).values())
    return shared / len(one), shared / len(two), 2 * shared / (len(one) + len(two))


def _pairs(words: Words) -> list[tuple[str, str]]:
    return list(zip(words.all, words.all[1:], strict=False))


def _share(words: Sequence[str], among: set[str]) -> float:
    return sum(word in among for word in words) / len(words) if words else 1.0


def _opposites(answer: Words, reference: Words) -> float:
    """How many words of the reference are missing where the answer has their opposite."""
    said, meant = set(answer.content), set(reference.content)
    return float(sum(bool(OPPOSITES.get(word, set()) & (said - meant)) for word in meant - said))


def _angles(question: Vector, reference: Vector, answer: Vector) -> tuple[float, float]:
    """The cosine of answer and reference, and that of what is left of them without the question."""
    to_question, between = float(answer @ question), float(reference @ question)
    rest_a, rest_r = answer - to_question * question, reference - between * question
    norms = float(np.linalg.norm(rest_a) * np.linalg.norm(rest_r))
    return float(answer @ reference), float(rest_a @ rest_r) / norms if norms > 1e-6 else 0.0
