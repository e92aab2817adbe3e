"""Logistic regression over the encoder's vectors: small, exact, repeatable. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

Vectors = npt.NDArray[np.float32]
Numbers = npt.NDArray[np.float64]
Flags = npt.NDArray[np.bool_]

STEPS = 25
TOLERANCE = 1e-6


@dataclass(frozen=True, slots=True)
class Regression:
    """Weights (d,) and a bias."""

    weights: Numbers
    bias: float

    def probabilities(self, vectors: Vectors) -> Numbers:
        """Return the probability for each of the (n, d) vectors."""
        return _sigmoid(vectors @ self.weights + self.bias)


def fit(vectors: Vectors, labels: Flags, *, penalty: float, balance: bool = True) -> Regression:
    """Fit by Newton's method with an L2 penalty on the weights (not on the bias).

    `vectors` is (n, d), `labels` is (n,). The loss is the mean over examples, weighted so that both labels
    count the same where `balance` is set, plus penalty / 2n times the squared weights (Hastie, Tibshirani
    and Friedman, The Elements of Statistical Learning, 4.4). Raises ValueError where one label is missing.
    """
    n, d = vectors.shape
    positives = int(labels.sum())
    if not 0 < positives < n:
        raise ValueError("examples of both kinds are needed")
    design = np.hstack([vectors.astype(np.float64), np.ones((n, 1))])
    target = labels.astype(np.float64)
    per_example = np.where(labels, n / (2 * positives), n / (2 * (n - positives))) if balance else np.ones(n)
    ridge = np.full(d + 1, penalty)
    ridge[-1] = 1e-6
    beta = np.zeros(d + 1)
    for _ in range(STEPS):
        probability = _sigmoid(design @ beta)
        gradient = design.T @ (per_example * (probability - target)) + ridge * beta
        curvature = per_example * probability * (1 - probability)
        hessian = (design * curvature[:, None]).T @ design + np.diag(ridge)
        step = np.linalg.solve(hessian, gradient)
        beta -= step
        if float(np.abs(step).max()) < TOLERANCE:
            break
    return Regression(beta[:-1], float(beta[-1]))


def held_back(
    vectors: Vectors, labels: Flags, groups: Sequence[int], *, penalty: float, folds: int = 5
) -> Numbers:
    """Return for every example the probability by a fit that did not see its group (examples that belong together)."""
    fold = np.asarray(groups) % folds
    probabilities = np.full(len(labels), np.nan)
    for number in range(folds):
        test = fold == number
        if test.any() and 0 < labels[~test].sum() < (~test).sum():
            probabilities[test] = fit(vectors[~test], labels[~test], penalty=penalty).probabilities(
                vectors[test]
            )
    return np.nan_to_num(probabilities, nan=0.5)


def _sigmoid(logits: Numbers) -> Numbers:
    return np.asarray(1 / (1 + np.exp(-np.clip(logits, -35, 35))))
