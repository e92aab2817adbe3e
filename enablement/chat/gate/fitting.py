"""The gate fitted on questions of our own: data in, weights out, the same every time. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt

from enablement.chat.gate.evidence import MEANING, WORDS, Vector, meaning_figures, nearness_among
from enablement.chat.gate.grouping import folds_of, groups_of
from enablement.chat.gate.likeness import Known, Likeness, learn
from enablement.chat.gate.model import Gate, Weights
from enablement.retrieval.search import Hit

Numbers = npt.NDArray[np.float64]
Flags = npt.NDArray[np.bool_]

FOLDS = 5
STEPS = 40
# A figure that varies less than this says nothing.
LEAST_SPREAD = 1e-4
# Ridge on the weights of standardised figures, for the whole of the data.
PENALTY = 3.0
# The vector of what is asked beyond the passages is short; this brings it to the size of the figures.
MANNER_COUNTS = 5.0
# What like questions say counts so many times what the weighed figures say, each measured in its spread.
LIKENESS_COUNTS = 2.0
# The shares of wrong decisions that are aimed at, which set what one kind costs beside the other.
MOST_FALSE_REFUSALS = 0.05
MOST_WRONG_ANSWERS = 0.05


@dataclass(frozen=True, slots=True)
class Example:
    """A question as the fit sees it: (d,) unit vector, what it asks beyond the passages, hits, figures."""

    answerable: bool
    vector: Vector
    rest: Vector
    hits: Sequence[Hit]
    words: Mapping[str, float]


@dataclass(frozen=True, slots=True)
class Fit:
    """A gate, and the strengths of its examples by fits that did not see them, less the threshold."""

    gate: Gate
    held_out: Numbers


def fit_gate(examples: Sequence[Example], *, encoder: str, data: str) -> Fit:
    """Fit both models. The thresholds are where held-out examples fail their targets equally.

    Examples that are nearly one are held out together, and none is compared with one of its own group.
    """
    table = _Table(examples)
    by_words, by_figures, by_likeness = (np.zeros(len(examples)) for _ in range(3))
    folds = folds_of(table.groups, FOLDS)
    for fold in range(FOLDS):
        seen, rest = folds != fold, np.flatnonzero(folds == fold).tolist()
        words = table.fit_words(seen)
        by_words[rest] = [words.strength(examples[at].words) for at in rest]
        figures, weights, likeness = table.fit_meaning(seen)
        by_figures[rest] = [weights.strength(figures[at], examples[at].rest) for at in rest]
        by_likeness[rest] = [likeness.says(table.vectors[at], weights.standard(figures[at])) for at in rest]
    everything = np.ones(len(examples), dtype=np.bool_)
    _, weights, likeness = table.fit_meaning(everything)
    factor = float(LIKENESS_COUNTS * by_figures.std() / max(by_likeness.std(), LEAST_SPREAD))
    held_out = by_figures + factor * by_likeness
    threshold = _threshold(held_out, table.labels)
    gate = Gate(
        _moved(weights, threshold),
        _moved(table.fit_words(everything), _threshold(by_words, table.labels)),
        likeness.times(factor),
        int(table.labels.sum()),
        encoder,
        data,
    )
    return Fit(gate, held_out - threshold)


class _Table:
    """The examples in rows: vectors (n, d), labels (n,), and groups (n,) of those that are nearly one."""

    def __init__(self, examples: Sequence[Example]) -> None:
        self.examples = examples
        self.labels = np.array([example.answerable for example in examples])
        self.vectors = np.stack([example.vector for example in examples])
        self.cosines = self.vectors @ self.vectors.T
        self.groups = groups_of(self.cosines)

    def fit_words(self, seen: Flags) -> Weights:
        figures = [example.words for example in self.examples]
        return _fit(WORDS, figures, [None] * len(figures), self.labels, seen)

    def fit_meaning(self, seen: Flags) -> tuple[list[Mapping[str, float]], Weights, Likeness]:
        """Return the figures of every example as compared with those of `seen`, and what is learnt of these.

        The questions that were learnt from stand in order: those that are answered, then the others.
        """
        figures = [self._figures(at, seen) for at in range(len(self.examples))]
        rests = [example.rest for example in self.examples]
        weights = _fit((*WORDS, *MEANING), figures, rests, self.labels, seen)
        order = np.concatenate([np.flatnonzero(seen & self.labels), np.flatnonzero(seen & ~self.labels)])
        known = Known(self.vectors[order], np.stack([weights.standard(figures[at]) for at in order]))
        return figures, weights, learn(known, self.labels[order])

    def _figures(self, at: int, seen: Flags) -> Mapping[str, float]:
        example, others = self.examples[at], seen & (self.groups != self.groups[at])
        cosines = self.cosines[at]
        nearness = nearness_among(cosines[others & self.labels], cosines[others & ~self.labels])
        return {**example.words, **meaning_figures(example.hits, nearness)}


def _fit(
    names: Sequence[str],
    figures: Sequence[Mapping[str, float]],
    rests: Sequence[Vector | None],
    labels: Flags,
    seen: Flags,
) -> Weights:
    """Logistic regression by Newton's method, both kinds weighing the same."""
    table = np.array([[row[name] for name in names] for row in figures])[seen]
    targets = labels[seen]
    means, spreads = table.mean(axis=0), table.std(axis=0)
    spreads[spreads < LEAST_SPREAD] = 1.0
    manner = [rest for rest, is_seen in zip(rests, seen, strict=True) if is_seen and rest is not None]
    parts = [(table - means) / spreads, np.ones((len(table), 1))]
    design = np.hstack([*parts, MANNER_COUNTS * np.stack(manner)] if manner else parts)
    share = np.where(targets, len(targets) / (2 * targets.sum()), len(targets) / (2 * (~targets).sum()))
    ridge = np.full(design.shape[1], PENALTY)
    ridge[len(names)] = 1e-6
    beta = np.zeros(design.shape[1])
    for _ in range(STEPS):
        chance = 1 / (1 + np.exp(-np.clip(design @ beta, -35, 35)))
        curvature = share * np.maximum(chance * (1 - chance), 1e-9)
        slope = design.T @ (share * (chance - targets)) + ridge * beta
        step = np.linalg.solve((design * curvature[:, None]).T @ design + np.diag(ridge), slope)
        beta -= step
        if float(np.abs(step).max()) < 1e-8:
            break
    count = len(names)
    return Weights(
        list(names),
        _rounded(means),
        _rounded(spreads),
        _rounded(beta[:count]),
        round(float(beta[count]), 6),
        _rounded(MANNER_COUNTS * beta[count + 1 :]),
    )


def _rounded(values: Numbers) -> list[float]:
    return [round(float(value), 5) for value in values]


def _threshold(strengths: Numbers, labels: Flags) -> float:
    """Return the strength at which the worse of both shares, measured in its target, is least."""

    def worse(at: float) -> float:
        refused = float((strengths[labels] < at).mean()) / MOST_FALSE_REFUSALS
        answered = float((strengths[~labels] >= at).mean()) / MOST_WRONG_ANSWERS
        return max(refused, answered)

    ordered = np.sort(strengths)
    between = (ordered[1:] + ordered[:-1]) / 2
    costs = np.array([worse(at) for at in between])
    # The middle of the best stretch: its ends are as near to an error as can be.
    best = between[costs == costs.min()]
    return float(best[len(best) // 2])


def _moved(weights: Weights, threshold: float) -> Weights:
    return replace(weights, bias=round(weights.bias - threshold, 6))
