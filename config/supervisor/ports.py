"""The port of the site: read, and seen to be free before anything is started."""

from __future__ import annotations

import socket
from pathlib import Path

import psutil

from config.embedded.errors import EmbeddedError

HOST = "127.0.0.1"


def read_port(text: str) -> int:
    """Return the port that a setting names. Raises EmbeddedError where it cannot be one."""
    if text.isascii() and text.isdigit() and 1 <= int(text) <= 65535:
        return int(text)
    raise EmbeddedError(f"PORT must be a number from 1 to 65535, not “{text[:40]}”: PORT=8001 make run")


def check_free(port: int) -> None:
    """See that nobody listens on the port. Raises EmbeddedError that names who does, if known."""
    try:
        with socket.socket() as trial:
            # Connections that have just ended do not count.
            trial.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            trial.bind((HOST, port))
    except PermissionError as problem:
        raise EmbeddedError(
            f"Port {port} is for root only: choose one from 1024 up, PORT=8001 make run"
        ) from problem
    except OSError as problem:
        another = port + 1 if port < 65535 else port - 1
        raise EmbeddedError(
            f"Port {port} is taken by {_holder(port)}: end that, or choose another: PORT={another} make run"
        ) from problem


def _holder(port: int) -> str:
    """Return a name for whoever listens on the port."""
    try:
        listening = [found for found in psutil.net_connections("tcp") if found.status == psutil.CONN_LISTEN]
        pids = [found.pid for found in listening if found.laddr and found.laddr.port == port and found.pid]
        return f"“{_what_runs(pids[0])}” (process {pids[0]})" if pids else "another program"
    except (psutil.Error, OSError):
        return "another program"


def _what_runs(pid: int) -> str:
    """Return a program's name with its first argument: “python” alone says little."""
    process = psutil.Process(pid)
    return " ".join([process.name(), *(Path(word).name for word in process.cmdline()[1:3])])[:60]
