"""Fit the judges from the examples in the database."""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from enablement.judges.shipped import save_heads
from enablement.judges.training import train_all
from enablement.management.json_command import JsonCommand


class Command(JsonCommand):
    help = (
        "Fit the sorting and wording heads whose examples have changed; figures are from held-back examples."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        super().add_arguments(parser)
        parser.add_argument("--all", action="store_true", help="fit again what has not changed")
        parser.add_argument("--save", action="store_true", help="keep the heads as those that are shipped")

    def answer(self, **options: Any) -> dict[str, Any]:
        trained = train_all(again=options["all"])
        saved = save_heads() if options["save"] else 0
        return {"trained": [row.as_json() for row in trained], "saved": saved}

    def describe(self, result: dict[str, Any]) -> str:
        lines = [f"{row['name']}: {row['examples']} examples, {row['figures']}" for row in result["trained"]]
        return "\n".join(lines) or "Nothing has changed since the last training."
