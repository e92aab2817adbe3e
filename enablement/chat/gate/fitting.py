"""The gate fitted on questions of our own: data in, weights out, the same every time. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt

from enablement.chat.gate.evidence import MEANING, WORDS, Vector, meaning_figures, nearness_of
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
    """Fit both models. The threshold is where held-out examples fail their targets equally."""
    labels = np.array([example.answerable for example in examples])
    folds = np.arange(len(examples)) % FOLDS
    held_out = {names: np.zeros(len(examples)) for names in (WORDS, (*WORDS, *MEANING))}
    for fold in range(FOLDS):
        seen = folds != fold
        for names, strengths in held_out.items():
            figures, rests = _figures(names, examples, seen), _rests(names, examples)
            weights = _fit(names, figures, rests, labels, seen)
            strengths[~seen] = [weights.strength(figures[at], rests[at]) for at in np.flatnonzero(~seen)]
    everything = np.ones(len(examples), dtype=np.bool_)
    fitted = []
    for names, strengths in held_out.items():
        figures, rests = _figures(names, examples, everything), _rests(names, examples)
        fitted.append(_moved(_fit(names, figures, rests, labels, everything), _threshold(strengths, labels)))
    vectors = np.stack([example.vector for example in examples])
    gate = Gate(fitted[1], fitted[0], vectors[labels], vectors[~labels], encoder, data)
    strengths = held_out[(*WORDS, *MEANING)]
    return Fit(gate, strengths - _threshold(strengths, labels))


def _figures(names: tuple[str, ...], examples: Sequence[Example], known: Flags) -> list[Mapping[str, float]]:
    """Return the figures of every example; questions of `known` are compared with, but none with itself."""
    if names == WORDS:
        return [example.words for example in examples]
    vectors = np.stack([example.vector for example in examples])
    labels = np.array([example.answerable for example in examples])
    rows: list[Mapping[str, float]] = []
    for at, example in enumerate(examples):
        others = known.copy()
        others[at] = False
        nearness = nearness_of(example.vector, vectors[others & labels], vectors[others & ~labels])
        rows.append({**example.words, **meaning_figures(example.hits, nearness)})
    return rows


def _rests(names: tuple[str, ...], examples: Sequence[Example]) -> list[Vector] | list[None]:
    return [None] * len(examples) if names == WORDS else [example.rest for example in examples]


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
