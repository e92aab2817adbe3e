"""Measure the team page and the export on the data that there are. Nothing is kept: it is rolled back."""

from __future__ import annotations

import gc
import resource
import time
from argparse import ArgumentParser
from typing import Any, cast

from django.db import connection, transaction
from django.http import StreamingHttpResponse
from django.test import Client, override_settings
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from enablement.management.commands.benchmark import timed
from enablement.management.json_command import BadInput, JsonCommand
from enablement.models import Membership, Person
from enablement.roles import may_lead
from quizzes.models import Evidence
from quizzes.seeding.people import LEAD

MEBI = 1024


class Command(JsonCommand):
    help = "Time the team page and the export as a manager sees them. Run seed_history first."

    def add_arguments(self, parser: ArgumentParser) -> None:
        super().add_arguments(parser)
        parser.add_argument("--as", dest="username", default=LEAD, help=f"whose page (default {LEAD})")
        parser.add_argument("--runs", type=int, default=40, help="measurements of each page (default 40)")

    @override_settings(ALLOWED_HOSTS=["testserver"], SECURE_SSL_REDIRECT=False, DEMO=True)
    def answer(self, **options: Any) -> dict[str, Any]:
        person = Person.objects.filter(username=options["username"]).first()
        if person is None or not may_lead(person):
            raise BadInput(f"“{options['username']}” is no manager here. Run seed_history first.")
        client = Client()
        with transaction.atomic():
            client.force_login(person)
            # First, after one short page: the pages would raise the peak that its memory is measured by.
            client.get(reverse("who-sees"))
            export = _export(client)
            pages = {name: self._page(client, url, options["runs"]) for name, url in _pages(person).items()}
            transaction.set_rollback(True)
        evidence = Evidence.objects.visible_to(person)
        return {
            "people": Membership.objects.filter(team__managers=person, person__is_active=True)
            .values("person")
            .distinct()
            .count(),
            "answers": evidence.count(),
            "runs": options["runs"],
            "pages": pages,
            "export": export,
        }

    def _page(self, client: Client, url: str, runs: int) -> dict[str, Any]:
        def read(run: int = 0) -> int:
            response = client.get(url)
            assert response.status_code == 200, response.status_code
            return len(response.content)

        with CaptureQueriesContext(connection) as queries:
            size = read()
        # Counted now: the next request clears the log.
        asked = len(queries)
        return {**timed(read, runs), "queries": asked, "kb": round(size / 1024)}

    def describe(self, result: dict[str, Any]) -> str:
        lines = [f"{result['people']} people, {result['answers']:,} answers, {result['runs']} runs each, ms:"]
        lines += [
            f"  {name:<22} p50 {row['p50']:>7.1f}  p95 {row['p95']:>7.1f}"
            f"  {row['queries']:>2} queries  {row['kb']} kB"
            for name, row in result["pages"].items()
        ]
        export = result["export"]
        lines.append(
            f"  export: {export['rows']:,} rows, {export['mb']} MB, first byte after"
            f" {export['first_byte_s']} s, all after {export['seconds']} s,"
            f" memory grew by {export['grew_mb']} MB"
        )
        return "\n".join(lines)


def _pages(person: Person) -> dict[str, str]:
    team = reverse("team-list")
    own = person.managed_teams.first()
    return {
        "all teams": team,
        "all teams, page 5": f"{team}?page=5",
        "all teams, 12 weeks": f"{team}?weeks=12",
        "one team": f"{team}?team={own.slug if own else ''}",
        "answers of all": reverse("answer-list"),
    }


def _export(client: Client) -> dict[str, Any]:
    """Read an export as it comes. Memory is the process's peak, which the reading may only raise."""
    gc.collect()
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    start = time.perf_counter()
    response = cast(StreamingHttpResponse, client.get(reverse("answer-export")))
    chunks = iter(response)
    first = next(chunks)
    first_byte = time.perf_counter() - start
    size, rows = len(first), 0
    for chunk in chunks:
        size, rows = size + len(chunk), rows + chunk.count(b"\r\n")
    seconds = time.perf_counter() - start
    grew = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before
    return {
        "rows": rows,
        "mb": round(size / 1024 / 1024, 1),
        "first_byte_s": round(first_byte, 2),
        "seconds": round(seconds, 1),
        "grew_mb": round(grew / MEBI, 1),
    }
