"""Check texts of our own that are fine against the released guide: the interface's, and the pages of docs."""

from __future__ import annotations

from argparse import ArgumentParser
from collections import Counter
from collections.abc import Iterator
from typing import Any

from django.conf import settings

from enablement.evaluation.pages import page_texts
from enablement.interface_texts import interface_texts
from enablement.judges.wording import check_wording
from enablement.management.json_command import JsonCommand, command_person

# Below this a text is a label: it claims nothing.
SENTENCE = 4
# It quotes the claims that the judges are measured on.
QUOTES_CLAIMS = "judges.md"


class Command(JsonCommand):
    help = "Find what must not be said in the texts of the templates."
    asks_encoder = True

    def add_arguments(self, parser: ArgumentParser) -> None:
        super().add_arguments(parser)
        parser.add_argument("--pages", action="store_true", help="README and docs in place of the templates")

    def answer(self, **options: Any) -> dict[str, Any]:
        person, found, n = command_person(), [], 0
        for template, text in _pages() if options["pages"] else interface_texts():
            if len(text.split()) < SENTENCE:
                continue
            n += 1
            found += [{"template": template, **one.as_json()} for one in check_wording(text, person)]
        levels = Counter(row["level"] for row in found)
        return {"n": n, "levels": dict(levels), "findings": found, "clean": not found}

    def describe(self, result: dict[str, Any]) -> str:
        lines = [f"{row['template']}: [{row['level']}] {row['quote']}" for row in result["findings"]]
        levels = ", ".join(f"{count} {level}" for level, count in sorted(result["levels"].items()))
        counted = f"{result['n']} texts read, {len(lines)} findings"
        return "\n".join([f"{counted}: {levels}." if levels else f"{counted}.", *lines])


def _pages() -> Iterator[tuple[str, str]]:
    """(name of the page, a text of it) of README and docs, but for the one that quotes claims."""
    for path in [settings.ROOT / "README.md", *sorted((settings.ROOT / "docs").glob("*.md"))]:
        if path.name != QUOTES_CLAIMS:
            yield from ((path.name, text) for text in page_texts(path.read_text(encoding="utf-8")))
