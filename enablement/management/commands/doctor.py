"""Look at every part and say what to do."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from django.conf import settings

from config.embedded.memory import memory_in_use
from enablement.doctor.diagnosis import Health
from enablement.doctor.examining import examine
from enablement.management.json_command import JsonCommand

MARKS = {"ok": "fine", "warn": "look", "bad": "BAD "}


class Command(JsonCommand):
    help = "Look at configuration, servers, encoder, queue and disk; exit 1 where something is bad."

    def handle(self, *args: Any, **options: Any) -> None:
        self.bad = False
        super().handle(*args, **options)
        if self.bad:
            raise SystemExit(1)

    def answer(self, **options: Any) -> dict[str, Any]:
        diagnoses = list(examine())
        self.bad = any(diagnosis.health == Health.BAD for diagnosis in diagnoses)
        memory = memory_in_use(settings.DATA_FOLDER)
        return {
            "healthy": not self.bad,
            "parts": [diagnosis.as_json() for diagnosis in diagnoses],
            "memory": [asdict(usage) for usage in memory],
            "memory_mib": round(sum(usage.mib for usage in memory), 1),
        }

    def describe(self, result: dict[str, Any]) -> str:
        lines = [f"{MARKS[row['health']]}  {row['part']:<14} {row['message']}" for row in result["parts"]]
        lines += [f"      {row['mib']:>7.1f} MiB  {row['name']}" for row in result["memory"]]
        return "\n".join([*lines, f"      {result['memory_mib']:>7.1f} MiB  together"])
