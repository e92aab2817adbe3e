"""Measure the product on rows that people bring."""

from __future__ import annotations

import json
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.db import transaction

from enablement.chat.gate.questions import read_questions
from enablement.evaluation.answers import evaluate_answers
from enablement.evaluation.grading import evaluate_grading, read_graded
from enablement.evaluation.judges import evaluate_sorting, evaluate_wording
from enablement.evaluation.peers import evaluate_peers
from enablement.evaluation.retrieval import evaluate_retrieval
from enablement.evaluation.rows import BadRows, Row, read_rows
from enablement.judges.sorting import default_distinction
from enablement.management.json_command import BadInput, JsonCommand, command_person
from enablement.models import Distinction, Person


class Command(JsonCommand):
    help = "Measure sorting, wording, answers, grading or retrieval on files that you bring. Nothing is kept."
    asks_encoder = True

    def add_arguments(self, parser: ArgumentParser) -> None:
        super().add_arguments(parser)
        parser.add_argument("kind", choices=["sorting", "wording", "answers", "grading", "retrieval"])
        parser.add_argument(
            "file",
            type=Path,
            help="JSON lines; or a file of fixtures/questions/; for retrieval, a folder in BEIR layout",
        )
        parser.add_argument("--distinction", help="slug of the distinction to sort by (default: the first)")
        parser.add_argument(
            "--peers", action="store_true", help="for retrieval: measure bm25s and txtai on it as well"
        )
        parser.add_argument("--split", help="for grading: only the rows of this split")
        parser.add_argument("--predictions", type=Path, help="write one row an item to this file")

    def answer(self, **options: Any) -> dict[str, Any]:
        try:
            with transaction.atomic():
                figures, predictions = evaluate(
                    options["kind"], options["file"], options["distinction"], options["split"]
                )
                transaction.set_rollback(True)
            if options["kind"] == "retrieval" and options["peers"]:
                figures |= evaluate_peers(options["file"])
        except BadRows as error:
            raise BadInput(str(error)) from error
        if options["predictions"]:
            lines = [json.dumps(row, ensure_ascii=False) + "\n" for row in predictions]
            options["predictions"].write_text("".join(lines), encoding="utf-8")
        return figures

    def describe(self, result: dict[str, Any]) -> str:
        return "\n".join(f"{name:<20} {value}" for name, value in result.items())


def evaluate(kind: str, path: Path, slug: str | None, split: str | None) -> tuple[dict[str, Any], list[Row]]:
    """Read and measure one file. Raises BadRows, BadInput."""
    if kind == "grading":
        return evaluate_grading(read_graded(path, split))
    person = command_person()
    if kind == "wording":
        return evaluate_wording(read_rows(path, ("id", "text", "label"), ("flag", "ok")), person)
    if kind == "retrieval":
        return evaluate_retrieval(path, person)
    if kind == "answers":
        rows = own_rows(path) if path.suffix == ".yaml" else read_rows(path, ("id", "text", "answerable"))
        return evaluate_answers(rows, person)
    distinction = _distinction(person, slug)
    names = list(distinction.outcomes.values_list("name", flat=True))
    return evaluate_sorting(read_rows(path, ("id", "text", "label"), names), distinction, person)


def own_rows(path: Path) -> list[Row]:
    """Read questions in the form of fixtures/questions/. Raises BadRows."""
    try:
        questions = read_questions(path.name, path.parent)
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise BadRows(f"{path} cannot be read: {error}") from error
    return [
        {
            "id": f"{number}: {question.text[:60]}",
            "text": question.text,
            "answerable": question.answerable,
            "refuse_kind": question.refuse or None,
            "gold": sorted(question.gold),
        }
        for number, question in enumerate(questions, 1)
    ]


def _distinction(person: Person, slug: str | None) -> Distinction:
    visible = Distinction.objects.visible_to(person)
    found = visible.filter(slug=slug).first() if slug else default_distinction(person)
    if found is None:
        raise BadInput(f"There is no released distinction{f' “{slug}”' if slug else ''}.")
    return found
