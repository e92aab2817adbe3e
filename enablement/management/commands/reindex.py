"""Bring the passages of every lesson up to date."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from enablement.management.json_command import JsonCommand
from enablement.models import Lesson
from enablement.retrieval.indexing import index_lesson


class Command(JsonCommand):
    help = "Write, remove and embed passages so that they equal the released content."

    def answer(self, **options: Any) -> dict[str, Any]:
        return {"lessons": {lesson.slug: asdict(index_lesson(lesson)) for lesson in Lesson.objects.all()}}

    def describe(self, result: dict[str, Any]) -> str:
        return "\n".join(
            f"{slug}: {row['written']} written, {row['removed']} removed, {row['embedded']} embedded"
            for slug, row in result["lessons"].items()
        )
