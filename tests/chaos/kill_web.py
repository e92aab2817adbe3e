"""Kill web processes while answers are being saved, and compare what was confirmed with what is stored.

    python -m tests.chaos.kill_web --cycles 1000
    python -m tests.chaos.kill_web --cycles 100 --target database

Prints one JSON object; exit 1 where a confirmed answer is missing. With `--target database` it is a process
of the embedded PostgreSQL that is killed, which makes the server recover from its log.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import sys
import tempfile
import time
from contextlib import suppress
from dataclasses import asdict
from functools import partial
from pathlib import Path

import tests.environment  # noqa: F401  (before any setting is read)

FOLDER = tempfile.TemporaryDirectory(prefix="chaos-")
Path(FOLDER.name).chmod(0o711)
os.environ |= {"DOSAY_DATA": f"{FOLDER.name}/data", "DJANGO_SETTINGS_MODULE": "config.settings"}

import django  # noqa: E402

django.setup()

import psutil  # noqa: E402
from django.core.management import call_command  # noqa: E402
from django.db import connection  # noqa: E402

from config.embedded.postgres import Postgres  # noqa: E402
from config.embedded.servers import Server, servers  # noqa: E402
from enablement.lessons.load import load_lessons  # noqa: E402
from enablement.models import Person  # noqa: E402
from quizzes.files import read_quiz_file  # noqa: E402
from quizzes.loader import load_quiz  # noqa: E402
from tests.chaos.killing import RECOVERED_WITHIN, Outcome, kill_while_writing, writers_of  # noqa: E402
from tests.chaos.web import kill_one, running_web  # noqa: E402
from tests.quizzes.doors import DOORS  # noqa: E402
from tests.small_lesson import small_lesson  # noqa: E402


def main() -> None:
    """Run the cycles that the command line asks for."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--cycles", type=int, default=100)
    parser.add_argument("--target", choices=["web", "database"], default="web")
    parser.add_argument("--seed", type=int, default=0)
    options = parser.parse_args()
    with FOLDER, servers(frozenset({Server.DATABASE, Server.REDIS})):
        outcome = run(options.cycles, options.target, random.Random(options.seed))
    print(json.dumps({"target": options.target, **asdict(outcome)}, indent=2))
    sys.exit(1 if outcome.losses else 0)


def run(cycles: int, target: str, chance: random.Random) -> Outcome:
    """Prepare the database, serve the site, and kill."""
    call_command("migrate", verbosity=0)
    load_lessons([small_lesson()])
    folder = Path(FOLDER.name) / "doors"
    folder.mkdir()
    (folder / "quiz.yaml").write_text(DOORS, encoding="utf-8")
    quiz = load_quiz(read_quiz_file(folder / "quiz.yaml")).quiz
    with running_web(Path(FOLDER.name) / "web.log") as (master, port):
        writers = writers_of(Person.objects.create_user("ada"), quiz, port)
        connection.close()
        kill = partial(kill_one, master, chance) if target == "web" else partial(kill_backend, chance)
        return kill_while_writing(writers, kill, cycles, chance)


def kill_backend(chance: random.Random) -> bool:
    """Kill a process of PostgreSQL that serves somebody, as soon as one does. Return whether one did."""
    server = Postgres(Path(os.environ["DOSAY_DATA"])).process()
    until = time.monotonic() + RECOVERED_WITHIN
    while server and time.monotonic() < until:
        with suppress(psutil.NoSuchProcess):  # It ended by itself meanwhile.
            serving = [child for child in server.children() if "dosay" in "".join(child.cmdline())]
            if serving:
                chance.choice(serving).kill()
                return True
        time.sleep(0.05)
    return False


if __name__ == "__main__":
    main()
