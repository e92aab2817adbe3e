"""What a crowd does, for locust. `python -m tests.load.run` starts the site and lets it in."""

from __future__ import annotations

import hashlib
import hmac
import itertools
import json
import os
import random
import re
import time
from collections import Counter, defaultdict
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

from locust import FastHttpUser, between, constant, constant_throughput, events, task

CROWD = json.loads(Path(os.environ["DOSAY_LOAD_CROWD"]).read_text(encoding="utf-8"))
THINK = tuple(float(part) for part in os.environ.get("DOSAY_LOAD_THINK", "30-90").split("-"))
TOKEN = "a" * 32
_reps, _managers, _slack = (itertools.cycle(CROWD[name]) for name in ("reps", "managers", "slack_users"))
QUESTION = re.compile(r'data-question="(\d+)"')
VALUE = re.compile(r'value="([a-z0-9-]+)"')
# No page of the crowd asks for a password.
SIGN_IN = 'name="password"'
ATTEMPT = re.compile(r"/attempts/([0-9a-f-]{36})/")


class Windows:
    """How many requests took how many milliseconds, by window of time, written when the crowd has left."""

    def __init__(self, path: Path, seconds: float) -> None:
        self.path, self.seconds, self.began = path, seconds, time.monotonic()
        self.counts: dict[int, Counter[int]] = defaultdict(Counter)
        heard: list[tuple[Any, Any]] = [
            (events.test_start, self.begin),
            (events.request, self.count),
            (events.quitting, self.write),
        ]
        for event, listener in heard:
            event.add_listener(listener)

    def begin(self, **_: Any) -> None:
        self.began = time.monotonic()

    def count(self, response_time: float, **_: Any) -> None:
        self.counts[int((time.monotonic() - self.began) / self.seconds)][round(response_time)] += 1

    def write(self, **_: Any) -> None:
        self.path.write_text(json.dumps(self.counts), encoding="utf-8")


if "DOSAY_LOAD_WINDOWS" in os.environ:
    Windows(Path(os.environ["DOSAY_LOAD_WINDOWS"]), float(os.environ["DOSAY_LOAD_WINDOW"]))


class Rep(FastHttpUser):
    """Somebody signed in."""

    abstract = True
    network_timeout = connection_timeout = 60.0
    insecure = False

    def on_start(self) -> None:
        self.cookie = f"{next(_reps)}; csrftoken={TOKEN}"

    def page(self, path: str, name: str = "") -> str:
        headers = {"Cookie": self.cookie}
        with self.client.get(path, headers=headers, name=name or path, catch_response=True) as reply:
            text = reply.text or ""
            if SIGN_IN in text:
                reply.failure("the sign-in page came")
        return text

    def post(self, path: str, form: dict[str, str], name: str) -> str:
        headers = {
            "Cookie": self.cookie,
            "X-CSRFToken": TOKEN,
            "Content-Type": "application/x-www-form-urlencoded",
        }
        # The client drops the cookie on the way to where it is sent on, and would time the sign-in page.
        reply: Any = self.client.post(
            path, urlencode(form), headers=headers, name=name, allow_redirects=False
        )
        if reply.status_code in (302, 303):
            return self.page(reply.headers["Location"], f"{name}: page")
        return reply.text or ""

    def start_quiz(self) -> None:
        self.page(f"/quizzes/{CROWD['quiz']}/", "quiz")
        page = self.post(f"/quizzes/{CROWD['quiz']}/start/", {}, "start")
        self.questions = sorted(set(QUESTION.findall(page)))
        assert self.questions, "the page of the attempt did not come"
        self.attempt = ATTEMPT.search(page)[1]  # type: ignore[index]
        self.seq = 0

    def save(self) -> None:
        """Save an answer as the attempt's page does. An open choice is no answer, and saves all the same."""
        self.seq += 1
        body: dict[str, Any] = {
            "attempt": self.attempt,
            "question": int(random.choice(self.questions)),
            "response": {"chosen": []},
            "client_seq": int(time.time() * 1000),
        }
        headers = {"Cookie": self.cookie, "X-CSRFToken": TOKEN, "Content-Type": "application/json"}
        self.client.post("/api/v1/answers/", json.dumps(body), headers=headers, name="save")


class Starter(Rep):
    """One of a class that starts a quiz together, once: whoever left would be replaced by another."""

    wait_time = constant(3600)

    @task
    def begin(self) -> None:
        self.start_quiz()


class Steady(Rep):
    """Somebody in the middle of a quiz, who thinks."""

    wait_time = between(*THINK)

    def on_start(self) -> None:
        super().on_start()
        self.start_quiz()
        # Not all begin to think at the same moment.
        time.sleep(random.uniform(0, THINK[1]))

    @task
    def answer(self) -> None:
        self.save()


class Browser(Rep):
    """Somebody who reads, searches, sorts and saves without a pause."""

    wait_time = constant(0)

    def on_start(self) -> None:
        super().on_start()
        self.start_quiz()

    @task(6)
    def card(self) -> None:
        self.page(f"/cards/{random.choice(CROWD['cards'])}/", "card")

    @task(3)
    def pages(self) -> None:
        self.page(random.choice(["/", "/quizzes/", "/guide/", "/practice/"]), "page")

    @task(2)
    def search(self) -> None:
        words = random.choice(CROWD["questions"]).split()
        self.page(
            "/search/?" + urlencode({"q": " ".join(random.sample(words, min(4, len(words))))}), "search"
        )

    @task(3)
    def answer(self) -> None:
        self.save()


class Walker(Browser):
    """The same, once a second."""

    wait_time = constant_throughput(1)


class Asker(Rep):
    """Somebody who asks, and reads the answer from the knowledge base itself."""

    wait_time = between(2, 6)

    @task
    def ask(self) -> None:
        self.post("/ask/", {"text": f"{random.choice(CROWD['questions'])} {random.randint(1, 99999)}"}, "ask")


class Listener(Rep):
    """Somebody who reads an answer as a language model writes it."""

    wait_time = between(0, 1)

    @task
    def listen(self) -> None:
        headers = {
            "Cookie": self.cookie,
            "X-CSRFToken": TOKEN,
            "Content-Type": "application/x-www-form-urlencoded",
        }
        form = urlencode({"text": random.choice(CROWD["questions"])})
        began = time.perf_counter()
        with self.client.post(
            "/ask/stream/", form, headers=headers, name="headers", stream=True, catch_response=True
        ) as reply:
            reply.stream.read(1)
            self._note("first byte", began)
            said = reply.stream.read()
            self._note("whole answer", began)
            if b"event: done" not in said:
                reply.failure("the stream had no end")

    def _note(self, name: str, began: float) -> None:
        """Count a time of the stream's own; locust's is of its headers."""
        self.environment.events.request.fire(
            request_type="SSE",
            name=name,
            response_time=(time.perf_counter() - began) * 1000,
            response_length=0,
            exception=None,
            context={},
        )


class SlackUser(FastHttpUser):
    """Somebody who writes `/dosay …`, as Slack sends it on."""

    wait_time = constant_throughput(1)

    @task
    def command(self) -> None:
        form = {
            "command": "/dosay",
            "text": random.choice(CROWD["questions"]),
            "team_id": "T1",
            "user_id": next(_slack),
            "channel_id": "C1",
            "trigger_id": str(time.monotonic_ns()),
            "response_url": f"{os.environ['DOSAY_LOAD_SLACK']}/{time.monotonic_ns()}",
        }
        body, now = urlencode(form), str(int(time.time()))
        base = f"v0:{now}:{body}".encode()
        signature = hmac.new(os.environ["DOSAY_LOAD_SECRET"].encode(), base, hashlib.sha256).hexdigest()
        headers = {
            "X-Slack-Request-Timestamp": now,
            "X-Slack-Signature": f"v0={signature}",
            "Content-Type": "application/x-www-form-urlencoded",
        }
        self.client.post("/slack/commands/", body, headers=headers, name="slack command")


class Manager(Rep):
    """A manager who looks at a team of hundreds."""

    wait_time = between(1, 3)

    def on_start(self) -> None:
        self.cookie = f"{next(_managers)}; csrftoken={TOKEN}"

    @task
    def dashboard(self) -> None:
        self.page(random.choice(["/team/", "/team/?weeks=12", "/team/?page=5"]))
