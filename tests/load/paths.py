"""What the paths that a crowd takes cost each: statements, and milliseconds of our processor.

    python -m tests.load.paths                      with the made-up history of 200,000 answers
    python -m tests.load.paths --answers 0          the starter lessons alone

One line of JSON a path, medians in this process, without PostgreSQL's own time by the processor.
"""

from __future__ import annotations

import argparse
import json
import logging
from pathlib import Path
from typing import Any

from tests.chaos.kill_web import FOLDER  # isort: skip  (it sets the data folder up)

from django.core.management import call_command
from django.db import connection, connections
from django.db.models import Count
from django.test import Client, override_settings
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from enablement.models import Person, Role
from quizzes.models import Attempt, Quiz
from quizzes.seeding.seeding import seed_history
from tests.chaos.stack import embedded
from tests.load.layers import Ask, cost, pages


def main() -> None:
    """Fill a database, take each path, and print what it cost."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument(
        "--answers", type=int, default=200_000, help="of the made-up history (default 200000)"
    )
    parser.add_argument("--runs", type=int, default=15)
    options = parser.parse_args()
    logging.disable(logging.CRITICAL)
    with FOLDER, embedded(Path(FOLDER.name) / "data"), override_settings(ALLOWED_HOSTS=["testserver"]):
        call_command("migrate", verbosity=0)
        call_command("load_lessons", "--now", verbosity=0)
        call_command("load_quizzes", verbosity=0)
        if options.answers:
            seed_history(reps=400, answers=options.answers, seed=1, weeks=52, until=timezone.now())
        person = Person.objects.create(username="walker", role=Role.REP)
        client = Client()
        client.force_login(person)
        for name, ask in _paths(client, person).items():
            ask()
            with CaptureQueriesContext(connection) as captured:
                ask()
            print(
                json.dumps({"path": name, "statements": len(captured), **cost(ask, options.runs)}), flush=True
            )
        connections.close_all()


def _paths(client: Client, person: Person) -> dict[str, Ask]:
    """The pages of tests.load.layers, practice, and the start of the largest quiz."""
    quiz = Quiz.objects.annotate(size=Count("questions")).order_by("-size", "slug").first()
    assert quiz

    def start() -> Any:
        Attempt.objects.filter(person=person, quiz=quiz).delete()
        return client.post(f"/quizzes/{quiz.slug}/start/")

    # The start comes last: it takes away the attempt that the pages are about.
    return {
        **pages(client, person),
        "practice": lambda: client.get("/practice/"),
        "start, with what takes the last one away": start,
    }


if __name__ == "__main__":
    main()
