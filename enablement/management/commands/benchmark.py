"""Measure on this machine: search, answers, sorting, checking and pages, warm, one after the other."""

from __future__ import annotations

import gc
import statistics
import time
from argparse import ArgumentParser
from collections.abc import Callable
from typing import Any

from django.db import transaction
from django.test import Client, override_settings

from enablement.chat.turns import answer_now
from enablement.evaluation.scale import measure_growth, measure_indexing
from enablement.judges.encoder import forget_texts
from enablement.judges.sorting import default_distinction, sort_statement
from enablement.judges.training import train_all
from enablement.judges.wording import check_wording
from enablement.management.json_command import BadInput, JsonCommand, command_person
from enablement.models import Card, GuideEntry, Passage, Person, Script, Statement, Surface
from enablement.retrieval.search import search

WARM_UP = 5
SIZES = [1_000, 10_000, 100_000]
MOST_PASSAGES = 1_000_000
MOST_QUESTIONS = 60
# Passages that are indexed to see how fast that is.
INDEXED = 1_500
# What takes seconds is measured so often.
LONG_RUNS = 3


class Command(JsonCommand):
    help = "Measure times on this machine. Nothing is kept: what is written meanwhile is rolled back."
    asks_encoder = True

    def add_arguments(self, parser: ArgumentParser) -> None:
        super().add_arguments(parser)
        parser.add_argument(
            "part", nargs="?", choices=["all", "judges", "search"], default="all", help="what to measure"
        )
        parser.add_argument(
            "--sizes", type=int, nargs="+", default=SIZES, help="numbers of passages, for search"
        )
        parser.add_argument("--runs", type=int, default=100, help="measurements of each kind (default 100)")

    @override_settings(ALLOWED_HOSTS=["testserver"])
    def answer(self, **options: Any) -> dict[str, Any]:
        if options["part"] == "search":
            return self._search(options["sizes"], options["runs"])
        with transaction.atomic():
            person = command_person()
            chosen = judge_jobs(person) if options["part"] == "judges" else jobs(person)
            result = {name: timed(job, options["runs"]) for name, job in chosen.items()}
            if options["part"] == "judges":
                result |= {name: timed(job, LONG_RUNS) for name, job in long_jobs(person).items()}
            transaction.set_rollback(True)
        return {"passages": Passage.objects.count(), "runs": options["runs"], "milliseconds": result}

    def _search(self, sizes: list[int], runs: int) -> dict[str, Any]:
        questions = list(Script.objects.values_list("question", flat=True))[:MOST_QUESTIONS]
        if not questions or not all(1 <= size <= MOST_PASSAGES for size in sizes):
            raise BadInput(f"Load the starter lessons first, and give sizes from 1 to {MOST_PASSAGES:,}.")
        return {
            "runs": runs,
            "search": measure_growth(sizes, questions, command_person(), runs),
            "indexing": measure_indexing(INDEXED),
        }

    def describe(self, result: dict[str, Any]) -> str:
        if "search" in result:
            return "\n".join(
                f"{name:>10}  {', '.join(f'{key} {value}' for key, value in row.items())}"
                for name, row in [*result["search"].items(), ("indexing", result["indexing"])]
            )
        lines = [f"{result['passages']} passages, {result['runs']} runs each, ms (median, 95th percentile):"]
        lines += [
            f"  {name:<14} {row['p50']:>8.1f} {row['p95']:>8.1f}"
            for name, row in result["milliseconds"].items()
        ]
        return "\n".join(lines)


def jobs(person: Person) -> dict[str, Callable[[int], object]]:
    """Return what is measured, each taking the number of the run, so that no two runs are the same."""
    questions = list(Script.objects.values_list("question", flat=True))
    cards = list(Card.objects.visible_to(person))
    client = Client()
    client.force_login(person)
    return {
        "search": lambda run: search(questions[run % len(questions)], person),
        "ask": lambda run: answer_now(person, questions[run % len(questions)], Surface.COMMAND),
        "card page": lambda run: client.get(cards[run % len(cards)].get_absolute_url()),
        "home page": lambda run: client.get("/"),
        **judge_jobs(person),
    }


def judge_jobs(person: Person) -> dict[str, Callable[[int], object]]:
    """Sorting one statement, and checking a draft of 200 words that is another one at every run."""
    statements = list(Statement.objects.order_by("pk").values_list("text", flat=True)[:200])
    words = draft_words()
    distinction = default_distinction(person)
    found: dict[str, Callable[[int], object]] = {
        "check 200 words": lambda run: check_wording(" ".join(words[run : run + 200]), person)
    }
    if distinction is not None:
        found["sort"] = lambda run: sort_statement(statements[run % len(statements)], distinction, person)
    return found


def long_jobs(person: Person) -> dict[str, Callable[[int], object]]:
    """Checking 10,000 words, and refitting every head."""
    words = draft_words() * 10
    return {
        "check 10,000 words": lambda run: check_wording(" ".join(words[run : run + 10_000]), person),
        "refit": lambda run: train_all(again=True),
    }


def draft_words() -> list[str]:
    """Words of released lines, as a long draft has them."""
    lines = GuideEntry.objects.values_list("do_say", "why")
    return [word for line in lines for text in line for word in text.split()]


def timed(job: Callable[[int], object], runs: int) -> dict[str, float]:
    """Return median and 95th percentile of `runs` runs, in milliseconds, after a few that do not count.

    No run finds the vector of a text from another run.
    """
    for run in range(min(WARM_UP, runs // LONG_RUNS)):
        job(run)
    # As in a web process (config/wsgi.py).
    gc.collect()
    gc.freeze()
    times = []
    for run in range(runs):
        forget_texts()
        start = time.perf_counter()
        job(run)
        times.append((time.perf_counter() - start) * 1000)
    quantiles = statistics.quantiles(times, n=20)
    return {"p50": round(statistics.median(times), 1), "p95": round(quantiles[-1], 1)}
