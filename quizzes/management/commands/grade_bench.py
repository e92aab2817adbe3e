"""Grade the gold set, and keep the badge that comes of it."""

from __future__ import annotations

import json
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings

from enablement.judges.answers import judge_answers
from enablement.management.json_command import JsonCommand
from quizzes.badge import earn_badge


class Command(JsonCommand):
    help = (
        "Grade answers whose grades are known, and keep the badge: it expires when judge or rubrics change."
    )
    asks_encoder = True

    def add_arguments(self, parser: ArgumentParser) -> None:
        super().add_arguments(parser)
        parser.add_argument("--predictions", type=Path, help="write one row an answer to this file")

    def answer(self, **options: Any) -> dict[str, Any]:
        figures, rows = earn_badge(
            settings.ROOT / "fixtures", lambda asked: judge_answers(asked, patience=60.0)
        )
        if options["predictions"]:
            lines = [json.dumps(row, ensure_ascii=False) + "\n" for row in rows]
            options["predictions"].write_text("".join(lines), encoding="utf-8")
        return figures

    def describe(self, result: dict[str, Any]) -> str:
        return "\n".join(f"{name:<22} {value}" for name, value in result.items())
