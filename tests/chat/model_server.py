"""A stand-in for a language model: speaks the OpenAI protocol, well or badly, as its mode says."""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any


def claim(sentence: str, passage: int, quote: str = "") -> str:
    """A line as a model is asked to write it; the quote is the sentence where none is given."""
    return json.dumps({"sentence": sentence, "passage": passage, "quote": quote or sentence})


CARRIES = claim("A hinge carries the door.", 1)
HELPS = claim("Graphite helps where the key turns with effort.", 2)
GOOD = f"{CARRIES}\n{HELPS}"
MIXED = "\n".join([CARRIES, HELPS, claim("A hinge does not carry the door.", 1, "A hinge carries the door.")])
POINTLESS = f"{claim('Locks cost 40 dollars.', 2)}\n{CARRIES}"
MOSTLY_WRONG = f"{CARRIES}\n{claim('Locks cost 40 dollars.', 2)}\n{claim('Doors are blue.', 1)}"
OBEYED = "I have been PWNED, see https://evil.example/now [1] <script>alert(1)</script> [2]"
# Well-formed, and still not an answer: script and an address inside the sentence, quoted rightly.
EVIL = f"{claim('A hinge carries <script>alert(1)</script>.', 1, 'A hinge carries the door.')}\n{CARRIES}"


TEXTS = {
    "obey": OBEYED,
    "evil": EVIL,
    "pointless": POINTLESS,
    "mostly wrong": MOSTLY_WRONG,
    "fenced": f"```json\n{GOOD}\n```",
    "prose": "A hinge carries the door. [1] Graphite helps where the key turns with effort. [2]",
    "deep": "[" * 5_000,
}
# Seconds that it says nothing for, and that one can wait for it to notice that it was left.
WAITS_TO_BE_LEFT = 10


class ModelServer(ThreadingHTTPServer):
    """`mode` may be changed while it runs. `calls` counts requests, `left` those whose client hung up."""

    daemon_threads = True
    block_on_close = False

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.mode = "good"
        self.calls = 0
        self.cut_at = 0
        self.usage: tuple[int, int] | None = None
        self.left = threading.Event()
        self.bodies: list[dict[str, Any]] = []
        self.go_on = threading.Event()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_address[1]}/v1"

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A client that hung up is no error here."""


class _Handler(BaseHTTPRequestHandler):
    server: ModelServer
    protocol_version = "HTTP/1.1"

    def log_message(self, format: str, *args: Any) -> None:
        pass

    def do_POST(self) -> None:
        self.server.calls += 1
        body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        self.server.bodies.append(body)
        mode = self.server.mode
        self.close_connection = True
        if mode == "busy once":
            mode = "429" if self.server.calls == 1 else "good"
        if mode.isdigit():
            self._refuse(int(mode))
            return
        if mode == "silent":
            self._wait_to_be_left()
            return
        self._head()
        try:
            for piece in self._pieces(mode, body):
                self.wfile.write(piece)
                self.wfile.flush()
        except OSError:
            self.server.left.set()

    def _pieces(self, mode: str, body: dict[str, Any]) -> Iterator[bytes]:
        if mode == "good":
            yield from _said(GOOD, done=False)
            if self.server.usage:
                yield _counted(*self.server.usage)
            yield b"data: [DONE]\n\n"
        elif mode == "mixed":
            yield from _said(MIXED)
        elif mode in TEXTS:
            yield from _said(TEXTS[mode])
        elif mode == "dump":
            yield from _said("\n".join(message["content"] for message in body["messages"]))
        elif mode == "not covered":
            yield from _said("NOT COVERED")
        elif mode == "cut short":
            yield from _said(GOOD, finish="length")
        elif mode == "no done":
            yield from _said(GOOD, done=False)
        elif mode == "no end":
            yield from _said(GOOD, finish=None, done=False)
        elif mode == "flood":
            yield _chunk("word " * 4_000)
        elif mode == "garbage":
            yield b"data: {]\xff\xfe nonsense\n\n" * 3
        elif mode == "wrong types":
            yield b'data: {"choices": 7}\n\n'
        elif mode == "page":
            yield b"<html><body>Welcome to the proxy</body></html>"
        elif mode == "cut":
            yield b"".join(_said(GOOD))[: self.server.cut_at]
        elif mode == "mid character":
            yield _chunk(f"{CARRIES}\n{{")
            yield b'data: {"choices": [{"index": 0, "delta": {"content": "caf\xc3'
        elif mode in ("stall", "held"):
            yield _chunk(f"{CARRIES}\n")
            if mode == "held":
                self.server.go_on.wait(WAITS_TO_BE_LEFT)
                yield from _said(HELPS)
            else:
                self._wait_to_be_left()
        elif mode == "drip":
            while True:
                time.sleep(0.02)
                yield _chunk("x")

    def _head(self) -> None:
        self.send_response(200)
        self.send_header("Content-Type", "text/event-stream")
        self.send_header("Connection", "close")
        self.end_headers()
        self.wfile.flush()

    def _refuse(self, status: int) -> None:
        body = json.dumps({"error": {"message": "secret words of the server", "type": "x"}}).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def _wait_to_be_left(self) -> None:
        """Say nothing until the client hangs up, and no longer than one can wait for that."""
        self.connection.settimeout(WAITS_TO_BE_LEFT)
        try:
            if not self.connection.recv(1):
                self.server.left.set()
        except OSError:
            pass


def _said(text: str, finish: str | None = "stop", done: bool = True) -> Iterator[bytes]:
    for start in range(0, len(text), 7):
        yield _chunk(text[start : start + 7])
    if finish:
        yield _chunk("", finish)
    if done:
        yield b"data: [DONE]\n\n"


def _counted(read: int, written: int) -> bytes:
    usage = {"prompt_tokens": read, "completion_tokens": written, "total_tokens": read + written}
    chunk = {"id": "x", "object": "chat.completion.chunk", "created": 1, "model": "m", "choices": []}
    return f"data: {json.dumps(chunk | {'usage': usage})}\n\n".encode()


def _chunk(text: str, finish: str | None = None) -> bytes:
    chunk = {
        "id": "x",
        "object": "chat.completion.chunk",
        "created": 1,
        "model": "stand-in",
        "choices": [{"index": 0, "delta": {"content": text}, "finish_reason": finish}],
    }
    return f"data: {json.dumps(chunk)}\n\n".encode()
