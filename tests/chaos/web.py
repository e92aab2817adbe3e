"""A web server of several processes, of which any may be killed at any time."""

from __future__ import annotations

import os
import random
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import quote

import psutil
from django.conf import settings
from django.db import connection

ROOT = Path(__file__).resolve().parents[2]
WORKERS = 2
READY_WITHIN = 60.0


def database_address(database: dict[str, Any]) -> str:
    """Return Django's settings of a database as an address."""
    who = quote(database["USER"]) + (f":{quote(database['PASSWORD'])}" if database["PASSWORD"] else "")
    host = quote(database["HOST"] or "localhost", safe="")
    return f"postgresql://{who}@{host}:{database['PORT'] or 5432}/{quote(database['NAME'])}"


@contextmanager
def running_web(log: Path) -> Iterator[tuple[psutil.Process, int]]:
    """Have the site served on a free port, on the database that this process uses. Yields master and port."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    environment = os.environ | {
        "DATABASE_URL": database_address(connection.settings_dict),
        "SECRET_KEY": settings.SECRET_KEY,
    }
    # Preloaded, a new worker is a fork and serves within a moment.
    options = ["--preload", "--worker-class=gthread", f"--workers={WORKERS}", "--threads=4"]
    command = [
        "-m",
        "gunicorn",
        "tests.chaos.warm",
        "--no-control-socket",
        f"--bind=127.0.0.1:{port}",
        *options,
    ]
    with log.open("wb") as output:
        master = subprocess.Popen(
            [sys.executable, *command], cwd=ROOT, env=environment, stdout=output, stderr=output
        )
    try:
        _wait_for(port, master, log)
        yield psutil.Process(master.pid), port
    finally:
        master.terminate()
        master.wait(timeout=30)


def kill_one(master: psutil.Process, chance: random.Random) -> bool:
    """Kill one of the server's workers, as `kill -9` does. Return whether there was one."""
    workers = master.children()
    if not workers:
        return False
    try:
        chance.choice(workers).kill()
    except psutil.NoSuchProcess:
        return False
    return True


def _wait_for(port: int, master: subprocess.Popen[bytes], log: Path) -> None:
    until = time.monotonic() + READY_WITHIN
    while time.monotonic() < until and master.poll() is None:
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.05)
    raise RuntimeError(f"the web server did not start:\n{log.read_text(errors='replace')[-2000:]}")
