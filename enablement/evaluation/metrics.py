"""Figures over labels and predictions. Pure."""

from __future__ import annotations

import statistics
from collections.abc import Sequence
from random import Random
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


def wilson(hits: int, n: int) -> list[float]:
    """Return the 95 % interval of a share (Wilson 1927), as [low, high]; [0, 1] of none."""
    if not n:
        return [0.0, 1.0]
    z = 1.96
    centre, spread = hits + z * z / 2, z * (hits * (n - hits) / n + z * z / 4) ** 0.5
    return [round((centre - spread) / (n + z * z), 4), round((centre + spread) / (n + z * z), 4)]


def macro_f1(labels: Sequence[str], predictions: Sequence[str], names: Sequence[str]) -> float:
    """Return the mean F1 over `names`."""
    figures = per_label(labels, predictions, names)
    return round(sum(row["f1"] for row in figures.values()) / len(names), 4)


def macro_f1_interval(
    labels: Sequence[str], predictions: Sequence[str], names: Sequence[str], draws: int = 500
) -> list[float]:
    """Return the 95 % interval of the macro-F1 over rows drawn anew (bootstrap), as [low, high]."""
    random = Random(0)
    pairs = list(zip(labels, predictions, strict=True))
    drawn = (random.choices(pairs, k=len(pairs)) for _ in range(draws))
    found = sorted(macro_f1([a for a, _ in rows], [b for _, b in rows], names) for rows in drawn)
    return [found[round(0.025 * (draws - 1))], found[round(0.975 * (draws - 1))]]
