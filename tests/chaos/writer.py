"""Somebody who answers one question over and over, as the attempt page does, and notes what was confirmed."""

from __future__ import annotations

import json
import threading
from http.client import HTTPConnection, HTTPException
from typing import Any

from quizzes.models import Answer

TIMEOUT = 5.0


class Writer(threading.Thread):
    """Saves `answer` again and again with rising numbers; one that was not confirmed is sent again.

    `confirmed` is the highest number that the server said was stored; `sent` holds what went under each.
    """

    def __init__(self, port: int, token: str, answer: Answer) -> None:
        super().__init__(daemon=True)
        self.port, self.token, self.answer = port, token, answer
        self.over = threading.Event()
        self.confirmed = 0
        self.unconfirmed = 0
        self.refused = ""
        self.sent: dict[int, dict[str, Any]] = {}

    def run(self) -> None:
        seq, names = 1, self.answer.option_order
        while not self.over.is_set() and not self.refused:
            response = self.sent.setdefault(seq, {"chosen": [names[seq % len(names)]]})
            if self._is_confirmed(seq, response):
                self.confirmed = seq
                seq += 1
            else:
                self.unconfirmed += 1
                self.over.wait(0.02)

    def _is_confirmed(self, seq: int, response: dict[str, Any]) -> bool:
        body = {
            "attempt": str(self.answer.attempt_id),
            "question": self.answer.question_id,
            "response": response,
            "client_seq": seq,
        }
        connection = HTTPConnection("127.0.0.1", self.port, timeout=TIMEOUT)
        try:
            headers = {"Content-Type": "application/json", "Authorization": f"Bearer {self.token}"}
            connection.request("POST", "/api/v1/answers/", json.dumps(body), headers)
            reply = connection.getresponse()
            text = reply.read()
            if 400 <= reply.status < 500:
                self.refused = f"{reply.status}: {text.decode(errors='replace')[:500]}"
            return reply.status == 200 and bool(json.loads(text)["stored"])
        except (HTTPException, OSError, ValueError):
            return False
        finally:
            connection.close()

    def loss(self) -> str:
        """Say what was lost of what the server confirmed; empty where nothing was."""
        stored = Answer.objects.get(pk=self.answer.pk)
        if self.refused:
            return f"{stored}: the server refused an answer ({self.refused})"
        if stored.client_seq < self.confirmed:
            return f"{stored}: save {self.confirmed} was confirmed, {stored.client_seq} is stored"
        if stored.client_seq and stored.response != self.sent[stored.client_seq]:
            return f"{stored}: save {stored.client_seq} is stored with another response"
        return ""
