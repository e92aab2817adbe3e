"""Questions of our own: what is to be answered, with the pieces that answer it, and what is to be refused."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml
from django.conf import settings

FOLDER = settings.ROOT / "fixtures" / "questions"
CALIBRATION, HELD_BACK, TOPICS = "calibration.yaml", "held-back.yaml", "topics.yaml"
# What turns a question and its hits into figures, and figures into weights.
CODE = (
    "chat/gate/asks.py",
    "chat/gate/evidence.py",
    "chat/gate/fitting.py",
    "chat/gate/grouping.py",
    "chat/gate/likeness.py",
    "words.py",
)
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
    topics = yaml.safe_load((folder / TOPICS).read_text("utf-8")) if (folder / TOPICS).is_file() else {}
    return [_question(row, topics, name) for row in rows]


def _question(row: Mapping[str, Any], topics: Mapping[str, list[str]], name: str) -> KnownQuestion:
    unknown = [topic for topic in row.get("about", ()) if topic not in topics]
    if unknown:
        raise BadQuestions(f"{name}: “{row['text']}” is about {unknown}, which {TOPICS} does not have.")
    named = (slug for topic in row.get("about", ()) for slug in topics[topic])
    question = KnownQuestion(row["text"], frozenset([*row.get("gold", ()), *named]), row.get("refuse", ""))
    if bool(question.gold) == bool(question.refuse) or question.refuse not in ("", *KINDS):
        raise BadQuestions(
            f"{name}: “{question.text}” needs `about` or `gold`, or `refuse` with one of {KINDS}."
        )
    return question


def gate_hash(folder: Path = FOLDER) -> str:
    """Return the SHA-256 of what a fit depends on: the questions, and the code that reads and weighs them."""
    found = hashlib.sha256()
    for path in (folder / CALIBRATION, *(settings.ROOT / "enablement" / name for name in CODE)):
        found.update(hashlib.sha256(path.read_bytes()).digest())
    return found.hexdigest()


def answers_hash(folder: Path = FOLDER) -> str:
    """Return the SHA-256 of the questions whose answers are known, and of the topics that name them."""
    contents = [(folder / name).read_bytes() for name in (CALIBRATION, TOPICS)]
    return hashlib.sha256(b"".join(hashlib.sha256(content).digest() for content in contents)).hexdigest()
