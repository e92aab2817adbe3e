"""The versions of a question, each with what it changed."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

from enablement.lessons.difference import Change
from enablement.models import AuditEvent
from quizzes.authoring.desk import changes_to
from quizzes.exporting import question_data
from quizzes.models import Question


@dataclass(frozen=True, slots=True)
class Version:
    """One version: what it changed of the one before, who wrote it, in how many answers it was asked."""

    question: Question
    changes: list[Change]
    by: str
    answers: int


def versions_of(question: Question) -> list[Version]:
    """Return the versions of a question, the newest first."""
    rows = Question.objects.filter(slug=question.slug, key__isnull=False).order_by("-version")
    linked = list(rows.select_related("key", "card", "guide_entry", "distinction", "ladder"))
    events = AuditEvent.objects.filter(verb="write_question", subject=question.slug, actor__isnull=False)
    names = {event.after["version"]: event.actor for event in events.select_related("actor") if event.after}
    before = {new.pk: old for new, old in pairwise(linked)}
    return [
        Version(row, _changes(before.get(row.pk), row), str(names.get(row.version, "")), row.answers.count())
        for row in linked
    ]


def _changes(old: Question | None, new: Question) -> list[Change]:
    same_kind = old is not None and old.kind == new.kind
    return changes_to(old, question_data(new)) if old is not None and same_kind else []
