"""Write lessons, quizzes included, as folders that can be edited and loaded again."""

from __future__ import annotations

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from enablement.lessons.canonical import content_hash
from enablement.lessons.exporting import read_lesson
from enablement.lessons.folder_writing import NotALessonFolder, write_lesson_folder
from enablement.management.json_command import BadInput, JsonCommand
from enablement.models import Lesson
from quizzes.coach.exporting import write_scenarios
from quizzes.exporting import write_quizzes


class Command(JsonCommand):
    help = "Write lessons as folders, one each. load_lessons and load_quizzes read them again."

    def add_arguments(self, parser: ArgumentParser) -> None:
        super().add_arguments(parser)
        parser.add_argument("lessons", nargs="*", metavar="SLUG", help="which lessons (default: all)")
        parser.add_argument("--to", type=Path, default=Path("export"), help="where to (default: export/)")

    def answer(self, **options: Any) -> dict[str, Any]:
        lessons = Lesson.objects.order_by("position", "slug")
        if options["lessons"]:
            lessons = lessons.filter(slug__in=options["lessons"])
            _refuse_unknown(options["lessons"], {lesson.slug for lesson in lessons})
        return {"lessons": [export_lesson(lesson, options["to"] / lesson.slug) for lesson in lessons]}

    def describe(self, result: dict[str, Any]) -> str:
        lines = [
            f"{row['slug']}: {len(row['files'])} files in {row['folder']} (hash {row['content_hash'][:12]})"
            for row in result["lessons"]
        ]
        return "\n".join(lines) or "There are no lessons yet."


def export_lesson(lesson: Lesson, folder: Path) -> dict[str, Any]:
    """Write one lesson, its quizzes and its scenarios. Raises BadInput where the folder cannot be written."""
    item = read_lesson(lesson)
    try:
        files = [
            *write_lesson_folder(item, folder),
            *write_quizzes(lesson, folder),
            *write_scenarios(lesson, folder),
        ]
    except NotALessonFolder as error:
        raise BadInput(str(error)) from error
    except OSError as error:
        raise BadInput(f"{folder} cannot be written ({error.strerror}). Name another folder.") from error
    return {
        "slug": lesson.slug,
        "content_hash": content_hash(item),
        "folder": str(folder),
        "files": [path.relative_to(folder).as_posix() for path in files],
    }


def _refuse_unknown(wanted: list[str], known: set[str]) -> None:
    for slug in wanted:
        if slug not in known:
            raise BadInput(f"There is no lesson “{slug}”.")
