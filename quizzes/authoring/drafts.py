"""Drafts of questions: kept while somebody writes, and closed once it is saved."""

from __future__ import annotations

from typing import Any

from django.db import transaction

from enablement.models import Lesson, Person
from quizzes.models import QuestionDraft
from quizzes.models.drafts import CLOSED

# A question is never longer; what is posted beyond it is not kept.
MOST_TEXT = 200_000


def find_draft(person: Person, lesson: Lesson, kind: str, slug: str) -> QuestionDraft | None:
    """Return what the person has written of a question and not saved."""
    mine = QuestionDraft.objects.visible_to(person).unfinished()
    return mine.filter(lesson=lesson, kind=kind, slug=slug).first()


@transaction.atomic
def keep_draft(person: Person, lesson: Lesson, item: dict[str, Any], form_key: str) -> QuestionDraft | None:
    """Keep a question as it is being written in the form with a key.

    None where it is too long to be one, or where that form was saved in the meantime: a browser sends what
    was typed last while the page that saves is on its way.
    """
    if sum(len(str(value)) for value in item.values()) > MOST_TEXT:
        return None
    draft = _locked(person, lesson, item["kind"], item["slug"])
    if form_key and draft.item.get(CLOSED) == form_key:
        return None
    draft.item = item
    draft.save(update_fields=["item", "saved_at"])
    return draft


@transaction.atomic
def close_draft(person: Person, lesson: Lesson, kind: str, slug: str, form_key: str) -> None:
    """Put away what was written in a form that is saved now."""
    draft = _locked(person, lesson, kind, slug)
    draft.item = {CLOSED: form_key}
    draft.save(update_fields=["item", "saved_at"])


def drop_draft(person: Person, lesson: Lesson, kind: str, slug: str) -> None:
    """Drop what the person has written and not saved."""
    QuestionDraft.objects.filter(person=person, lesson=lesson, kind=kind, slug=slug).delete()


def _locked(person: Person, lesson: Lesson, kind: str, slug: str) -> QuestionDraft:
    names: dict[str, Any] = {"person": person, "lesson": lesson, "kind": kind, "slug": slug}
    QuestionDraft.objects.get_or_create(**names)
    return QuestionDraft.objects.select_for_update().get(**names)
