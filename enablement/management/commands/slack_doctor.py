"""Look at the connection to Slack and say what to do."""

from __future__ import annotations

import json
from argparse import ArgumentParser
from typing import Any

from enablement.doctor.diagnosis import Health
from enablement.management.commands.doctor import MARKS
from enablement.management.json_command import JsonCommand
from enablement.slack.doctor import examine
from enablement.slack.manifest import manifest


class Command(JsonCommand):
    help = "Check token, scopes, signing secret, addresses and clock; exit 1 where something is bad."
    needs_content = False

    def add_arguments(self, parser: ArgumentParser) -> None:
        super().add_arguments(parser)
        parser.add_argument("--manifest", action="store_true", help="print the app manifest for this site")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["manifest"]:
            self.stdout.write(json.dumps(manifest(), indent=2))
            return
        self.bad = False
        super().handle(*args, **options)
        if self.bad:
            raise SystemExit(1)

    def answer(self, **options: Any) -> dict[str, Any]:
        diagnoses = list(examine())
        self.bad = any(diagnosis.health == Health.BAD for diagnosis in diagnoses)
        return {"healthy": not self.bad, "parts": [diagnosis.as_json() for diagnosis in diagnoses]}

    def describe(self, result: dict[str, Any]) -> str:
        return "\n".join(
            f"{MARKS[row['health']]}  {row['part']:<8} {row['message']}" for row in result["parts"]
        )
