"""Figures over labels and predictions. Pure."""

from __future__ import annotations

import statistics
from collections.abc import Sequence
from typing import Any


def confusion(
    labels: Sequence[str], predictions: Sequence[str], names: Sequence[str]
) -> dict[str, dict[str, int]]:
    """Return counts by true label, then by prediction."""
    table = {label: dict.fromkeys(names, 0) for label in names}
    for label, prediction in zip(labels, predictions, strict=True):
        table[label][prediction] += 1
    return table


def per_label(
    labels: Sequence[str], predictions: Sequence[str], names: Sequence[str]
) -> dict[str, dict[str, float]]:
    """Return n, precision, recall and F1 of each label; 0 where there is nothing to divide by."""
    pairs = list(zip(labels, predictions, strict=True))
    figures = {}
    for name in names:
        hits = sum(label == prediction == name for label, prediction in pairs)
        figures[name] = {
            "n": list(labels).count(name),
            **precision_recall(hits, list(predictions).count(name), list(labels).count(name)),
        }
    return figures


def precision_recall(hits: int, predicted: int, true: int) -> dict[str, float]:
    """Return precision, recall and F1 from counts."""
    f1 = 2 * hits / (predicted + true) if predicted + true else 0.0
    return {
        "precision": round(hits / predicted, 4) if predicted else 0.0,
        "recall": round(hits / true, 4) if true else 0.0,
        "f1": round(f1, 4),
    }


def share(values: Sequence[Any]) -> float:
    """Return the share of true values; 0 of none."""
    return round(sum(map(bool, values)) / len(values), 4) if values else 0.0


def percentile(values: Sequence[float], hundredth: int) -> float:
    """Return a percentile of `values` (inclusive method), 0 of none."""
    if len(values) < 2:
        return round(sum(values), 4)
    return round(statistics.quantiles(values, n=100, method="inclusive")[hundredth - 1], 4)
