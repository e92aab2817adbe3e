"""Short answers of our own: questions of many subjects, with right answers and wrong ones."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import yaml

FOLDER = "short-answers"


@dataclass(frozen=True, slots=True)
class AnsweredQuestion:
    """A question, the ways to answer it (each is enough), and answers that were graded: text, right or wrong.

    `alike` says that the right answers all say the same, so that each is a way to answer as well.
    """

    question: str
    says: tuple[str, ...]
    answers: tuple[tuple[str, bool], ...]
    alike: bool


def short_answers(fixtures: Path) -> list[AnsweredQuestion]:
    """Return the questions of every file in the folder for short answers below `fixtures`."""
    return [
        AnsweredQuestion(
            question=row["question"],
            says=tuple(row["says"]),
            answers=(*((text, True) for text in row["right"]), *((text, False) for text in row["wrong"])),
            alike=True,
        )
        for path in sorted((fixtures / FOLDER).glob("*.yaml"))
        for row in yaml.safe_load(path.read_text(encoding="utf-8"))
    ]
