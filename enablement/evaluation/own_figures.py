"""Figures of the judges on our own held-back examples. Pure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any

from enablement.evaluation.metrics import macro_f1, per_label, precision_recall, share, wilson
from enablement.evaluation.reliability import Bin, bins_of, expected_error

THRESHOLDS = (0.6, 0.7, 0.8, 0.84, 0.86, 0.88, 0.9, 0.95)
MARGINS = (0.2, 0.25, 0.3, 0.33, 0.36, 0.4)
WORST = 10


@dataclass(frozen=True, slots=True)
class JudgedPhrasing:
    """A phrasing of `entry`: how surely it breaks the guide as the product reads it, and which entry.

    `chance` is that of its surest sentence; 0 where it has none to judge.
    """

    text: str
    entry: str
    breaks: bool
    chance: float
    named: str


@dataclass(frozen=True, slots=True)
class JudgedStatement:
    """A statement with its outcome and the likeliest one, and whether that was sure.

    `signals`: name, whether it is there, its strength.
    """

    text: str
    label: str
    best: str
    sure: bool
    signals: tuple[tuple[str, bool, float], ...]


def wording_figures(rows: Sequence[JudgedPhrasing], warn_from: float) -> dict[str, Any]:
    """Return figures by threshold and by entry, the worst mistakes, and how reliable the confidence is."""
    chances, breaks = [row.chance for row in rows], [row.breaks for row in rows]
    bins = bins_of(chances, breaks)
    return {
        "n": len(rows),
        "breaking": sum(breaks),
        "thresholds": {str(least): _flagged_from(rows, least) for least in THRESHOLDS},
        "entries": _by_entry(rows, warn_from),
        "worst": [
            {"text": row.text, "entry": row.entry, "breaks": row.breaks, "chance": row.chance}
            for row in sorted(rows, key=lambda row: -abs(row.chance - row.breaks))[:WORST]
            if (row.chance >= warn_from) != row.breaks
        ],
        **_reliability(bins),
    }


def sorting_figures(rows: Sequence[JudgedStatement], names: Collection[str]) -> dict[str, Any]:
    """Return figures before abstaining and by margin, the surest mistakes, and how reliable signals are."""
    labels, guesses = [row.label for row in rows], [row.best for row in rows]
    right = [label == guess for label, guess in zip(labels, guesses, strict=True)]
    signals = [(strength, there) for row in rows for _, there, strength in row.signals]
    bins = bins_of([strength for strength, _ in signals], [there for _, there in signals])
    mistakes = [row for row, is_right in zip(rows, right, strict=True) if not is_right]
    swapped = {("knowledge", "behaviour"), ("behaviour", "knowledge")}
    return {
        "n": len(rows),
        "accuracy": share(right),
        "accuracy_interval": wilson(sum(right), len(right)),
        "macro_f1": macro_f1(labels, guesses, list(names)),
        "swaps": sum(pair in swapped for pair in zip(labels, guesses, strict=True)),
        "per_label": per_label(labels, guesses, list(names)),
        "margins": {str(margin): _sure_from(rows, right, margin) for margin in MARGINS},
        "worst": [
            {"text": row.text, "label": row.label, "best": row.best, "signals": row.signals}
            for row in sorted(mistakes, key=lambda row: -_margin(row))[:WORST]
        ],
        **_reliability(bins),
    }


def _flagged_from(rows: Sequence[JudgedPhrasing], least: float) -> dict[str, Any]:
    flagged = [row for row in rows if row.chance >= least]
    hits, true = sum(row.breaks for row in flagged), sum(row.breaks for row in rows)
    alarms, fine = len(flagged) - hits, len(rows) - true
    return {
        **precision_recall(hits, len(flagged), true),
        "false_alarms": round(alarms / fine, 4) if fine else 0.0,
        "false_alarms_interval": wilson(alarms, fine),
    }


def _by_entry(rows: Sequence[JudgedPhrasing], warn_from: float) -> dict[str, dict[str, Any]]:
    """For each entry: its breaking phrasings and how many are flagged, whatever the name (`recall`); of what
    is flagged in its name how much breaks the guide (`precision`), and how much is of this entry (`named`).
    """
    flagged = [row for row in rows if row.chance >= warn_from]
    breaking = Counter(row.entry for row in rows if row.breaks)
    found = Counter(row.entry for row in flagged if row.breaks)
    given = Counter(row.named for row in flagged)
    right = Counter(row.named for row in flagged if row.breaks)
    named = Counter(row.named for row in flagged if row.breaks and row.named == row.entry)
    return {
        entry: {
            "breaking": breaking[entry],
            "recall": round(found[entry] / breaking[entry], 3) if breaking[entry] else None,
            "flagged": given[entry],
            "precision": round(right[entry] / given[entry], 3) if given[entry] else None,
            "named": round(named[entry] / given[entry], 3) if given[entry] else None,
        }
        for entry in sorted({row.entry for row in rows} | given.keys())
    }


def _sure_from(rows: Sequence[JudgedStatement], right: Sequence[bool], margin: float) -> dict[str, float]:
    sure = [is_right for row, is_right in zip(rows, right, strict=True) if _margin(row) >= margin]
    return {"unsure": round(1 - len(sure) / len(rows), 4) if rows else 0.0, "accuracy_when_sure": share(sure)}


def _margin(row: JudgedStatement) -> float:
    return min(abs(strength - 0.5) for _, _, strength in row.signals)


def _reliability(bins: Sequence[Bin]) -> dict[str, Any]:
    return {"reliability": [found.as_json() for found in bins], "error": round(expected_error(bins), 4)}
