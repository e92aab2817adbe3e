"""Drafts of questions: kept while somebody writes, and dropped once it is saved."""

from __future__ import annotations

from typing import Any

from enablement.models import Lesson, Person
from quizzes.models import QuestionDraft

# A question is never longer; what is posted beyond it is not kept.
MOST_TEXT = 200_000


def find_draft(person: Person, lesson: Lesson, kind: str, slug: str) -> QuestionDraft | None:
    """Return what the person has written of a question and not saved."""
    mine = QuestionDraft.objects.visible_to(person)
    return mine.filter(lesson=lesson, kind=kind, slug=slug).first()


def keep_draft(person: Person, lesson: Lesson, item: dict[str, Any]) -> QuestionDraft | None:
    """Keep a question as it is being written; None where it is too long to be one."""
    if sum(len(str(value)) for value in item.values()) > MOST_TEXT:
        return None
    draft, _ = QuestionDraft.objects.update_or_create(
        person=person, lesson=lesson, kind=item["kind"], slug=item["slug"], defaults={"item": item}
    )
    return draft


def drop_draft(person: Person, lesson: Lesson, kind: str, slug: str) -> None:
    """Drop what the person has written and not saved."""
    QuestionDraft.objects.filter(person=person, lesson=lesson, kind=kind, slug=slug).delete()
