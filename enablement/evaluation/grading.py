"""The check of an answer on rows that people graded, and rows to fit it on."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from enablement.evaluation.metrics import macro_f1, macro_f1_interval, share, wilson
from enablement.evaluation.rows import BadRows, Row, read_rows
from enablement.judges.answer_fitting import CORRECT, GradedRow
from enablement.judges.answers import judge_answers
from enablement.judges.judgements import Asked

INCORRECT = "incorrect"
NEEDED = ("id", "question", "references", "answer", "label")
TRAIN = "train"


def evaluate_grading(rows: list[Row]) -> tuple[dict[str, Any], list[Row]]:
    """Return the figures of the contract and a prediction for each row. Each reference is one check, the
    best one counts."""
    judgements = judge_answers([asked_in(row) for row in rows], patience=60.0)
    predictions = [
        {
            "id": row["id"],
            "label": row["label"],
            "predicted": CORRECT if judged.met else INCORRECT,
            "sure": judged.sure,
            "confidence": judged.confidence,
            "quote": row["answer"][judged.start : judged.end],
        }
        for row, judged in zip(rows, judgements, strict=True)
    ]
    labels = [row["label"] for row in predictions]
    guesses = [row["predicted"] for row in predictions]
    right = [row["label"] == row["predicted"] for row in predictions]
    sure = [row["label"] == row["predicted"] for row in predictions if row["sure"]]
    raised = [row for row in predictions if row["label"] == INCORRECT and row["predicted"] == CORRECT]
    names = (CORRECT, INCORRECT)
    return {
        "n": len(rows),
        "accuracy": share(right),
        "accuracy_interval": wilson(sum(right), len(right)),
        "macro_f1": macro_f1(labels, guesses, names),
        "macro_f1_interval": macro_f1_interval(labels, guesses, names),
        "graded_up": len(raised),
        "graded_up_when_sure": sum(row["sure"] for row in raised),
        "incorrect": labels.count(INCORRECT),
        "review_rate": share([not row["sure"] for row in predictions]),
        "accuracy_when_sure": share(sure),
        "accuracy_when_sure_interval": wilson(sum(sure), len(sure)),
    }, predictions


def read_graded(path: Path, split: str | None = None) -> list[Row]:
    """Read rows with references and labels; with `split`, only those of that part. Raises BadRows."""
    rows = read_rows(path, NEEDED, (CORRECT, INCORRECT))
    for number, row in enumerate(rows, 1):
        texts = row["references"] if isinstance(row["references"], list) else [None]
        if not texts or not all(isinstance(t, str) for t in (*texts, row["question"], row["answer"])):
            raise BadRows(f"{path}, row {number}: question and answer are texts, references a list of texts.")
    found = [row for row in rows if split is None or row.get("split") == split]
    if not found:
        raise BadRows(f"{path} has no rows of the split “{split}”.")
    return found


def read_training(folder: Path) -> list[GradedRow]:
    """Read what may be trained on in every *.jsonl of a folder: the rows of the split `train`, or all of a
    file whose rows name no split. Raises BadRows."""
    paths = sorted(folder.glob("*.jsonl"))
    if not paths:
        raise BadRows(f"{folder} has no *.jsonl files with graded answers.")
    rows = [(path.stem, row) for path in paths for row in read_graded(path)]
    return [
        GradedRow(source, asked_in(row), row["label"] == CORRECT)
        for source, row in rows
        if row.get("split", TRAIN) == TRAIN
    ]


def asked_in(row: Row) -> Asked:
    return Asked(row["question"], tuple(row["references"]), row["answer"])
