"""Fit the judges: the heads from the examples in the database, the adapters from fixtures/."""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
from argparse import ArgumentParser
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
from django.conf import settings

from enablement.evaluation.grading import read_training
from enablement.evaluation.rows import BadRows
from enablement.judges.adapter_files import ANSWER_TASKS, Task
from enablement.judges.answer_fitting import GradedRow, TooFewRows, fit_check
from enablement.judges.answer_model import Numbers
from enablement.judges.shipped import save_heads
from enablement.judges.training import train_all
from enablement.management.json_command import BadInput, JsonCommand

TRAINING = "enablement.judges.adapter_training"
ANSWER_TRAINING = "enablement.judges.answer_adapter_training"
LESSON_TASKS = [str(task) for task in Task if task not in ANSWER_TASKS]


class Command(JsonCommand):
    help = (
        "Fit the sorting and wording heads whose examples have changed; figures are from held-back examples. "
        "With --adapters, train the encoder's adapters from fixtures/ instead, which takes up to an hour."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        super().add_arguments(parser)
        parser.add_argument("--all", action="store_true", help="fit again what has not changed")
        parser.add_argument("--save", action="store_true", help="keep the heads as those that are shipped")
        parser.add_argument(
            "--adapters",
            nargs="*",
            choices=LESSON_TASKS,
            help="train the adapters of lessons (all, or those named), and nothing else",
        )

        parser.add_argument(
            "--grading",
            type=Path,
            metavar="DIR",
            help="train the answer check and its adapters on the graded answers in this folder (split train) "
            "and on fixtures/short-answers, and nothing else",
        )

    def answer(self, **options: Any) -> dict[str, Any]:
        if options["grading"]:
            return {"grading": fit_grading(options["grading"])}
        if options["adapters"] is not None:
            return {"adapters": train_adapters(options["adapters"] or LESSON_TASKS)}
        trained = train_all(again=options["all"])
        saved = save_heads() if options["save"] else 0
        return {"trained": [row.as_json() for row in trained], "saved": saved}

    def describe(self, result: dict[str, Any]) -> str:
        if "grading" in result:
            return "\n".join(f"{name}: {value}" for name, value in result["grading"].items())
        if "adapters" in result:
            names = ", ".join(result["adapters"])
            return f"Trained: {names}. Stop and start the site, then run train_judges --all --save."
        lines = [f"{row['name']}: {row['examples']} examples, {row['figures']}" for row in result["trained"]]
        return "\n".join(lines) or "Nothing has changed since the last training."


def fit_grading(folder: Path) -> dict[str, Any]:
    """Train the adapters of the answer check, then fit the check. Raises BadInput."""
    try:
        rows = read_training(folder)
        return fit_check(rows, _learnt(rows))
    except (BadRows, TooFewRows) as error:
        raise BadInput(str(error)) from error


def _learnt(rows: Sequence[GradedRow]) -> list[Numbers]:
    """Train the adapters; return for each row what such as have not seen its question make of its pairs."""
    told = [(row.source, row.asked.question, row.asked.says, row.asked.answer, row.correct) for row in rows]
    with tempfile.TemporaryDirectory() as place:
        given, found = Path(place) / "rows.json", Path(place) / "learnt.npz"
        given.write_text(json.dumps(told), encoding="utf-8")
        _train(ANSWER_TRAINING, str(given), str(found))
        with np.load(found) as kept:
            return list(np.split(kept["flat"], np.cumsum(kept["counts"])[:-1]))


def train_adapters(tasks: list[str]) -> list[str]:
    """Train the adapters that are named. Raises BadInput."""
    _train(TRAINING, *tasks)
    return tasks


def _train(module: str, *arguments: str) -> None:
    """Train in a process of its own, which may import torch; its progress goes to standard error.

    Raises BadInput.
    """
    done = subprocess.run([sys.executable, "-m", module, *arguments], cwd=settings.ROOT, check=False)
    if done.returncode:
        raise BadInput("The adapters were not trained; the lines above say why.")
