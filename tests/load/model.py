"""A language model that takes its time: a word now and then, for as long as it is told to."""

from __future__ import annotations

import json
import select
import socket
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any


class SlowModel(ThreadingHTTPServer):
    """Says its first word at once and goes on for `seconds`. `talking`: answers under way."""

    daemon_threads = True
    block_on_close = False
    request_queue_size = 256

    def __init__(self, seconds: float) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.seconds = seconds
        self.talking = self.calls = 0
        self.lock = threading.Lock()
        threading.Thread(target=self.serve_forever, daemon=True).start()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_address[1]}/v1"

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A client that hung up is no error here."""


class _Handler(BaseHTTPRequestHandler):
    server: SlowModel
    protocol_version = "HTTP/1.1"

    def log_message(self, format: str, *args: Any) -> None:
        pass

    def do_POST(self) -> None:
        self.rfile.read(int(self.headers["Content-Length"]))
        self.close_connection = True
        self.send_response(200)
        self.send_header("Content-Type", "text/event-stream")
        self.send_header("Connection", "close")
        self.end_headers()
        with self.server.lock:
            self.server.talking += 1
            self.server.calls += 1
        try:
            # A line in the form that is asked for, which takes until the end to be whole.
            self._say('{"sentence": "', None)
            until = time.monotonic() + self.server.seconds
            while time.monotonic() < until:
                self._say(" word", None)
                self._wait(0.5)
            self._say("", "stop")
            self.wfile.write(b"data: [DONE]\n\n")
        except OSError:
            return
        finally:
            with self.server.lock:
                self.server.talking -= 1

    def _wait(self, seconds: float) -> None:
        """Wait between two words. Raises ConnectionResetError as soon as the client has hung up."""
        ready, _, _ = select.select([self.connection], [], [], seconds)
        if ready and not self.connection.recv(1, socket.MSG_PEEK):
            raise ConnectionResetError

    def _say(self, text: str, finish: str | None) -> None:
        choice = {"index": 0, "delta": {"content": text}, "finish_reason": finish}
        piece = {"id": "1", "object": "chat.completion.chunk", "created": 0, "model": "slow"}
        self.wfile.write(f"data: {json.dumps(piece | {'choices': [choice]})}\n\n".encode())
        self.wfile.flush()
