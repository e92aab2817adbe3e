"""Scenarios out of `coaching.yaml` into the database. The same file twice changes nothing."""

from __future__ import annotations

from pathlib import Path

from django.db import transaction
from pydantic import ValidationError

from enablement.lessons.canonical import data_hash
from enablement.lessons.folder import ContentError, Problem
from enablement.models import Distinction, Lesson
from quizzes.coach.schema import CoachingItem, ScenarioItem
from quizzes.files import read_located, short_name
from quizzes.models import Scenario, ScenarioScript


def read_coaching(path: Path) -> CoachingItem:
    """Read and check one `coaching.yaml`. Raises ContentError with every problem, each with its line."""
    name, located = short_name(path), read_located(path)
    try:
        return CoachingItem.model_validate(located.value)
    except ValidationError as error:
        problems = [
            Problem(name, located.line_of(tuple(detail["loc"])), detail["msg"]) for detail in error.errors()
        ]
        raise ContentError(problems) from error


@transaction.atomic
def load_coaching(path: Path) -> list[str]:
    """Bring the scenarios of a lesson to what the file says; return the slugs of those that changed.

    Raises ContentError where the file names a lesson, a distinction or an outcome that is not there. A
    scenario that the file no longer holds goes, with the runs through it.
    """
    item, name = read_coaching(path), short_name(path)
    lesson = Lesson.objects.filter(slug=item.lesson).first()
    if lesson is None:
        raise ContentError([Problem(name, 1, f"there is no lesson called “{item.lesson}”")])
    Scenario.objects.filter(lesson=lesson).exclude(slug__in=[one.slug for one in item.scenarios]).delete()
    return [one.slug for position, one in enumerate(item.scenarios) if _bring(name, lesson, position, one)]


def _bring(name: str, lesson: Lesson, position: int, item: ScenarioItem) -> bool:
    digest = data_hash([position, item.model_dump(mode="json")])
    if Scenario.objects.filter(slug=item.slug, lesson=lesson, content_hash=digest).exists():
        return False
    distinction = Distinction.objects.filter(slug=item.distinction).first()
    if distinction is None or not distinction.outcomes.filter(name=item.outcome).exists():
        message = f"{item.slug}: “{item.distinction}” has no outcome “{item.outcome}”"
        raise ContentError([Problem(name, 1, message)])
    told = item.model_dump(include={"title", "topic", "buyer", "situation", "says"})
    scenario, _ = Scenario.objects.update_or_create(
        slug=item.slug,
        defaults=told
        | {
            "lesson": lesson,
            "distinction": distinction,
            "turns": len(item.turns),
            "position": position,
            "content_hash": digest,
        },
    )
    turns = [turn.model_dump(mode="json") for turn in item.turns]
    ScenarioScript.objects.update_or_create(
        scenario=scenario, defaults={"outcome": item.outcome, "turns": turns}
    )
    return True
