"""Load lesson folders."""

from __future__ import annotations

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

import yaml
from django.conf import settings
from django.db import transaction

from enablement.demo import make_demo_people
from enablement.judges.training import train_all
from enablement.lessons.folder import ContentError, read_lesson_folder
from enablement.lessons.load import LinkError, load_lessons
from enablement.lessons.schema import LessonItem
from enablement.management.json_command import BadInput, JsonCommand
from enablement.models import Lesson, Synonym
from enablement.outbox import add_work
from enablement.retrieval.embedding import stale_lessons
from enablement.retrieval.indexing import index_lesson
from enablement.trust.demo import make_demo_trust


class Command(JsonCommand):
    help = "Load lesson folders (default: all of fixtures/). What has not changed is left alone."

    def add_arguments(self, parser: ArgumentParser) -> None:
        super().add_arguments(parser)
        parser.add_argument("folders", nargs="*", type=Path)
        parser.add_argument("--demo", action="store_true", help="make the demo people as well")
        parser.add_argument("--now", action="store_true", help="index and train at once, not in the worker")

    def answer(self, **options: Any) -> dict[str, Any]:
        items = read_folders(options["folders"] or starter_folders())
        try:
            with transaction.atomic():
                changed = load_lessons(items)
                if not options["folders"]:
                    load_starter_synonyms()
                if not options["now"]:
                    queue_follow_up(changed)
        except LinkError as error:
            raise BadInput(str(error)) from error
        if options["demo"]:
            make_demo_people()
            make_demo_trust()
        if options["now"]:
            for lesson in Lesson.objects.all():
                index_lesson(lesson)
            train_all()
        return {
            "lessons": [item.slug for item in items],
            "changed": [lesson.slug for lesson in changed],
        }

    def describe(self, result: dict[str, Any]) -> str:
        changed = ", ".join(result["changed"]) or "nothing has changed"
        return f"{len(result['lessons'])} lessons; loaded: {changed}."


def starter_folders() -> list[Path]:
    """Return the lesson folders that come with the product."""
    return sorted(path.parent for path in (settings.ROOT / "fixtures").glob("*/lesson.yaml"))


def read_folders(folders: list[Path]) -> list[LessonItem]:
    """Read every folder. Raises BadInput naming each file and line that is wrong."""
    items, problems = [], []
    for folder in folders:
        try:
            items.append(read_lesson_folder(folder))
        except ContentError as error:
            problems += [f"{folder.name}/{problem}" for problem in error.problems]
    if problems:
        raise BadInput("Nothing was loaded.\n" + "\n".join(problems))
    return items


def load_starter_synonyms() -> None:
    """Write the names of this field that mean the same, where nobody has kept any yet."""
    if not Synonym.objects.exists():
        rings = yaml.safe_load((settings.ROOT / "fixtures" / "synonyms.yaml").read_text(encoding="utf-8"))
        Synonym.objects.bulk_create(Synonym(words=ring) for ring in rings)


def queue_follow_up(changed: list[Lesson]) -> None:
    """Have the worker index what changed, or was embedded by another encoder, and refit the judges."""
    lessons = {lesson.pk for lesson in [*changed, *stale_lessons()]}
    for lesson in sorted(lessons):
        add_work("index_lesson", lesson=lesson)
    if lessons:
        add_work("train_sorting")
