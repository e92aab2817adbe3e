"""Check that the store is consistent."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from enablement.management.json_command import JsonCommand
from enablement.store.invariants import verify


class Command(JsonCommand):
    help = "Check the store's invariants; exit 1 and a list when any is broken."
    needs_content = False

    def handle(self, *args: Any, **options: Any) -> None:
        self.broken = False
        super().handle(*args, **options)
        if self.broken:
            raise SystemExit(1)

    def answer(self, **options: Any) -> dict[str, Any]:
        outcomes = list(verify())
        self.broken = any(outcome.broken for outcome in outcomes)
        return {
            "holds": not self.broken,
            "checked": len(outcomes),
            "broken": sum(bool(outcome.broken) for outcome in outcomes),
            "invariants": [asdict(outcome) for outcome in outcomes],
        }

    def describe(self, result: dict[str, Any]) -> str:
        lines = []
        for row in result["invariants"]:
            lines.append(f"{'BROKEN' if row['broken'] else 'holds':<7} {row['name']:<13} {row['sentence']}")
            if row["broken"]:
                shown = [*row["cases"], "…"] if row["broken"] > len(row["cases"]) else row["cases"]
                lines.append(f"{'':<21} {row['broken']}: {'; '.join(shown)}")
        return "\n".join(lines)
