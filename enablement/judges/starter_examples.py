"""What the adapters are trained on: the statements and phrasings of lesson folders, and short answers."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from enablement.judges.adapter_files import ANSWER_TASKS, Task, staleness
from enablement.judges.examples import Example
from enablement.judges.short_answers import short_answers
from enablement.lessons.folder import read_lesson_folder
from enablement.lessons.schema import DistinctionItem, LessonItem


def starter_examples(task: Task, fixtures: Path) -> list[Example]:
    """Return the examples of `task` in the folders below `fixtures`. Raises ContentError."""
    if task in ANSWER_TASKS:
        return [
            Example(text, (correct,), "", question.question)
            for question in short_answers(fixtures)
            for text, correct in question.answers
        ]
    lessons = [read_lesson_folder(path.parent) for path in sorted(fixtures.glob("*/lesson.yaml"))]
    return sorting_examples(lessons) if task == Task.SORTING else wording_examples(lessons)


def sorting_examples(lessons: Iterable[LessonItem]) -> list[Example]:
    """Return the statements of the first distinction that has enough of them, by lesson position."""
    distinctions = [
        found
        for lesson in sorted(lessons, key=_position)
        for found in lesson.distinctions
        if found.statements
    ]
    return _statements(distinctions[0]) if distinctions else []


def wording_examples(lessons: Iterable[LessonItem]) -> list[Example]:
    """Return the don't-say lines and the phrasings of all guide entries."""
    examples = []
    for entry in (entry for lesson in lessons for entry in lesson.guide_entries):
        breaking = [entry.dont_say, *entry.breaks]
        examples += [Example(text, (True,), entry.slug, f"{entry.slug} broken") for text in breaking]
        examples += [Example(text, (False,), entry.slug, f"{entry.slug} fine") for text in entry.fine]
    return examples


def _position(lesson: LessonItem) -> int:
    return lesson.position


def _statements(distinction: DistinctionItem) -> list[Example]:
    signals = [signal.name for signal in distinction.signals]
    shown = {outcome.name: outcome.signals for outcome in distinction.outcomes}
    return [
        Example(row.text, tuple(name in shown[row.outcome] for name in signals), "", row.outcome)
        for row in distinction.statements
    ]


def stale_adapters(fixtures: Path) -> dict[Task, list[str]]:
    """Return what each shipped adapter no longer fits; nothing for those that fit. Reads every folder."""
    found = {
        task: staleness(task, [example.text for example in starter_examples(task, fixtures)]) for task in Task
    }
    return {task: reasons for task, reasons in found.items() if reasons}
