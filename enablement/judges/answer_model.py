"""The small model behind the check of an answer: weights over FEATURES, fitted on several ways at once. Pure.

An answer is right when one of its pieces says one of the things that a good answer says. So every answer is
a bag of pairs (piece, thing to say) with one label, and its probability is that of its best pair
(multiple-instance learning; Dietterich et al. 1997). The fit goes back and forth: choose each bag's best
pair, fit a logistic regression on these, choose anew.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

Numbers = npt.NDArray[np.float64]
Flags = npt.NDArray[np.bool_]

ROUNDS = 4
NEWTON_STEPS = 25
# The ridge on standardised weights, as a share of the number of examples: the one that carries furthest to a
# module of questions left out whole.
PENALTY = 0.03
FOLDS = 5
FIRST_GUESS = 0  # the column of FEATURES that chooses a bag's first best pair: new_f1


@dataclass(frozen=True, slots=True)
class AnswerModel:
    """probability = 1 / (1 + exp(-((features - centre) / spread · weights + bias)))."""

    centre: Numbers
    spread: Numbers
    weights: Numbers
    bias: float

    def probabilities(self, features: Numbers) -> Numbers:
        """Return (n,) probabilities for (n, d) features."""
        # Far outside of what was seen a straight line says nothing: values are held within five spreads.
        standard = np.clip((features - self.centre) / self.spread, -5, 5)
        return _sigmoid(standard @ self.weights + self.bias)


def fit_bags(bags: Sequence[Numbers], labels: Flags) -> AnswerModel:
    """Fit on n bags of (k, d) features each, with (n,) labels."""
    chosen = np.array([bag[int(np.argmax(bag[:, FIRST_GUESS]))] for bag in bags])
    for _ in range(ROUNDS):
        model = _fit(chosen, labels)
        chosen = np.array([bag[int(np.argmax(model.probabilities(bag)))] for bag in bags])
    return _fit(chosen, labels)


def bag_probabilities(model: AnswerModel, bags: Sequence[Numbers]) -> Numbers:
    """Return (n,) probabilities, each that of the bag's best pair."""
    found = model.probabilities(np.vstack(bags))
    ends = np.cumsum([len(bag) for bag in bags])[:-1]
    return np.array([part.max() for part in np.split(found, ends)])


def held_out(bags: Sequence[Numbers], labels: Flags, groups: Sequence[int]) -> Numbers:
    """Return (n,) probabilities by models that saw no bag of the same group (the same question)."""
    fold = np.asarray(groups) % FOLDS
    found = np.zeros(len(bags))
    for number in range(FOLDS):
        train, test = np.flatnonzero(fold != number).tolist(), np.flatnonzero(fold == number).tolist()
        model = fit_bags([bags[i] for i in train], labels[train])
        found[test] = bag_probabilities(model, [bags[i] for i in test])
    return found


def _fit(features: Numbers, labels: Flags) -> AnswerModel:
    """Logistic regression by Newton's method."""
    centre, spread = features.mean(axis=0), features.std(axis=0)
    spread[spread < 1e-9] = 1.0
    design = np.hstack([np.clip((features - centre) / spread, -5, 5), np.ones((len(features), 1))])
    ridge = np.full(design.shape[1], PENALTY * len(features))
    ridge[-1] = 1e-6
    beta = np.zeros(design.shape[1])
    for _ in range(NEWTON_STEPS):
        probability = _sigmoid(design @ beta)
        gradient = design.T @ (probability - labels) + ridge * beta
        curvature = np.maximum(probability * (1 - probability), 1e-6)
        step = np.linalg.solve((design * curvature[:, None]).T @ design + np.diag(ridge), gradient)
        beta -= step
        if float(np.abs(step).max()) < 1e-6:
            break
    return AnswerModel(centre, spread, beta[:-1], float(beta[-1]))


def _sigmoid(logits: Numbers) -> Numbers:
    return np.asarray(1 / (1 + np.exp(-np.clip(logits, -35, 35))))
