"""The restore drill: fill a database, back it up, put it back on an empty machine, compare, and time it.

    python -m tests.store.drill                                    10,000 cards and 1,000,000 answers
    python -m tests.store.drill --cards 500 --answers 20000

One JSON object, seconds; exit 1 where something differs, an invariant is broken, or backup and restore
together took more than ten minutes.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from tests.chaos.kill_web import FOLDER  # isort: skip  (it sets the data folder up)

from django.core.management import call_command
from django.db import connection, connections
from django.utils import timezone

from config.embedded.servers import Server, servers, wait_for_encoder
from quizzes.seeding.seeding import seed_history
from tests.store.many_cards import make_cards

ROOT = Path(__file__).resolve().parents[2]
AT_MOST = 600.0
REPS_PER_ANSWER = 1 / 500


def main() -> None:
    """Run the drill that the command line asks for."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--cards", type=int, default=10_000)
    parser.add_argument("--answers", type=int, default=1_000_000)
    options = parser.parse_args()
    took: dict[str, float] = {}
    with FOLDER:
        folder, data = Path(FOLDER.name) / "backup", Path(FOLDER.name) / "data"
        with servers(set(Server), data):
            wait_for_encoder(120, data)
            with timed(took, "fill"):
                _fill(options.cards, options.answers)
            size = _database_size()
            connections.close_all()
            with timed(took, "backup"):
                kept = _command(data, "backup", str(folder))
        # On another machine there is nothing yet: a folder of its own, with servers of its own.
        with timed(took, "restore, with comparison and verify"):
            back = _command(Path(FOLDER.name) / "other", "restore", str(folder))
    result = {
        "rows": kept["rows"],
        "rows_back": back["rows"],
        "equal": back["equal"],
        "broken": back["broken"],
        "database_mib": size,
        "backup_mib": round(kept["bytes"] / 1024**2),
        "seconds": took,
    }
    print(json.dumps(result, indent=2))
    is_well = back["equal"] and not back["broken"] and kept["rows"] == back["rows"]
    sys.exit(not is_well or sum(took.values()) - took["fill"] > AT_MOST)


def _fill(cards: int, answers: int) -> None:
    call_command("migrate", verbosity=0)
    call_command("load_lessons", "--now", verbosity=0, stdout=sys.stderr)
    call_command("load_quizzes", verbosity=0, stdout=sys.stderr)
    make_cards(cards)
    reps = max(20, int(answers * REPS_PER_ANSWER))
    seed_history(reps=reps, answers=answers, seed=1, weeks=52, until=timezone.now())


def _database_size() -> int:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_database_size(current_database()) / 1024 / 1024")
        (size,) = cursor.fetchone() or (0,)
    return int(size)


def _command(data: Path, *words: str) -> dict[str, Any]:
    """Run a command on a data folder, as a person does from a shell."""
    done = subprocess.run(
        [sys.executable, "manage.py", *words, "--json"],
        cwd=ROOT,
        env=os.environ | {"DOSAY_DATA": str(data)},
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        raise RuntimeError(f"{words[0]} failed: {done.stderr[-2000:]}")
    result: dict[str, Any] = json.loads(done.stdout)
    return result


@contextmanager
def timed(took: dict[str, float], name: str) -> Iterator[None]:
    began = time.monotonic()
    yield
    took[name] = round(time.monotonic() - began, 1)


if __name__ == "__main__":
    main()
