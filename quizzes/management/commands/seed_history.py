"""Make up people, teams and months of answers: for measuring the reports, and for showing them."""

from __future__ import annotations

import time
from argparse import ArgumentParser
from datetime import UTC, datetime
from typing import Any

from django.utils import timezone

from enablement.management.json_command import BadInput, JsonCommand
from quizzes.seeding.seeding import (
    NotHere,
    NothingToAnswer,
    refuse_in_production,
    remove_history,
    seed_history,
)

MOST_REPS, MOST_ANSWERS, MOST_WEEKS = 20_000, 5_000_000, 260


class Command(JsonCommand):
    help = (
        "Make up people with months of answers, in place of those made up before. Never where people work: "
        "it refuses behind TLS, on a database of one's own outside demo mode, and where people sign in."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        super().add_arguments(parser)
        parser.add_argument("--reps", type=int, default=500, help="people (default 500)")
        parser.add_argument(
            "--answers", type=int, default=200_000, help="answers in quizzes (default 200000)"
        )
        parser.add_argument("--weeks", type=int, default=26, help="how far back it goes (default 26)")
        parser.add_argument("--seed", type=int, default=1, help="the same seed makes the same history")
        parser.add_argument("--until", help="day on which it ends, as 2026-11-26 (default: now)")
        parser.add_argument("--remove", action="store_true", help="take out what was made up, and stop")

    def answer(self, **options: Any) -> dict[str, Any]:
        start = time.perf_counter()
        try:
            if options["remove"]:
                refuse_in_production()
                return {"removed": remove_history()}
            made = seed_history(
                reps=_within(options["reps"], "--reps", MOST_REPS),
                answers=_within(options["answers"], "--answers", MOST_ANSWERS),
                weeks=_within(options["weeks"], "--weeks", MOST_WEEKS),
                seed=options["seed"],
                until=_moment(options["until"]),
            )
        except (NotHere, NothingToAnswer) as error:
            raise BadInput(str(error)) from error
        return {**made, "seconds": round(time.perf_counter() - start, 1)}

    def describe(self, result: dict[str, Any]) -> str:
        if "removed" in result:
            return f"{result['removed']} made-up people taken out, with all they did."
        return "\n".join(f"{number:>10,}  {name.replace('_', ' ')}" for name, number in result.items())


def _within(number: int, name: str, most: int) -> int:
    if not 1 <= number <= most:
        raise BadInput(f"{name} takes a number from 1 to {most:,}, not {number}.")
    return number


def _moment(text: str | None) -> datetime:
    if text is None:
        return timezone.now()
    try:
        return datetime.strptime(text, "%Y-%m-%d").replace(tzinfo=UTC)
    except ValueError as error:
        raise BadInput(f"--until takes a day such as 2026-11-26, not “{text}”.") from error
