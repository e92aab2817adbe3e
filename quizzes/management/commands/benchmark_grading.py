"""Measure on this machine how long a written answer takes from handing in to its grade."""

from __future__ import annotations

from argparse import ArgumentParser
from itertools import cycle
from typing import Any

from django.conf import settings
from django.db import transaction
from django.test import override_settings
from django.utils import timezone

from enablement.management.commands.benchmark import timed
from enablement.management.json_command import BadInput, JsonCommand, command_person
from quizzes.attempts import save_answer, start_attempt, submit_attempt
from quizzes.bench import read_bench
from quizzes.models import Answer, Question, Quiz, QuizQuestion
from quizzes.written import grade_written


class Command(JsonCommand):
    help = (
        "Time a written answer from handing in to its grade by the local judge, the queue between web and "
        "worker left out. Nothing is kept: it is rolled back."
    )
    asks_encoder = True

    def add_arguments(self, parser: ArgumentParser) -> None:
        super().add_arguments(parser)
        parser.add_argument("--runs", type=int, default=50, help="answers to grade (default 50)")

    @override_settings(GRADING_OPINION=False)
    def answer(self, **options: Any) -> dict[str, Any]:
        person = command_person()
        texts = cycle(sample.answer for sample in read_bench(settings.ROOT / "fixtures"))
        question = Question.objects.filter(kind="free_text", places__isnull=False).first()
        if question is None:
            raise BadInput("No quiz asks for an answer in one's own words. Run load_quizzes first.")
        with transaction.atomic():
            quiz = Quiz.objects.create(lesson=question.lesson, slug="benchmark-grading", state="released")
            QuizQuestion.objects.create(quiz=quiz, question=question)

            def grade(run: int) -> None:
                attempt = start_attempt(person, quiz)
                answer = Answer.objects.select_related("attempt__person", "question__key").get(
                    attempt=attempt
                )
                save_answer(attempt, question, {"text": next(texts)}, 1)
                submit_attempt(attempt, person)
                grade_written(answer, now=timezone.now())

            grade(0)  # The first one reads the judge's file.
            result = timed(grade, options["runs"])
            transaction.set_rollback(True)
        return {"runs": options["runs"], "milliseconds": result}

    def describe(self, result: dict[str, Any]) -> str:
        times = result["milliseconds"]
        return f"Handed in and graded, ms: {times['p50']} (median), {times['p95']} (95th percentile)"
