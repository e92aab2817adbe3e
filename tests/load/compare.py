"""What our own code costs beside what it stands on, and how that grows.

    python -m tests.load.compare                    layers, judges, growth, processes
    python -m tests.load.compare layers judges

One line of JSON a part; milliseconds are medians. Retrieval beside others is a command of its own:
`manage.py evaluate retrieval DIR --peers`.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

from tests.chaos.kill_web import FOLDER  # isort: skip  (it sets the data folder up)

from django.core.management import call_command
from django.db import connections
from django.test import Client, override_settings
from django.utils import timezone

from config.embedded.memory import memory_in_use
from enablement.judges.encoder import encode
from enablement.judges.encoder_server import load_models
from enablement.judges.sorting import default_distinction, sort_statement
from enablement.judges.wording import check_wording
from enablement.management.commands.benchmark import timed
from enablement.management.json_command import command_person
from enablement.models import Card, Passage, Person, Script, Statement
from enablement.retrieval.search import search
from quizzes.models import Evidence
from quizzes.seeding.people import LEAD
from quizzes.seeding.seeding import seed_history
from tests.chaos.stack import embedded, running_stack
from tests.load.layers import layers
from tests.store.many_cards import make_cards
from tests.upgrade.releases import own_servers, this_one

DATA = Path(FOLDER.name) / "data"
# Cards added, people and their answers: as it comes, ten times, a hundred times what a small team has.
CONTENT = (0, 500, 5_000)
PEOPLE = ((50, 2_500), (500, 25_000), (5_000, 250_000))
RUNS = 40


def main() -> None:
    """Measure the parts that the command line names."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("parts", nargs="*", metavar="PART", help=f"of {', '.join(PARTS)}")
    options = parser.parse_args()
    if unknown := set(options.parts) - set(PARTS):
        parser.error(f"there is no part {', '.join(sorted(unknown))}")
    with FOLDER, embedded(DATA), override_settings(ALLOWED_HOSTS=["testserver"]):
        call_command("migrate", verbosity=0)
        call_command("load_lessons", "--now", verbosity=0, stdout=sys.stderr)
        call_command("load_quizzes", verbosity=0, stdout=sys.stderr)
        for part in options.parts or PARTS:
            figures = PARTS[part]()
            print(
                json.dumps({"part": part, "load_average": round(os.getloadavg()[0], 1), **figures}),
                flush=True,
            )


def judges() -> dict[str, Any]:
    """The judges beside the encoder's forward pass, of the same texts."""
    person = command_person()
    statements = list(Statement.objects.order_by("pk").values_list("text", flat=True)[:200])
    distinction = default_distinction(person)
    assert distinction
    forward = load_models("all-MiniLM-L6-v2")["all-MiniLM-L6-v2"]

    def each(do: Callable[[str], object]) -> float:
        return timed(lambda run: do(statements[run % len(statements)]), RUNS)["p50"]

    return {
        "ms_forward_pass": each(lambda text: forward([text])),
        "ms_encode_over_the_socket": each(lambda text: encode([text])),
        "ms_sort": each(lambda text: sort_statement(text, distinction, person)),
        "ms_check_wording": each(lambda text: check_wording(text, person)),
    }


def growth() -> dict[str, Any]:
    """Pages, search and the team page by content and by people."""
    person, questions = command_person(), list(Script.objects.values_list("question", flat=True))
    rows: list[dict[str, Any]] = []
    for cards in CONTENT:
        if cards:
            make_cards(cards, seed=cards)
        pages = _pages(person, questions)
        rows.append({"cards": Card.objects.count(), "passages": Passage.objects.count(), **pages})
    for reps, answers in PEOPLE:
        seed_history(reps=reps, answers=answers, seed=1, weeks=26, until=timezone.now())
        lead = Client()
        lead.force_login(Person.objects.get(username=LEAD))
        rows.append(
            {
                "people": reps,
                "answers": Evidence.objects.count(),
                "ms_team": timed(partial(_open_team, lead), RUNS)["p50"],
                **_pages(person, questions),
            }
        )
    return {"rows": rows}


def _open_team(lead: Client, run: int) -> None:
    lead.get("/team/")


def processes() -> dict[str, Any]:
    """Memory of every process, and how soon a page is there: from the web server alone, and from all."""
    connections.close_all()
    began = time.monotonic()
    with this_one(own_servers(DATA)).serving():
        alone = round(time.monotonic() - began, 1)
    began = time.monotonic()
    with running_stack(DATA) as stack:
        ready = round(time.monotonic() - began, 1)
        time.sleep(10)
        memory = {usage.name: usage.mib for usage in memory_in_use(DATA)} | stack.memory()
    seconds = {"seconds_to_first_page": alone, "with_worker_and_beat": ready}
    return {**seconds, "mib": memory, "mib_together": round(sum(memory.values()))}


def _pages(person: Person, questions: list[str]) -> dict[str, float]:
    client = Client()
    client.force_login(person)
    card = Card.objects.visible_to(person)[0].get_absolute_url()
    jobs: dict[str, Callable[[int], object]] = {
        "ms_card": lambda run: client.get(card),
        "ms_home": lambda run: client.get("/"),
        "ms_cards": lambda run: client.get("/cards/"),
        "ms_quizzes": lambda run: client.get("/quizzes/"),
        "ms_search": lambda run: search(questions[run % len(questions)], person),
    }
    return {name: timed(job, RUNS)["p50"] for name, job in jobs.items()}


PARTS: dict[str, Callable[[], dict[str, Any]]] = {
    "layers": lambda: {"pages": layers(command_person(), RUNS)},
    "judges": judges,
    "growth": growth,
    "processes": processes,
}

if __name__ == "__main__":
    main()
