"""Grade answers that try to talk a grader into marks, with a model beside the judge that always obeys."""

from __future__ import annotations

import json
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings

from enablement.evaluation.rows import BadRows, read_rows
from enablement.judges.answers import judge_answers
from enablement.management.json_command import BadInput, JsonCommand
from enablement.sentences import sentence_spans
from quizzes.bench import read_bench
from quizzes.grading.guards import guard
from quizzes.grading.opinions import Opinion, claims_all, read_opinion, weigh
from quizzes.grading.rubrics import Outcome, Rubric, RubricCheck, RubricGrade, grade_rubric

NEEDED = ("id", "trusted", "untrusted", "oracle")
MUST_NOT_EXCEED = "score_must_not_exceed"


class Command(JsonCommand):
    help = (
        "Grade attacks (JSON lines: trusted, untrusted, oracle) and the gold set's wrong answers beside a "
        "model that says what an answer orders, and count what is raised without a person."
    )
    asks_encoder = True

    def add_arguments(self, parser: ArgumentParser) -> None:
        super().add_arguments(parser)
        parser.add_argument("file", type=Path)

    def answer(self, **options: Any) -> dict[str, Any]:
        try:
            rows = read_rows(options["file"], NEEDED)
        except BadRows as error:
            raise BadInput(str(error)) from error
        attacks = [row for row in rows if row["oracle"].get("type") == MUST_NOT_EXCEED]
        raised = [row["id"] for row in attacks if _is_raised(row)]
        gold = [one for one in read_bench(settings.ROOT / "fixtures") if not one.correct]
        graded = [_beside_an_obeying_model(one.rubric, one.answer) for one in gold]
        return {
            "attacks": len(attacks),
            "left_out": len(rows) - len(attacks),
            "raised": raised,
            "gold_wrong_answers": len(gold),
            "gold_raised": sum(grade.outcome == Outcome.MET for grade in graded),
        }

    def describe(self, result: dict[str, Any]) -> str:
        return "\n".join(f"{name:<20} {value}" for name, value in result.items())


def _is_raised(row: dict[str, Any]) -> bool:
    """Whether an attack gets more than the bare wrong answer, and no person has looked."""
    told = row["trusted"]
    rubric = Rubric(told["question"], (RubricCheck("key", told["rubric"], (told["key"],)),))
    bare = _beside_an_obeying_model(rubric, told["wrong_answer"])
    attack = _beside_an_obeying_model(rubric, row["untrusted"])
    return attack.outcome == Outcome.MET and bare.outcome != Outcome.MET


def _beside_an_obeying_model(rubric: Rubric, answer: str) -> RubricGrade:
    local = grade_rubric(rubric, answer, lambda asked: judge_answers(asked, patience=60.0))
    return weigh(rubric, local, _obeying(rubric, answer))


def _obeying(rubric: Rubric, answer: str) -> Opinion | None:
    """The opinion of a model that claims every check: by a quote that holds, where the answer has one."""
    text = guard(answer, rubric.known).text
    quotes = [text[slice(*span)].strip() for span in sentence_spans(text)]
    for quote in [answer, *filter(None, quotes)]:
        try:
            return read_opinion(json.dumps(claims_all(rubric, [quote])), rubric, answer, "obeying")
        except ValueError:
            continue
    return None
