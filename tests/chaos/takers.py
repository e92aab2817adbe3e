"""Somebody who takes a quiz again and again over the API, each step until the site has taken it."""

from __future__ import annotations

import json
import threading
import uuid
from http.client import HTTPConnection, HTTPException
from typing import Any

TIMEOUT = 20.0
PAUSE = 0.5
BEFORE_AGAIN = 0.3


class Over(Exception):
    """Told to stop in the middle of a step."""


class Taker(threading.Thread):
    """Starts, writes one answer in words of their own, hands in.

    `handed_in` names the attempts of which the site said that it has them. A step that got no answer, or
    5xx, is sent again under the same idempotency key.
    """

    def __init__(self, port: int, token: str, quiz: str, kind: str = "free_text") -> None:
        super().__init__(daemon=True)
        self.port, self.token, self.quiz, self.kind = port, token, quiz, kind
        self.over = threading.Event()
        self.handed_in: list[str] = []
        self.again = 0
        self.refused = ""

    def run(self) -> None:
        try:
            while not self.over.is_set():
                attempt = self._step("/api/v1/attempts/", {"quiz": self.quiz})
                written = next(one for one in attempt["questions"] if one["kind"] == self.kind)
                answer = {
                    "attempt": attempt["id"],
                    "question": written["id"],
                    "response": {"text": "The lock is worn, and no lock holds for ever."},
                    "client_seq": 1,
                }
                self._step("/api/v1/answers/", answer)
                self._step(f"/api/v1/attempts/{attempt['id']}/submit/", {})
                self.handed_in.append(attempt["id"])
                self.over.wait(PAUSE)
        except Over:
            return
        except Exception as error:
            self.refused = f"{type(error).__name__}: {error}"

    def _step(self, path: str, body: dict[str, Any]) -> Any:
        key = uuid.uuid4().hex
        while True:
            status, reply = self._post(path, body, key)
            if 200 <= status < 300:
                return reply
            if 400 <= status < 500:
                raise ValueError(f"{path} was refused: {status} {reply}")
            if self.over.is_set():
                raise Over
            self.again += 1
            self.over.wait(BEFORE_AGAIN)

    def _post(self, path: str, body: dict[str, Any], key: str) -> tuple[int, Any]:
        headers = {
            "Content-Type": "application/json",
            "Authorization": f"Bearer {self.token}",
            "Idempotency-Key": key,
        }
        connection = HTTPConnection("127.0.0.1", self.port, timeout=TIMEOUT)
        try:
            connection.request("POST", path, json.dumps(body), headers)
            reply = connection.getresponse()
            return reply.status, json.loads(reply.read())
        except (HTTPException, OSError, ValueError):
            return 0, None
        finally:
            connection.close()
