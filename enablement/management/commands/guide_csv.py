"""The guide as a CSV file, out and in."""

from __future__ import annotations

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from enablement.lessons.guide_csv import CsvError
from enablement.lessons.guide_exchange import export_guide, propose_guide
from enablement.management.json_command import BadInput, JsonCommand, command_person
from enablement.models import Lesson


class Command(JsonCommand):
    help = "Write the guide to a CSV file, or read one into drafts that an editor releases."

    def add_arguments(self, parser: ArgumentParser) -> None:
        super().add_arguments(parser)
        parser.add_argument("way", choices=["export", "import"])
        parser.add_argument("file", type=Path)
        parser.add_argument(
            "--lesson", metavar="SLUG", help="only this lesson; for an import, where new entries go"
        )

    def answer(self, **options: Any) -> dict[str, Any]:
        lessons = Lesson.objects.order_by("position", "slug")
        if options["lesson"]:
            lessons = lessons.filter(slug=options["lesson"])
        if not lessons:
            raise BadInput(f"There is no lesson “{options['lesson'] or ''}”.")
        if options["way"] == "export":
            return _export(lessons, options["file"])
        return _import(lessons[0], options["file"])

    def describe(self, result: dict[str, Any]) -> str:
        if "rows" in result:
            return f"{result['rows']} entries in {result['file']}."
        counts = ", ".join(f"{len(result[name])} {name}" for name in ("new", "changed", "same", "busy"))
        return f"{counts}. New and changed entries are drafts until somebody releases them."


def _export(lessons: Any, file: Path) -> dict[str, Any]:
    text = export_guide(lessons)
    try:
        file.write_text(text, encoding="utf-8", newline="")
    except OSError as error:
        raise BadInput(f"{file} cannot be written ({error.strerror}).") from error
    rows = sum(lesson.guideentry_set.filter(state="released").count() for lesson in lessons)
    return {"file": str(file), "rows": rows}


def _import(lesson: Lesson, file: Path) -> dict[str, Any]:
    try:
        proposed = propose_guide(file.read_text(encoding="utf-8-sig"), lesson, command_person())
    except (OSError, UnicodeDecodeError) as error:
        raise BadInput(f"{file} cannot be read as UTF-8 text ({error}).") from error
    except CsvError as error:
        raise BadInput(f"Nothing was taken from {file.name}.\n{error}") from error
    drafts = {"new": proposed.new, "changed": proposed.changed}
    slugs = {name: [draft.slug for draft in rows] for name, rows in drafts.items()}
    return {**slugs, "same": proposed.same, "busy": proposed.busy}
