"""Check lesson folders for everything that can be told without a reader."""

from __future__ import annotations

from argparse import ArgumentParser
from dataclasses import asdict
from pathlib import Path
from typing import Any

from enablement.judges.heads import NotTrained
from enablement.lessons.folder import ContentError, read_lesson_folder
from enablement.lessons.lint import Complaint, check_lessons, readable_texts
from enablement.lessons.lint.ownlines import own_lines_that_break
from enablement.lessons.schema import LessonItem
from enablement.management.commands.load_lessons import starter_folders
from enablement.management.json_command import BadInput, JsonCommand, command_person
from enablement.models import GuideEntry


class Command(JsonCommand):
    help = (
        "Check lesson folders (default: all of fixtures/): gaps, links, repetition, reading ease, figures "
        "without a source, and lines of our own that break our own guide. Status 1 when there is something "
        "to mend."
    )
    asks_encoder = True

    def add_arguments(self, parser: ArgumentParser) -> None:
        super().add_arguments(parser)
        parser.add_argument("folders", nargs="*", type=Path)
        parser.add_argument(
            "--without-guide", action="store_true", help="leave the guide in the database out: quicker"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        self.asks_encoder = not options["without_guide"]
        self.clean = True
        super().handle(*args, **options)
        if not self.clean:
            raise SystemExit(1)

    def answer(self, **options: Any) -> dict[str, Any]:
        folders = options["folders"] or starter_folders()
        lessons = read_lessons(folders)
        others = read_lessons([other for other in starter_folders() if other not in folders])
        found = check_lessons(lessons, others=others, starter=not options["folders"])
        if not options["without_guide"]:
            found += check_own_lines(lessons)
        self.clean = not found
        return {
            "lessons": [lesson.slug for lesson in lessons],
            "complaints": [asdict(complaint) for complaint in found],
            "clean": not found,
        }

    def describe(self, result: dict[str, Any]) -> str:
        lines = [str(Complaint(**row)) for row in result["complaints"]]
        count = len(lines)
        return "\n".join([*lines, f"{count} to mend." if count else "Nothing to mend."])


def read_lessons(folders: list[Path]) -> list[LessonItem]:
    """Read the folders. Raises BadInput naming each file and line that is wrong."""
    lessons, problems = [], []
    for folder in folders:
        try:
            lessons.append(read_lesson_folder(folder))
        except ContentError as error:
            problems += [f"{folder.name}/{problem}" for problem in error.problems]
    if problems:
        raise BadInput("\n".join(problems))
    return lessons


def check_own_lines(lessons: list[LessonItem]) -> list[Complaint]:
    """Check our lines against the guide in the database. Raises BadInput where there is none yet."""
    if not GuideEntry.objects.exists():
        raise BadInput("The guide is empty. Run load_lessons --now first, or add --without-guide.")
    texts = [said for lesson in lessons for said in readable_texts(lesson)]
    try:
        return list(own_lines_that_break(texts, command_person()))
    except NotTrained as error:
        raise BadInput(str(error)) from error
