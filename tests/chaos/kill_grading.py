"""Kill the worker, or the database, while written answers are being graded; see that none is lost.

    python -m tests.chaos.kill_grading --cycles 200
    python -m tests.chaos.kill_grading --cycles 50 --target database

Prints one JSON object; exit 1 where an answer has no grade, two, or an attempt counts otherwise.
"""

from __future__ import annotations

import argparse
import json
import random
import sys
from dataclasses import asdict
from pathlib import Path

from tests.chaos.kill_web import FOLDER, kill_backend  # isort: skip  (it sets the data folder up)

from django.core.management import call_command
from django.db import connection

from config.embedded.servers import Server, servers
from enablement.lessons.load import load_lessons
from enablement.models import Person
from quizzes.files import read_quiz_file
from quizzes.loader import load_quiz
from tests.chaos.grading import Graded, hand_in_written, kill_process, kill_while_grading
from tests.quizzes.every_kind import EVERY_KIND
from tests.small_lesson import small_lesson


def main() -> None:
    """Run the cycles that the command line asks for."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--cycles", type=int, default=50)
    parser.add_argument("--target", choices=["worker", "database"], default="worker")
    parser.add_argument("--seed", type=int, default=0)
    options = parser.parse_args()
    with FOLDER, servers(frozenset({Server.DATABASE, Server.REDIS})):
        outcome = run(options.cycles, options.target, random.Random(options.seed))
    print(json.dumps({"target": options.target, **asdict(outcome)}, indent=2))
    sys.exit(1 if outcome.losses else 0)


def run(cycles: int, target: str, chance: random.Random) -> Graded:
    """Prepare the database, hand in, and kill."""
    call_command("migrate", verbosity=0)
    load_lessons([small_lesson()])
    path = Path(FOLDER.name) / "quiz-every-kind.yaml"
    path.write_text(EVERY_KIND, encoding="utf-8")
    quiz = load_quiz(read_quiz_file(path)).quiz
    answers = hand_in_written(Person.objects.create_user("ada"), quiz, 3 * cycles)
    connection.close()

    def kill_database(pid: int) -> None:
        kill_backend(chance)

    return kill_while_grading(answers, cycles, chance, kill_process if target == "worker" else kill_database)


if __name__ == "__main__":
    main()
