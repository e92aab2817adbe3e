"""Bring the passages of every lesson up to date."""

from __future__ import annotations

import sys
from dataclasses import asdict
from typing import Any

from django.conf import settings

from enablement.judges.encoder import EncoderUnavailable
from enablement.management.json_command import BadInput, JsonCommand
from enablement.models import Lesson
from enablement.retrieval.asking import serving_encoder
from enablement.retrieval.indexing import index_lesson


class Command(JsonCommand):
    help = "Write, remove and embed passages so that they equal the released content."

    def answer(self, **options: Any) -> dict[str, Any]:
        """One lesson after the other, named on standard error. What is done stays done."""
        lessons, done = list(Lesson.objects.all()), dict[str, Any]()
        for place, lesson in enumerate(lessons, 1):
            print(f"{place} of {len(lessons)}: {lesson.title}", file=sys.stderr)
            try:
                done[lesson.slug] = asdict(index_lesson(lesson))
            except EncoderUnavailable as error:
                so_far = f"{len(done)} of {len(lessons)} lessons are done and stay so"
                raise BadInput(f"{error} {so_far}; run it again to go on.") from error
        return {"lessons": done, "encoder": serving_encoder()}

    def describe(self, result: dict[str, Any]) -> str:
        rows = [
            f"{slug}: {row['written']} written, {row['removed']} removed, {row['embedded']} embedded"
            for slug, row in result["lessons"].items()
        ]
        ends = f"Questions are looked up by the vectors of {result['encoder']}."
        if result["encoder"] != settings.EMBEDDING_MODEL:
            ends += f" {settings.EMBEDDING_MODEL} waits: something was released meanwhile. Run it again."
        return "\n".join([*rows, ends])
