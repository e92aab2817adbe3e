"""Grade the gold set, and keep the badge that comes of it."""

from __future__ import annotations

import json
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings

from enablement.judges.answer_files import shipped_check
from enablement.judges.answers import judge_answers
from enablement.management.json_command import JsonCommand
from quizzes.bench import fingerprint, read_bench, run_bench
from quizzes.models import BenchRun


class Command(JsonCommand):
    help = (
        "Grade answers whose grades are known, and keep the badge: it expires when judge or rubrics change."
    )
    asks_encoder = True

    def add_arguments(self, parser: ArgumentParser) -> None:
        super().add_arguments(parser)
        parser.add_argument("--predictions", type=Path, help="write one row an answer to this file")

    def answer(self, **options: Any) -> dict[str, Any]:
        samples = read_bench(settings.ROOT / "fixtures")
        figures, rows = run_bench(samples, lambda asked: judge_answers(asked, patience=60.0))
        if options["predictions"]:
            lines = [json.dumps(row, ensure_ascii=False) + "\n" for row in rows]
            options["predictions"].write_text("".join(lines), encoding="utf-8")
        mark = fingerprint(samples, shipped_check().digest)
        BenchRun.objects.create(fingerprint=mark, passed=figures["passed"], figures=figures)
        return figures

    def describe(self, result: dict[str, Any]) -> str:
        return "\n".join(f"{name:<22} {value}" for name, value in result.items())
