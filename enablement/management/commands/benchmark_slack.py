"""Measure how soon commands from Slack are acknowledged and answered, at a steady rate."""

from __future__ import annotations

import secrets
import threading
import time
from argparse import ArgumentParser
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import urlencode, urlsplit

import httpx2
from django.conf import settings

from enablement.evaluation.metrics import percentile
from enablement.management.json_command import BadInput, JsonCommand
from enablement.models import Person, SlackLink
from enablement.slack.signature import sign

TEAM, PEOPLE = "TBENCHMARK", 40
# Nothing here needs a language model; what is asked is in the lessons that come with the product.
COMMANDS = (
    "Does retrieval end made-up answers?",
    "When does fine-tuning pay off?",
    "sort Every answer is right but far too long.",
    "check We can train the model on your documents. It never makes things up.",
)
FORM = {"Content-Type": "application/x-www-form-urlencoded"}


@dataclass
class Measured:
    """Seconds from sending a command: to its acknowledgement, and to the answer at its response address."""

    sent: dict[str, float] = field(default_factory=dict)
    acknowledged: dict[str, float] = field(default_factory=dict)
    answered: dict[str, float] = field(default_factory=dict)
    statuses: dict[int, int] = field(default_factory=dict)


class Command(JsonCommand):
    help = (
        "Send /dosay commands to a running site and time its acknowledgements and answers. The site must run "
        "with this command's SLACK_SIGNING_SECRET and SLACK_API_BASE_URL, and the latter name a free port of "
        "this machine: the answers are taken there."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        super().add_arguments(parser)
        parser.add_argument("--site", default="http://127.0.0.1:8000", help="where the site runs")
        parser.add_argument("--rate", type=float, default=20.0, help="commands a second (default 20)")
        parser.add_argument("--seconds", type=int, default=30, help="for how long (default 30)")
        parser.add_argument("--wait", type=int, default=60, help="seconds to wait for late answers")

    def answer(self, **options: Any) -> dict[str, Any]:
        address = urlsplit(settings.SLACK_API_BASE_URL)
        if not settings.SLACK_SIGNING_SECRET or address.hostname not in ("127.0.0.1", "localhost"):
            raise BadInput(
                "Set SLACK_SIGNING_SECRET and SLACK_API_BASE_URL=http://127.0.0.1:9100/api/, here and for "
                "the site."
            )
        measured = Measured()
        with _listening(address.port or 80, measured), _people() as users:
            _send_all(measured, users, options)
            ends = time.monotonic() + options["wait"]
            while len(measured.answered) < len(measured.acknowledged) and time.monotonic() < ends:
                time.sleep(0.1)
        return {
            "commands": len(measured.sent),
            "rate": options["rate"],
            "statuses": measured.statuses,
            "acknowledged": _figures(measured.acknowledged),
            "answered": _figures(measured.answered),
            "unanswered": len(measured.sent) - len(measured.answered),
        }

    def describe(self, result: dict[str, Any]) -> str:
        lines = [f"{result['commands']} commands, {result['rate']} a second; statuses {result['statuses']}"]
        for name in ("acknowledged", "answered"):
            row = result[name]
            lines.append(f"  {name:<13} p50 {row['p50']:.2f}  p95 {row['p95']:.2f}  p99 {row['p99']:.2f} s")
        return "\n".join([*lines, f"  without an answer: {result['unanswered']}"])


def _send_all(measured: Measured, users: list[str], options: dict[str, Any]) -> None:
    """Send at a steady rate, whether or not those before have been acknowledged."""
    count = round(options["rate"] * options["seconds"])
    begun = time.monotonic()
    with ThreadPoolExecutor(64) as pool, httpx2.Client(timeout=30) as client:
        for number in range(count):
            time.sleep(max(0.0, begun + number / options["rate"] - time.monotonic()))
            pool.submit(_send, client, measured, users[number % PEOPLE], number, options["site"])


def _send(client: httpx2.Client, measured: Measured, user: str, number: int, site: str) -> None:
    name = f"{number}-{secrets.token_hex(4)}"
    base = urlsplit(settings.SLACK_API_BASE_URL)
    form = {
        "command": "/dosay",
        "text": COMMANDS[number % len(COMMANDS)],
        "team_id": TEAM,
        "user_id": user,
        "response_url": f"{base.scheme}://{base.netloc}/commands/{name}",
    }
    body, now = urlencode(form).encode(), str(int(time.time()))
    signature = sign(settings.SLACK_SIGNING_SECRET, now, body)
    headers = FORM | {"X-Slack-Request-Timestamp": now, "X-Slack-Signature": signature}
    measured.sent[name] = start = time.monotonic()
    try:
        status = client.post(f"{site.rstrip('/')}/slack/commands/", content=body, headers=headers).status_code
    except httpx2.HTTPError:
        status = 0
    measured.statuses[status] = measured.statuses.get(status, 0) + 1
    if status == httpx2.codes.OK:
        measured.acknowledged[name] = time.monotonic() - start


@contextmanager
def _people() -> Iterator[list[str]]:
    """Slack accounts of people who are here as long as it takes. What they asked goes with them."""
    users = [f"U{secrets.token_hex(6).upper()}" for _ in range(PEOPLE)]
    people = [Person.objects.create_user(f"benchmark-{user.lower()}") for user in users]
    for person, user in zip(people, users, strict=True):
        SlackLink.objects.create(person=person, slack_team=TEAM, slack_user=user)
    try:
        yield users
    finally:
        for person in people:
            person.delete()


@contextmanager
def _listening(port: int, measured: Measured) -> Iterator[None]:
    """Take answers at their response addresses."""

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            self.rfile.read(int(self.headers.get("Content-Length", 0)))
            name = self.path.rpartition("/")[2]
            if name in measured.sent:
                measured.answered.setdefault(name, time.monotonic() - measured.sent[name])
            self.send_response_only(200)
            self.send_header("Content-Length", "2")
            self.end_headers()
            self.wfile.write(b"ok")

        def log_message(self, *_: Any) -> None:
            """Nothing on standard error."""

    try:
        server = ThreadingHTTPServer(("127.0.0.1", port), Handler)
    except OSError as error:
        raise BadInput(f"Port {port} of SLACK_API_BASE_URL is taken: {error}.") from error
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield
    finally:
        server.shutdown()
        server.server_close()


def _figures(seconds: dict[str, float]) -> dict[str, float]:
    values = sorted(seconds.values())
    return {f"p{share}": round(percentile(values, share), 3) if values else 0.0 for share in (50, 95, 99)}
