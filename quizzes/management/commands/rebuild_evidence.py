"""Work out anew which way people err, from what they answered."""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from enablement.management.json_command import JsonCommand
from quizzes.evidence.keeping import differing_evidence, rebuild_evidence
from quizzes.models import Evidence


class Command(JsonCommand):
    help = "Make the evidence behind the reports anew from what people answered. It should never be needed."

    def add_arguments(self, parser: ArgumentParser) -> None:
        super().add_arguments(parser)
        parser.add_argument("--check", action="store_true", help="count what differs, and change nothing")

    def answer(self, **options: Any) -> dict[str, Any]:
        wrong = differing_evidence() if options["check"] else rebuild_evidence()
        return {"rows": Evidence.objects.count(), "differing": wrong, "changed": not options["check"]}

    def describe(self, result: dict[str, Any]) -> str:
        did = "put right" if result["changed"] else "differ from what follows from the answers"
        return f"{result['rows']} rows of evidence; {result['differing']} {did}."
