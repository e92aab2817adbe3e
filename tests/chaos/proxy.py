"""A network of our own between two programs: it can refuse, be silent, be slow, and cut connections."""

from __future__ import annotations

import contextlib
import socket
import struct
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager

CHUNK = 64 * 1024
# Closing with this sends a reset in place of an orderly end.
RESET = struct.pack("ii", 1, 0)


class Proxy:
    """Listens on a port of this machine and passes on to `target`: the path of a socket, or host and port.

    `latency` is added to every piece passed on, in seconds; after `cut_after` bytes towards the client its
    connection is reset. Both hold for what comes next.
    """

    def __init__(self, target: str | tuple[str, int]) -> None:
        self.target = target
        self.latency = 0.0
        self.cut_after: int | None = None
        self._passes = threading.Event()
        self._passes.set()
        self._refuses = False
        self._open: set[socket.socket] = set()
        self._lock = threading.Lock()
        self._listener = socket.create_server(("127.0.0.1", 0), backlog=256)
        self.port: int = self._listener.getsockname()[1]
        threading.Thread(target=self._accept, daemon=True).start()

    @property
    def connections(self) -> int:
        """How many are open, counting both sides of each."""
        return len(self._open)

    def reset(self) -> None:
        """Cut all connections, as a router does that is started anew."""
        with self._lock:
            ended, self._open = self._open, set()
        for one in ended:
            _reset(one)

    @contextmanager
    def down(self) -> Iterator[None]:
        """Nobody is there: what is open is cut, what comes is cut at once."""
        self._refuses = True
        self.reset()
        try:
            yield
        finally:
            self._refuses = False

    @contextmanager
    def silent(self) -> Iterator[None]:
        """Connections open and stay, and nothing comes through."""
        self._passes.clear()
        try:
            yield
        finally:
            self._passes.set()

    def close(self) -> None:
        """End it with all its connections."""
        self._listener.close()
        self._passes.set()
        self.reset()

    def _accept(self) -> None:
        with contextlib.suppress(OSError):
            while True:
                client, _ = self._listener.accept()
                threading.Thread(target=self._join, args=(client,), daemon=True).start()

    def _join(self, client: socket.socket) -> None:
        if self._refuses:
            return _reset(client)
        try:
            server = _connected(self.target)
        except OSError:
            return _reset(client)
        with self._lock:
            self._open |= {client, server}
        threading.Thread(target=self._pass, args=(client, server, None), daemon=True).start()
        self._pass(server, client, self.cut_after)

    def _pass(self, source: socket.socket, drain: socket.socket, cut_after: int | None) -> None:
        passed = 0
        with contextlib.suppress(OSError):
            while data := source.recv(CHUNK):
                self._passes.wait()
                if self.latency:
                    time.sleep(self.latency)
                if cut_after is not None and passed + len(data) > cut_after:
                    drain.sendall(data[: cut_after - passed])
                    _reset(drain)
                    break
                drain.sendall(data)
                passed += len(data)
        for one in (source, drain):
            with contextlib.suppress(OSError):
                one.shutdown(socket.SHUT_RDWR)
            one.close()
        with self._lock:
            self._open -= {source, drain}


def _connected(target: str | tuple[str, int]) -> socket.socket:
    if isinstance(target, tuple):
        return socket.create_connection(target, timeout=None)
    server = socket.socket(socket.AF_UNIX)
    server.connect(target)
    return server


def _reset(one: socket.socket) -> None:
    with contextlib.suppress(OSError):
        one.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, RESET)
        # A thread may be reading from it, which holds the close up.
        one.shutdown(socket.SHUT_RD)
    one.close()
