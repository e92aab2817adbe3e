"""Check a draft against the guide."""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from enablement.judges.wording import check_wording, unread_part
from enablement.management.json_command import JsonCommand, command_person, read_text_argument


class Command(JsonCommand):
    help = "Find what must not be said in TEXT (or in standard input, for “-”)."
    asks_encoder = True

    def add_arguments(self, parser: ArgumentParser) -> None:
        super().add_arguments(parser)
        parser.add_argument("text")

    def answer(self, **options: Any) -> dict[str, Any]:
        text = read_text_argument(options["text"])
        findings = check_wording(text, command_person())
        unread = unread_part(text)
        return {
            "findings": [finding.as_json() for finding in findings],
            "clean": not findings,
            "unread": unread,
        }

    def describe(self, result: dict[str, Any]) -> str:
        if result["clean"]:
            return result["unread"] or "Nothing to change."
        return "\n".join(
            f"[{row['level']}] {row['quote']}\n  Say instead: {row['say']}\n  Why: {row['why']}"
            for row in result["findings"]
        )
