"""The questions of the gold set as questions for people: rubrics and known answers, read together."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from pydantic import ValidationError

from enablement.lessons.folder import ContentError, Problem
from enablement.lessons.yaml_lines import Located
from quizzes.bench import BENCH, ITEMS, Samples
from quizzes.files import QuizFile, read_located, short_name
from quizzes.schema import QuizItem

TITLE = "Explain it to a buyer"
INTRO = "What would you say? Each answer is checked for a few points, and you see every point that counts."
# Enough for a quarter of an hour; another attempt draws others.
DRAWS = 5
PASS_MARK = 70


def gold_folders(fixtures: Path) -> list[Path]:
    """Return the lesson folders that have a gold set."""
    return [folder for folder in sorted(fixtures.iterdir()) if (folder / BENCH).is_file()]


def read_gold_quiz(folder: Path) -> QuizFile:
    """Read the gold set of a lesson's folder as a quiz. Raises ContentError."""
    path = folder / ITEMS
    rows, known = read_located(path).value, read_located(folder / BENCH).value
    try:
        item = QuizItem.model_validate(
            {
                "slug": f"explain-{folder.name}",
                "lesson": folder.name,
                "title": TITLE,
                "intro": INTRO,
                "draws": DRAWS,
                "pass_mark": PASS_MARK,
                "questions": [_question(row, Samples.model_validate(known[row["slug"]])) for row in rows],
            }
        )
    except (ValidationError, KeyError, ValueError) as error:
        raise ContentError([Problem(short_name(path), 1, str(error))]) from error
    return QuizFile(path, item, Located(item.model_dump(mode="json"), {}))


def _question(row: dict[str, Any], known: Samples) -> dict[str, Any]:
    own = {name: value for name, value in row.items() if name not in ("meets", "full_answer")}
    checks = [check["name"] for check in row["checks"]]
    bench = [{"text": row.get("full_answer") or row["model_answer"], "met": checks}]
    bench += [{"text": text, "met": met} for text, met in zip(known.correct, row["meets"], strict=True)]
    wrong = [*known.incorrect, *(sample.text for sample in known.adversarial)]
    return {**own, "kind": "free_text", "bench": bench + [{"text": text} for text in wrong]}
