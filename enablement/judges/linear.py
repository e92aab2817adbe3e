"""Many small linear classifiers over the encoder's vectors at once: exact and repeatable. Pure.

Ridge regression on the labels shares one matrix among all classifiers, so forty of them cost as much as
one; Platt's scaling on held-back scores turns a score into a probability (Platt 1999). Least squares on
0/1 labels finds the direction of linear discriminant analysis (Hastie, Tibshirani and Friedman, The
Elements of Statistical Learning, exercise 4.2).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

Vectors = npt.NDArray[np.float32]
Numbers = npt.NDArray[np.float64]
Flags = npt.NDArray[np.bool_]

FOLDS = 5
PLATT_STEPS = 30
# Fewer honest examples of a kind than this say nothing about how sure a classifier may be.
MIN_TESTED = 5


@dataclass(frozen=True, slots=True)
class Regression:
    """Weights (d,) and a bias: probability = 1 / (1 + exp(-(weights · vector + bias)))."""

    weights: Numbers
    bias: float

    def probabilities(self, vectors: Vectors) -> Numbers:
        """Return the probability for each of the (n, d) vectors."""
        return _sigmoid(vectors @ self.weights + self.bias)


@dataclass(frozen=True, slots=True)
class Fitted:
    """The classifiers of k labels, and (n, k) probabilities by fits that did not see the example's group."""

    regressions: list[Regression]
    held_back: Numbers


def fit_all(
    vectors: Vectors,
    labels: Flags,
    groups: Sequence[int],
    *,
    penalty: float,
    honest: Flags | None = None,
    shared_scale: bool = False,
) -> Fitted:
    """Fit k classifiers on (n, d) vectors and (n, k) labels.

    `groups` (n,) keeps examples that belong together out of one another's test. `penalty` is the ridge on the
    weights for each example: it grows with their number, so that few and many are held back alike. `honest`
    (n,) names the examples that the vectors were not made to tell apart: where there are any of both kinds,
    only they decide how sure a classifier may be. `shared_scale` makes one curve for all classifiers.
    Raises ValueError where a label has no example, or nothing but examples.
    """
    positives = labels.sum(axis=0)
    if not ((positives > 0) & (positives < len(labels))).all():
        raise ValueError("examples of both kinds are needed")
    scores = _held_back_scores(vectors, labels, np.asarray(groups) % FOLDS, penalty)
    tested = np.ones(len(labels), dtype=np.bool_) if honest is None else honest
    if shared_scale:
        count = labels.shape[1]
        scales = [_scale(scores.ravel(), labels.ravel(), np.repeat(tested, count))] * count
    else:
        scales = [_scale(scores[:, k], labels[:, k], tested) for k in range(labels.shape[1])]
    slopes, offsets = np.array([s for s, _ in scales]), np.array([o for _, o in scales])
    weights = _ridge(vectors, labels, penalty)
    regressions = [
        Regression(weights[:-1, k] * slopes[k], float(weights[-1, k] * slopes[k] + offsets[k]))
        for k in range(labels.shape[1])
    ]
    return Fitted(regressions, _sigmoid(scores * slopes + offsets))


def _held_back_scores(
    vectors: Vectors, labels: Flags, fold: npt.NDArray[np.int64], penalty: float
) -> Numbers:
    scores = np.zeros(labels.shape)
    for number in range(FOLDS):
        test = fold == number
        if test.any() and not test.all():
            weights = _ridge(vectors[~test], labels[~test], penalty)
            scores[test] = _design(vectors[test]) @ weights
    return scores


def _scale(scores: Numbers, labels: Flags, tested: Flags) -> tuple[float, float]:
    few = min(int(labels[tested].sum()), int((~labels[tested]).sum())) < MIN_TESTED
    return _platt(scores, labels) if few else _platt(scores[tested], labels[tested])


def _design(vectors: Vectors) -> Numbers:
    return np.hstack([vectors.astype(np.float64), np.ones((len(vectors), 1))])


def _ridge(vectors: Vectors, labels: Flags, penalty: float) -> Numbers:
    """Return (d + 1, k) weights; the last row is the bias, which is not penalised."""
    design = _design(vectors)
    ridge = np.full(design.shape[1], penalty * len(design))
    ridge[-1] = 1e-6
    targets = labels.astype(np.float64)
    return np.asarray(
        np.linalg.solve(design.T @ design + np.diag(ridge), design.T @ targets), dtype=np.float64
    )


def _platt(scores: Numbers, labels: Flags) -> tuple[float, float]:
    """Return slope and offset of the logistic curve through held-back scores, by Newton's method.

    Targets are drawn in from 0 and 1 by Platt's rule, so that few examples make no certainty. Both
    kinds weigh the same: how often a label came up here says nothing about how often people will say it.
    """
    positives = int(labels.sum())
    negatives = len(labels) - positives
    targets = np.where(labels, (positives + 1) / (positives + 2), 1 / (negatives + 2))
    weights = np.where(labels, len(labels) / (2 * positives), len(labels) / (2 * negatives))
    design = np.stack([scores, np.ones_like(scores)], axis=1)
    beta = np.array([1.0, 0.0])
    for _ in range(PLATT_STEPS):
        probability = _sigmoid(design @ beta)
        curvature = weights * np.maximum(probability * (1 - probability), 1e-6)
        hessian = (design * curvature[:, None]).T @ design + 1e-6 * np.eye(2)
        step = np.linalg.solve(hessian, design.T @ (weights * (probability - targets)))
        beta -= np.clip(step, -5, 5)
        if float(np.abs(step).max()) < 1e-6:
            break
    return float(beta[0]), float(beta[1])


def _sigmoid(logits: Numbers) -> Numbers:
    return np.asarray(1 / (1 + np.exp(-np.clip(logits, -35, 35))))
