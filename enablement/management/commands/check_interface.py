"""Check the interface's own texts against the released guide."""

from __future__ import annotations

from typing import Any

from enablement.interface_texts import interface_texts
from enablement.judges.wording import check_wording
from enablement.management.json_command import JsonCommand, command_person

# Below this a text is a label: it claims nothing.
SENTENCE = 4


class Command(JsonCommand):
    help = "Find what must not be said in the texts of the templates."
    asks_encoder = True

    def answer(self, **options: Any) -> dict[str, Any]:
        person, found, n = command_person(), [], 0
        for template, text in interface_texts():
            if len(text.split()) < SENTENCE:
                continue
            n += 1
            found += [{"template": template, **one.as_json()} for one in check_wording(text, person)]
        return {"n": n, "findings": found, "clean": not found}

    def describe(self, result: dict[str, Any]) -> str:
        lines = [f"{row['template']}: [{row['level']}] {row['quote']}" for row in result["findings"]]
        return "\n".join([f"{result['n']} texts read, {len(lines)} findings.", *lines])
