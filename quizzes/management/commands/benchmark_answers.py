"""Measure on this machine how long an answer takes to be stored and confirmed."""

from __future__ import annotations

from argparse import ArgumentParser
from collections.abc import Callable, Sequence
from itertools import count
from math import erfc, sqrt
from statistics import median
from time import perf_counter
from typing import Any

from django.db import transaction
from django.test import Client, override_settings
from django.urls import reverse

from enablement.management.commands.benchmark import timed
from enablement.management.json_command import BadInput, JsonCommand, command_person
from quizzes.attempts import start_attempt
from quizzes.kinds import QuestionKind
from quizzes.models import Answer, AnswerKey, Question, Quiz

# Answered by choosing one: a body of one name is an answer.
CHOSEN = (QuestionKind.ONE_CHOICE, QuestionKind.SORT, QuestionKind.CHEAPEST_STEP)


class Command(JsonCommand):
    help = "Time an answer from the request to the confirmation. Nothing is kept: it is rolled back."

    def add_arguments(self, parser: ArgumentParser) -> None:
        super().add_arguments(parser)
        parser.add_argument("--runs", type=int, default=200, help="answers to store (default 200)")

    @override_settings(ALLOWED_HOSTS=["testserver"])
    def answer(self, **options: Any) -> dict[str, Any]:
        person = command_person()
        chosen = Question.objects.filter(kind__in=CHOSEN)
        quiz = Quiz.objects.released().for_all().filter(places__question__in=chosen).first()
        if quiz is None:
            raise BadInput("There is no released quiz with choices. Run load_quizzes first.")
        with transaction.atomic():
            attempt = start_attempt(person, quiz)
            shown = attempt.answers.select_related("question")
            answers = [answer for answer in shown if answer.question.kind in CHOSEN]
            client, numbers = Client(), count(1)
            client.force_login(person)

            def store(run: int, chosen: str = "") -> None:
                answer = answers[run % len(answers)]
                body = {
                    "attempt": str(attempt.pk),
                    "question": answer.question_id,
                    "response": {"chosen": [chosen or answer.option_order[0]]},
                    "client_seq": next(numbers),
                }
                stored = client.post(reverse("api-answers"), body, content_type="application/json")
                assert stored.status_code == 200, stored.content

            result = timed(store, options["runs"])
            gap = right_against_wrong(store, answers, options["runs"])
            transaction.set_rollback(True)
        return {"runs": options["runs"], "milliseconds": result, "right_against_wrong": gap}

    def describe(self, result: dict[str, Any]) -> str:
        times = result["milliseconds"]
        gap = result["right_against_wrong"]
        return (
            f"A right answer against a wrong one: {gap['gap_ms']} ms, p = {gap['p']}\n"
            f"An answer stored and confirmed, ms: {times['p50']} (median), {times['p95']} (95th percentile)"
        )


def right_against_wrong(
    store: Callable[[int, str], None], answers: Sequence[Answer], runs: int
) -> dict[str, float]:
    """Whether the time tells right from wrong answers (docs/threats.md, T04): `runs` of each, in turns.

    Return the gap between the medians, and the p of Mann and Whitney's test (by the normal approximation).
    """
    keys = {key.question_id: key.correct for key in AnswerKey.objects.filter(question__answers__in=answers)}
    one_key = [index for index, answer in enumerate(answers) if len(keys[answer.question_id]) == 1]
    times: dict[bool, list[float]] = {True: [], False: []}
    for run in range(2 * runs):
        index, right = one_key[run // 2 % len(one_key)], run % 2 == 0
        correct = keys[answers[index].question_id][0]
        wrong = next(name for name in answers[index].option_order if name != correct)
        began = perf_counter()
        store(index, correct if right else wrong)
        times[right].append((perf_counter() - began) * 1000)
    return {
        "gap_ms": round(abs(median(times[True]) - median(times[False])), 2),
        "p": round(mann_whitney(times[True], times[False]), 4),
    }


def mann_whitney(one: Sequence[float], two: Sequence[float]) -> float:
    """Return the two-sided p of Mann and Whitney's U test, normal approximation (for 20 and more)."""
    above = sum(a > b for a in one for b in two) + 0.5 * sum(a == b for a in one for b in two)
    spread = sqrt(len(one) * len(two) * (len(one) + len(two) + 1) / 12)
    return erfc(abs(above - len(one) * len(two) / 2) / spread / sqrt(2))
