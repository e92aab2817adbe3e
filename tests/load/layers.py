"""What a page costs, layer by layer: its queries alone, then Django around them, then our own code."""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import connection, transaction
from django.http import HttpRequest, HttpResponse
from django.test import Client, RequestFactory, override_settings
from django.test.utils import CaptureQueriesContext
from django.urls import path

from enablement.models import Card, Person
from quizzes.attempts import start_attempt
from quizzes.models import Attempt, Quiz

BARE = "/bare/"
WARM_UP = 5
Ask = Callable[[], Any]


@dataclass(frozen=True, slots=True)
class Replay:
    """The statements of one page, to be asked again without anything around them."""

    statements: Sequence[str]
    size: int

    def ask(self) -> None:
        """Send every statement and fetch every row."""
        with connection.cursor() as cursor:
            for statement in self.statements:
                cursor.execute(statement)
                if cursor.description:
                    cursor.fetchall()

    def view(self, request: HttpRequest) -> HttpResponse:
        """A bare Django view of the same queries, with as many bytes."""
        self.ask()
        return HttpResponse(b"x" * self.size)


urlpatterns: list[Any] = []


def layers(person: Person, runs: int) -> dict[str, dict[str, Any]]:
    """Return what each page costs: its queries alone, a bare view of them, with our middleware, ours."""
    client = Client()
    client.force_login(person)
    return {name: _measured(client, ask, runs) for name, ask in pages(client, person).items()}


def pages(client: Client, person: Person) -> dict[str, Ask]:
    """The pages that a site is asked for the most, and the save of an answer."""
    card = Card.objects.visible_to(person)[0]
    attempt = _open_attempt(person)
    answer = attempt.answers.filter(question__kind="one_choice")[0]
    numbers = iter(range(1, 10**9))

    def save() -> Any:
        body = {
            "attempt": str(attempt.pk),
            "question": answer.question_id,
            "response": {"chosen": answer.option_order[:1]},
            "client_seq": next(numbers),
        }
        return client.post("/api/v1/answers/", body, content_type="application/json")

    return {
        "card": lambda: client.get(card.get_absolute_url()),
        "home": lambda: client.get("/"),
        "guide": lambda: client.get("/guide/"),
        "quizzes": lambda: client.get("/quizzes/"),
        "attempt": lambda: client.get(attempt.get_absolute_url()),
        "save an answer": save,
    }


def _measured(client: Client, ask: Ask, runs: int) -> dict[str, Any]:
    with CaptureQueriesContext(connection) as captured:
        response = ask()
        assert response.status_code == 200, response.status_code
    # Savepoints are the transaction's own, and would end what they did not begin.
    statements = [row["sql"] for row in captured.captured_queries if "SAVEPOINT" not in row["sql"]]
    replay = Replay([statement for statement in statements if statement], len(response.content))
    request = RequestFactory().get(BARE)
    urlpatterns[:] = [path(BARE.strip("/") + "/", replay.view)]
    with override_settings(ROOT_URLCONF="tests.load.layers"):
        around = cost(lambda: client.get(BARE), runs)
    return {
        "queries": len(replay.statements),
        "kB": round(replay.size / 1024),
        "queries_alone": cost(replay.ask, runs),
        "bare_view": cost(lambda: replay.view(request), runs),
        "with_middleware": around,
        "ours": cost(ask, runs),
    }


def cost(job: Callable[[], object], runs: int) -> dict[str, float]:
    """Return milliseconds of `job`, medians: by the clock, and of our processor alone (without PostgreSQL).

    The second says something on a busy machine as well.
    """
    clock, processor = [], []
    for _ in range(runs + WARM_UP):
        began, used = time.perf_counter(), time.thread_time()
        job()
        clock.append(time.perf_counter() - began)
        processor.append(time.thread_time() - used)
    return {
        "clock": round(statistics.median(clock[WARM_UP:]) * 1000, 1),
        "processor": round(statistics.median(processor[WARM_UP:]) * 1000, 1),
    }


def _open_attempt(person: Person) -> Attempt:
    quiz = Quiz.objects.filter(questions__kind="one_choice").order_by("slug").first()
    assert quiz
    with transaction.atomic():
        return start_attempt(person, quiz)
