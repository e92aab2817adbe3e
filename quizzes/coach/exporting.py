"""Scenarios out of the database, as the file that they can be loaded from again."""

from __future__ import annotations

from pathlib import Path

from enablement.lessons.yaml_text import list_text, mapping_text
from enablement.models import Lesson
from quizzes.coach.schema import CoachingItem, ScenarioItem
from quizzes.models import Scenario

NAME = "coaching.yaml"
TOLD = ("slug", "title", "topic", "buyer", "situation", "says")


def read_scenarios(lesson: Lesson) -> CoachingItem | None:
    """Return the scenarios of a lesson, scripts included; None where it has none."""
    scenarios = Scenario.objects.filter(lesson=lesson).select_related("script", "distinction")
    items = [_item(scenario) for scenario in scenarios.order_by("position")]
    return CoachingItem(lesson=lesson.slug, scenarios=items) if items else None


def write_scenarios(lesson: Lesson, folder: Path) -> list[Path]:
    """Write `coaching.yaml`, or take away one that nothing stands behind any more."""
    item, path = read_scenarios(lesson), folder / NAME
    if item is None:
        path.unlink(missing_ok=True)
        return []
    data = item.model_dump(mode="json")
    lines = list_text(data["scenarios"]).splitlines()
    text = mapping_text({"lesson": data["lesson"]}) + "scenarios:\n"
    text += "".join(f"  {line}".rstrip() + "\n" for line in lines)
    path.write_text(text, encoding="utf-8", newline="\n")
    return [path]


def _item(scenario: Scenario) -> ScenarioItem:
    told = {name: getattr(scenario, name) for name in TOLD}
    return ScenarioItem.model_validate(
        {
            **told,
            "distinction": scenario.distinction.slug,
            "outcome": scenario.script.outcome,
            "turns": scenario.script.turns,
        }
    )
