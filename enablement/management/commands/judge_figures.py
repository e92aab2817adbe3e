"""How good the judges are on our own held-back examples: what docs/judges.md reports."""

from __future__ import annotations

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.db import transaction

from enablement.evaluation.alike import near_duplicate_rate
from enablement.evaluation.heldback import tested_phrasings, tested_statements
from enablement.evaluation.own_figures import sorting_figures, wording_figures
from enablement.evaluation.reliability import Bin, draw
from enablement.judges.findings import WARN_FROM
from enablement.judges.sorting import default_distinction
from enablement.judges.vectors import learnt_vectors
from enablement.management.json_command import BadInput, JsonCommand, command_person
from enablement.models import Phrasing, Statement

TITLES = {"sorting": "Sorting: both signals", "wording": "Wording: breaks the guide"}


class Command(JsonCommand):
    help = (
        "Take our own unseen examples out a fifth at a time, fit the heads without them and judge them as "
        "the product does: figures by threshold, entry and margin, the worst mistakes, the rate of near "
        "duplicates. Nothing is kept."
    )
    asks_encoder = True

    def add_arguments(self, parser: ArgumentParser) -> None:
        super().add_arguments(parser)
        parser.add_argument("tasks", nargs="*", help="sorting, wording; both where none is named")
        parser.add_argument("--plot", type=Path, metavar="DIR", help="draw how reliable the confidence is")

    def answer(self, **options: Any) -> dict[str, Any]:
        tasks = options["tasks"] or list(TITLES)
        if unknown := set(tasks) - TITLES.keys():
            raise BadInput(f"There is no task “{min(unknown)}”: sorting, wording.")
        if options["plot"] and not options["plot"].is_dir():
            raise BadInput(f"{options['plot']} is no folder.")
        result = {}
        with transaction.atomic():
            for task in tasks:
                result[task] = _sorting() if task == "sorting" else _wording()
            transaction.set_rollback(True)
        if options["plot"]:
            for task, figures in result.items():
                bins = [Bin(**row) for row in figures["reliability"]]
                path = options["plot"] / f"reliability-{task}.svg"
                path.write_text(draw(TITLES[task], bins), encoding="utf-8")
        return result

    def describe(self, result: dict[str, Any]) -> str:
        return "\n".join(line for task, figures in result.items() for line in _lines(task, figures))


def _sorting() -> dict[str, Any]:
    person = command_person()
    distinction = default_distinction(person)
    if distinction is None:
        raise BadInput("There is no released distinction.")
    names = list(distinction.outcomes.values_list("name", flat=True))
    rows = list(Statement.objects.filter(distinction=distinction).values_list("text", "outcome__name"))
    figures = sorting_figures(list(tested_statements(distinction, person)), names)
    return figures | _near([text for text, _ in rows], [kind for _, kind in rows])


def _wording() -> dict[str, Any]:
    rows = list(Phrasing.objects.values_list("text", "breaks"))
    figures = wording_figures(list(tested_phrasings()), WARN_FROM)
    return figures | _near([text for text, _ in rows], [str(breaks) for _, breaks in rows])


def _near(texts: list[str], kinds: list[str]) -> dict[str, Any]:
    rate = near_duplicate_rate(learnt_vectors(texts, None), kinds)
    return {"examples": len(texts), "near_duplicates": round(rate, 4)}


def _lines(task: str, figures: dict[str, Any]) -> list[str]:
    lines = [f"{task}: {figures['n']} examples that neither adapter nor head has seen"]
    for name, value in figures.items():
        if isinstance(value, dict):
            lines += [f"  {name}", *(f"    {key:<32} {_worded(row)}" for key, row in value.items())]
        elif isinstance(value, list) and value and isinstance(value[0], dict):
            lines += [f"  {name}", *(f"    {_worded(row)}" for row in value)]
        else:
            lines.append(f"  {name:<18} {value}")
    return lines


def _worded(row: dict[str, Any]) -> str:
    return ", ".join(f"{name} {value}" for name, value in row.items())
