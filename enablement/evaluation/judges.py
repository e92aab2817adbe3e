"""Sorting and wording on rows with labels."""

from __future__ import annotations

from collections import defaultdict
from typing import Any

from enablement.evaluation.metrics import (
    confusion,
    macro_f1,
    macro_f1_interval,
    per_label,
    precision_recall,
    share,
    wilson,
)
from enablement.evaluation.rows import Row
from enablement.judges.sorting import UNSURE, best_outcome, sort_statement
from enablement.judges.wording import check_wording
from enablement.models import Distinction, Person

KNOWLEDGE, BEHAVIOUR = "knowledge", "behaviour"
FLAGGED_AT = {"block", "warn"}
LABELS = ("flag", "ok")


def evaluate_sorting(
    rows: list[Row], distinction: Distinction, person: Person
) -> tuple[dict[str, Any], list[Row]]:
    """Return the figures of the contract and a prediction for each row."""
    outcomes = list(distinction.outcomes.prefetch_related("signals"))
    names = [outcome.name for outcome in outcomes]
    predictions = []
    for row in rows:
        verdict = sort_statement(row["text"], distinction, person)
        best = best_outcome(outcomes, verdict.signals).name
        predictions.append(
            {"id": row["id"], "label": row["label"], "best": best, "sure": verdict.outcome != UNSURE}
            | {"signals": verdict.signals, "genre": _genre(row)}
        )
    labels = [row["label"] for row in predictions]
    guesses = [row["best"] for row in predictions]
    figures = per_label(labels, guesses, names)
    right = [row["label"] == row["best"] for row in predictions]
    sure = [row["label"] == row["best"] for row in predictions if row["sure"]]
    swapped = {(KNOWLEDGE, BEHAVIOUR), (BEHAVIOUR, KNOWLEDGE)}
    return {
        "n": len(rows),
        "accuracy": share(right),
        "accuracy_interval": wilson(sum(right), len(right)),
        "macro_f1": macro_f1(labels, guesses, names),
        "macro_f1_interval": macro_f1_interval(labels, guesses, names),
        "per_label": figures,
        "confusion": confusion(labels, guesses, names),
        "swaps": sum(pair in swapped for pair in zip(labels, guesses, strict=True)),
        "unsure": sum(not row["sure"] for row in predictions),
        "accuracy_when_sure": share(sure),
        "accuracy_when_sure_interval": wilson(sum(sure), len(sure)),
        "by_genre": {
            genre: {"n": len(found), **_share("accuracy", [row["label"] == row["best"] for row in found])}
            for genre, found in _by_genre(predictions).items()
        },
    }, predictions


def evaluate_wording(rows: list[Row], person: Person) -> tuple[dict[str, Any], list[Row]]:
    """Return the figures of the contract and a prediction for each row."""
    predictions = []
    for row in rows:
        findings = check_wording(row["text"], person)
        flagged = [finding for finding in findings if finding.level in FLAGGED_AT]
        predictions.append(
            {"id": row["id"], "label": row["label"], "which": row.get("which"), "flagged": bool(flagged)}
            | {"genre": _genre(row)}
            | {"findings": [[finding.entry, finding.level, finding.confidence] for finding in findings]}
        )
    true = [row for row in predictions if row["label"] == "flag"]
    fine = [row for row in predictions if row["label"] == "ok"]
    hits = sum(row["flagged"] for row in true)
    by_which: dict[str, list[bool]] = defaultdict(list)
    for row in true:
        by_which[row["which"] or "unnamed"].append(row["flagged"])
    return {
        "n": len(rows),
        **precision_recall(hits, sum(row["flagged"] for row in predictions), len(true)),
        "precision_interval": wilson(hits, sum(row["flagged"] for row in predictions)),
        "recall_interval": wilson(hits, len(true)),
        "false_alarm_rate": share([row["flagged"] for row in fine]),
        "false_alarm_interval": wilson(sum(row["flagged"] for row in fine), len(fine)),
        "per_which": {which: {"n": len(found), "recall": share(found)} for which, found in by_which.items()},
        "by_genre": {genre: _found_in(found) for genre, found in _by_genre(predictions).items()},
    }, predictions


def _genre(row: Row) -> str:
    """The kind of source that a row is from."""
    return str(row.get("genre") or "unnamed")


def _by_genre(predictions: list[Row]) -> dict[str, list[Row]]:
    found: dict[str, list[Row]] = defaultdict(list)
    for row in predictions:
        found[row["genre"]].append(row)
    return dict(sorted(found.items()))


def _found_in(predictions: list[Row]) -> dict[str, Any]:
    """Recall on the rows to flag and false alarms on the others, each with its interval."""
    flagged = {label: [row["flagged"] for row in predictions if row["label"] == label] for label in LABELS}
    return {
        "n": len(predictions),
        **(_share("recall", flagged["flag"]) if flagged["flag"] else {}),
        **(_share("false_alarm_rate", flagged["ok"]) if flagged["ok"] else {}),
    }


def _share(name: str, hits: list[bool]) -> dict[str, Any]:
    return {name: share(hits), f"{name}_interval": wilson(sum(hits), len(hits))}
