"""Two web servers and two workers on one database, with RabbitMQ; one worker is killed and comes back.

    python -m tests.chaos.two_of_each --seconds 30

A crowd at each web server reads, saves and hands in. Prints one line of JSON; exit 1 where something was
lost or left over, or a page said 500. Needs RabbitMQ (`apt-get install rabbitmq-server`).
"""

from __future__ import annotations

import argparse
import json
import sys
import threading
import time
from collections import Counter
from dataclasses import asdict
from pathlib import Path
from random import Random

from tests.chaos.kill_web import FOLDER  # isort: skip  (it sets the data folder up)

from django.core.management import call_command
from django.db import connections

from enablement.models import Work
from tests.chaos.crowd import Crowd, Outcome
from tests.chaos.outages import fill
from tests.chaos.rabbitmq import rabbitmq, rabbitmq_program
from tests.chaos.stack import Stack, embedded, running_stack

# People of the second crowd have numbers of their own.
APART = 100


def main() -> None:
    """Run both sites, and let the crowds in."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--seconds", type=float, default=30.0)
    options = parser.parse_args()
    if not rabbitmq_program():
        parser.exit(2, "RabbitMQ is not installed: apt-get install rabbitmq-server\n")
    data = Path(FOLDER.name) / "data"
    with FOLDER, embedded(data), rabbitmq(Path(FOLDER.name) / "rabbitmq") as address:
        fill()
        connections.close_all()
        with (
            running_stack(data, CELERY_BROKER_URL=address) as one,
            running_stack(data, False, CELERY_BROKER_URL=address) as two,
        ):
            outcomes = both(one, two, options.seconds)
        tries = Counter(Work.objects.values_list("tries", flat=True))
        call_command("verify", "--json", stdout=sys.stderr)
    print(json.dumps({"tries": dict(sorted(tries.items())), "sites": [asdict(one) for one in outcomes]}))
    sys.exit(any(outcome.is_bad for outcome in outcomes))


def both(one: Stack, two: Stack, seconds: float) -> list[Outcome]:
    """Let a crowd into each site; the second's worker is killed half-way."""
    crowds = Crowd(one), Crowd(two, first=APART)
    outcomes: list[Outcome] = []
    faults = _wait, _kill_worker
    threads = [
        threading.Thread(
            target=lambda crowd=crowd, fault=fault: outcomes.append(crowd.during(fault, seconds, Random(0)))
        )
        for crowd, fault in zip(crowds, faults, strict=True)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(outcomes) == len(crowds), "a crowd came to no end"
    return outcomes


def _wait(stack: Stack, seconds: float, chance: Random) -> dict[str, float]:
    time.sleep(seconds)
    return {}


def _kill_worker(stack: Stack, seconds: float, chance: Random) -> dict[str, float]:
    time.sleep(seconds / 2)
    stack.worker.sweep()
    time.sleep(seconds / 4)
    stack.worker.start()
    time.sleep(seconds / 4)
    return {"workers_killed": 1}


if __name__ == "__main__":
    main()
