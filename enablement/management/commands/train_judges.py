"""Fit the judges from the examples in the database."""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from enablement.judges.training import train_all
from enablement.management.json_command import JsonCommand
from enablement.models import Head


class Command(JsonCommand):
    help = (
        "Fit the sorting and wording heads whose examples have changed; figures are from held-back examples."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        super().add_arguments(parser)
        parser.add_argument("--all", action="store_true", help="fit again what has not changed")

    def answer(self, **options: Any) -> dict[str, Any]:
        if options["all"]:
            Head.objects.update(examples_hash="")
        return {"trained": [row.as_json() for row in train_all()]}

    def describe(self, result: dict[str, Any]) -> str:
        lines = [f"{row['name']}: {row['examples']} examples, {row['figures']}" for row in result["trained"]]
        return "\n".join(lines) or "Nothing has changed since the last training."
