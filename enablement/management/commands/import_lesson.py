"""Read a document into drafts."""

from __future__ import annotations

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from enablement.lessons.importing import import_document
from enablement.lessons.reading import DocumentError
from enablement.management.json_command import BadInput, JsonCommand, command_person
from enablement.models import Lesson


class Command(JsonCommand):
    help = "Read the document at PATH into drafts and passages, for an editor to accept."
    asks_encoder = True

    def add_arguments(self, parser: ArgumentParser) -> None:
        super().add_arguments(parser)
        parser.add_argument("path", type=Path)
        parser.add_argument("--lesson", help="slug of the lesson that the drafts are for")
        parser.add_argument("--dry-run", action="store_true", help="show what would be read, keep nothing")

    def answer(self, **options: Any) -> dict[str, Any]:
        path, slug = options["path"], options["lesson"]
        lesson = Lesson.objects.filter(slug=slug).first() if slug else None
        if slug and lesson is None:
            known = ", ".join(Lesson.objects.values_list("slug", flat=True)) or "none yet"
            raise BadInput(f"There is no lesson “{slug}”. Lessons: {known}.")
        try:
            data = path.read_bytes()
        except OSError as error:
            raise BadInput(f"{path} cannot be read: {error.strerror}.") from error
        try:
            done = import_document(
                data, path.name, person=command_person(), lesson=lesson, dry_run=options["dry_run"]
            )
        except DocumentError as error:
            raise BadInput(str(error)) from error
        return {**done.as_json(), "dry_run": options["dry_run"]}

    def describe(self, result: dict[str, Any]) -> str:
        lines = [f"{result['title']}: {result['added']} new drafts"]
        lines += [f"  {count:>3} {name.replace('_', ' ')}" for name, count in result["counts"].items()]
        lines += [f"  against the guide: {row['quote']}" for row in result["findings"]]
        return "\n".join(lines)
