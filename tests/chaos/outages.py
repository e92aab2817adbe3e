"""Break what the site stands on while people use it, and see what they saw and what was lost.

    python -m tests.chaos.outages                       every fault, each for as long as it needs
    python -m tests.chaos.outages redis-down --seconds 600

One line of JSON a fault; exit 1 where something was lost, a page said 500, or work was left over. The site is
started as `manage.py run` starts it, with a network of ours before PostgreSQL and Redis.
"""

from __future__ import annotations

import argparse
import random
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.chaos.kill_web import FOLDER  # isort: skip  (it sets the data folder up)

from django.core.management import call_command
from django.db import connections

from config.embedded import addresses
from enablement.judges.training import train_all
from enablement.lessons.load import load_lessons
from enablement.models import Lesson
from enablement.retrieval.indexing import index_lesson
from quizzes.files import read_quiz_file
from quizzes.loader import load_quiz
from tests.chaos.breaking import FAULTS
from tests.chaos.crowd import Crowd, tell
from tests.chaos.stack import embedded, running_stack
from tests.quizzes.doors import DOORS
from tests.quizzes.every_kind import EVERY_KIND
from tests.small_lesson import small_lesson

LETS_GO_WITHIN = 30.0


def main() -> None:
    """Run the faults that the command line names."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("faults", nargs="*", metavar="FAULT", help=f"of {', '.join(FAULTS)}; all without")
    parser.add_argument("--seconds", type=float, default=20.0, help="how long an outage lasts (default 20)")
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--disk", type=int, default=0, help="put the data on a disk of so many MiB (as root)")
    options = parser.parse_args()
    if unknown := set(options.faults) - set(FAULTS):
        parser.error(f"there is no fault {', '.join(sorted(unknown))}")
    data = Path(FOLDER.name) / "data"
    names = options.faults or [name for name in FAULTS if name != "disk-full" or options.disk]
    failed = False
    with FOLDER, small_disk(data, options.disk), embedded(data):
        fill()
        connections.close_all()
        for name in names:
            with running_stack(data) as stack:
                outcome = Crowd(stack).during(FAULTS[name], options.seconds, random.Random(options.seed))
            failed |= outcome.is_bad
            print(tell(name, outcome), flush=True)
        call_command("verify", "--json")
    sys.exit(failed)


@contextmanager
def small_disk(data: Path, size: int) -> Iterator[None]:
    """Have a disk of `size` MiB in memory under the data; the usual disk where it is 0."""
    if not size:
        yield
        return
    # Made with the settings: sessions of this process and of the site are signed with the same key.
    key = addresses.secret_key(data)
    subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={size}m,mode=711", "tmpfs", data], check=True)
    try:
        (data / "secret-key").write_text(key, encoding="ascii")
        yield
    finally:
        _unmount(data)


def _unmount(data: Path) -> None:
    """Take the disk away once the last process has let go of it."""
    until = time.monotonic() + LETS_GO_WITHIN
    while subprocess.run(["umount", data], stderr=subprocess.DEVNULL, check=False).returncode:
        if time.monotonic() > until:
            raise RuntimeError(f"something still uses {data}: see with fuser -m {data}")
        time.sleep(0.2)


def fill() -> None:
    """Fill the database with a small lesson, learnt, and its quizzes."""
    call_command("migrate", verbosity=0)
    load_lessons([small_lesson()])
    for name, text in (("quiz.yaml", DOORS), ("every-kind.yaml", EVERY_KIND)):
        folder = Path(FOLDER.name) / name.split(".")[0]
        folder.mkdir()
        path = folder / name
        path.write_text(text, encoding="utf-8")
        load_quiz(read_quiz_file(path))
    for lesson in Lesson.objects.all():
        index_lesson(lesson)
    train_all()


if __name__ == "__main__":
    main()
