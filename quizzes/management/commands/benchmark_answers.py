"""Measure on this machine how long an answer takes to be stored and confirmed."""

from __future__ import annotations

from argparse import ArgumentParser
from itertools import count
from typing import Any

from django.db import transaction
from django.test import Client, override_settings
from django.urls import reverse

from enablement.management.commands.benchmark import timed
from enablement.management.json_command import BadInput, JsonCommand, command_person
from quizzes.attempts import start_attempt
from quizzes.models import Quiz


class Command(JsonCommand):
    help = "Time an answer from the request to the confirmation. Nothing is kept: it is rolled back."

    def add_arguments(self, parser: ArgumentParser) -> None:
        super().add_arguments(parser)
        parser.add_argument("--runs", type=int, default=200, help="answers to store (default 200)")

    @override_settings(ALLOWED_HOSTS=["testserver"])
    def answer(self, **options: Any) -> dict[str, Any]:
        person, quiz = command_person(), Quiz.objects.released().for_all().first()
        if quiz is None:
            raise BadInput("There is no released quiz. Run load_quizzes first.")
        with transaction.atomic():
            attempt = start_attempt(person, quiz)
            answers = [answer for answer in attempt.answers.all() if answer.option_order]
            client, numbers = Client(), count(1)
            client.force_login(person)

            def store(run: int) -> None:
                answer = answers[run % len(answers)]
                body = {
                    "attempt": str(attempt.pk),
                    "question": answer.question_id,
                    "response": {"chosen": [answer.option_order[0]]},
                    "client_seq": next(numbers),
                }
                stored = client.post(reverse("api-answers"), body, content_type="application/json")
                assert stored.status_code == 200, stored.content

            result = timed(store, options["runs"])
            transaction.set_rollback(True)
        return {"runs": options["runs"], "milliseconds": result}

    def describe(self, result: dict[str, Any]) -> str:
        times = result["milliseconds"]
        return (
            f"An answer stored and confirmed, ms: {times['p50']} (median), {times['p95']} (95th percentile)"
        )
