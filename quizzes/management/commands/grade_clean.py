"""Grade answers that attack nothing with the guard and without, and count what it changes."""

from __future__ import annotations

import json
from argparse import ArgumentParser
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from django.conf import settings

from enablement.evaluation.grading import TRAIN, read_graded
from enablement.evaluation.rows import BadRows
from enablement.judges.answers import judge_answers
from enablement.judges.judgements import Asked, Judgement
from enablement.management.json_command import BadInput, JsonCommand
from quizzes.bench import read_bench
from quizzes.false_alarms import CleanAnswer, alarm_figures, clean_of, differences


class Command(JsonCommand):
    help = (
        "Grade answers that attack nothing (the rows of evaluate grading) with the guard and without, and "
        "count those whose outcome or score changes, by the guard's rules. Without a file: our gold set. "
        "Rows of the split train are left out, since the rules may be looked for there."
    )
    asks_encoder = True

    def add_arguments(self, parser: ArgumentParser) -> None:
        super().add_arguments(parser)
        parser.add_argument("files", nargs="*", type=Path, help="JSON lines with references")
        parser.add_argument("--split", help="only the rows of this split")
        parser.add_argument("--predictions", type=Path, help="write one row a touched answer to this file")

    def answer(self, **options: Any) -> dict[str, Any]:
        try:
            sets = {str(path): read_clean(path, options["split"]) for path in options["files"]}
        except BadRows as error:
            raise BadInput(str(error)) from error
        sets = sets or _gold()
        found = {name: differences(answers, _judge) for name, answers in sets.items()}
        if options["predictions"]:
            rows = [one.as_row() for several in found.values() for one in several]
            lines = [json.dumps(row, ensure_ascii=False) + "\n" for row in rows]
            options["predictions"].write_text("".join(lines), encoding="utf-8")
        return {name: alarm_figures(len(answers), found[name]) for name, answers in sets.items()}

    def describe(self, result: dict[str, Any]) -> str:
        return "\n".join(
            f"{name}\n" + "\n".join(f"  {key:<18} {value}" for key, value in figures.items())
            for name, figures in result.items()
        )


def read_clean(path: Path, split: str | None) -> list[CleanAnswer]:
    """Read a file's answers of `split`; without one, all but those of the split train. Raises BadRows."""
    rows = [row for row in read_graded(path, split) if split or row.get("split") != TRAIN]
    if not rows:
        raise BadRows(f"{path} has rows of the split “{TRAIN}” only: name it with --split.")
    return [clean_of(row) for row in rows]


def _gold() -> dict[str, list[CleanAnswer]]:
    right = [one for one in read_bench(settings.ROOT / "fixtures") if one.correct]
    return {"gold": [CleanAnswer(one.question, one.rubric, one.answer) for one in right]}


def _judge(asked: Sequence[Asked]) -> Sequence[Judgement]:
    return judge_answers(asked, patience=60.0)
