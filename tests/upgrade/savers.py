"""Somebody who saves an answer again and again in a quiz of an older version, by its own pages."""

from __future__ import annotations

import json
import re
import threading
import time
from http.client import HTTPConnection, HTTPException

from tests.chaos.people import NO_ANSWER, TIMEOUT, Visit

TOKEN = "a" * 32
# Its questions are choices, of which none may be chosen yet.
QUIZ = "/quizzes/knowledge-or-behaviour/"
ATTEMPT = re.compile(r"/attempts/([0-9a-f-]{36})/")
QUESTION = re.compile(r'data-question="(\d+)"')
# Seconds between two saves.
PAUSE = 0.2


class Saver(threading.Thread):
    """Starts a quiz and saves until told to stop. `confirmed` is the highest number that was stored."""

    def __init__(self, port: int, cookie: str) -> None:
        super().__init__(daemon=True)
        self._port, self._cookie = port, f"{cookie}; csrftoken={TOKEN}"
        self.over = threading.Event()
        self.visits: list[Visit] = []
        self.confirmed = 0
        self.attempt = ""
        self._questions: list[str] = []

    def begin(self) -> None:
        """Start a quiz. Raises RuntimeError where that fails."""
        self._asked("POST", f"{QUIZ}start/", "application/x-www-form-urlencoded")
        self.attempt = ATTEMPT.findall(self._asked("GET", QUIZ))[0]
        self._questions = QUESTION.findall(self._asked("GET", f"/attempts/{self.attempt}/"))
        if not self._questions:
            raise RuntimeError("the attempt's page shows no question")

    def run(self) -> None:
        seq = 0
        while not self.over.is_set():
            seq += 1
            body = {
                "attempt": self.attempt,
                "question": int(self._questions[0]),
                "response": {"chosen": []},
                "client_seq": seq,
            }
            at = time.monotonic()
            status, _ = self._request("POST", "/api/v1/answers/", "application/json", json.dumps(body))
            self.visits.append(Visit(at, time.monotonic() - at, status, "/api/v1/answers/"))
            if status == 200:
                self.confirmed = seq
            self.over.wait(PAUSE)

    def _asked(self, method: str, path: str, kind: str = "", body: str = "") -> str:
        status, text = self._request(method, path, kind, body)
        if status not in (200, 302):
            raise RuntimeError(f"{method} {path}: {status}")
        return text

    def _request(self, method: str, path: str, kind: str = "", body: str = "") -> tuple[int, str]:
        connection = HTTPConnection("127.0.0.1", self._port, timeout=TIMEOUT)
        headers = {"Cookie": self._cookie, "X-CSRFToken": TOKEN} | ({"Content-Type": kind} if kind else {})
        try:
            connection.request(method, path, body or None, headers)
            reply = connection.getresponse()
            return reply.status, reply.read().decode(errors="replace")
        except (HTTPException, OSError):
            return NO_ANSWER, ""
        finally:
            connection.close()
