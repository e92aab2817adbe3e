"""Questions of our own: what is to be answered, with the pieces that answer it, and what is to be refused."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from pathlib import Path

import yaml
from django.conf import settings

FOLDER = settings.ROOT / "fixtures" / "questions"
CALIBRATION, HELD_BACK = "calibration.yaml", "held-back.yaml"
KINDS = ("near", "vendor", "far", "medical", "news")


class BadQuestions(ValueError):
    """A file of questions that cannot be used. The message names the row."""


@dataclass(frozen=True, slots=True)
class KnownQuestion:
    """`gold`: slugs of which one is to be cited; `refuse`: why there is no answer, "" where there is one."""

    text: str
    gold: frozenset[str] = frozenset()
    refuse: str = ""

    @property
    def answerable(self) -> bool:
        return not self.refuse


def read_questions(name: str, folder: Path = FOLDER) -> list[KnownQuestion]:
    """Read a file of questions. Raises BadQuestions."""
    rows = yaml.safe_load((folder / name).read_text("utf-8"))
    questions = [
        KnownQuestion(row["text"], frozenset(row.get("gold", ())), row.get("refuse", "")) for row in rows
    ]
    for question in questions:
        if bool(question.gold) == bool(question.refuse) or question.refuse not in ("", *KINDS):
            raise BadQuestions(f"{name}: “{question.text}” needs `gold`, or `refuse` with one of {KINDS}.")
    return questions


def questions_hash(folder: Path = FOLDER) -> str:
    """Return the SHA-256 of the questions that the gate is fitted on."""
    return hashlib.sha256((folder / CALIBRATION).read_bytes()).hexdigest()
