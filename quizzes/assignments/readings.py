"""That somebody has read a lesson: their own word."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from enablement import audit
from enablement.models import Lesson, Person
from quizzes.models import LessonRead


@transaction.atomic
def note_read(person: Person, lesson: Lesson, *, now: datetime) -> LessonRead:
    """Note that `person` says they have read `lesson`; said again, the latest time counts."""
    read, _ = LessonRead.objects.update_or_create(person=person, lesson=lesson, defaults={"at": now})
    audit.record(person, "read_lesson", lesson)
    return read
