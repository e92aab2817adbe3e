"""A RabbitMQ of our own: a node in a folder, on free ports, that ends when we do."""

from __future__ import annotations

import os
import shutil
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.chaos.stack import free_port

# Debian's own programs first: those in /usr/sbin change to another user, who has no part in our folder.
PLACES = f"/usr/lib/rabbitmq/bin:{os.environ.get('PATH', '')}:/usr/sbin"
UP_WITHIN = 120.0


def rabbitmq_program(name: str = "rabbitmq-server") -> str | None:
    """Where a program of RabbitMQ is; None where it is not installed."""
    return shutil.which(name, path=PLACES)


@contextmanager
def rabbitmq(folder: Path) -> Iterator[str]:
    """Have a node with its data in `folder`. Yields its address (amqp://…). Raises RuntimeError."""
    server, control = rabbitmq_program(), rabbitmq_program("rabbitmqctl")
    if not server or not control:
        raise RuntimeError("RabbitMQ is not installed")
    port = free_port()
    folder.mkdir(parents=True, exist_ok=True)
    environment = os.environ | {
        "HOME": str(folder),
        "PATH": PLACES,
        "ERL_EPMD_PORT": str(free_port()),
        "RABBITMQ_NODENAME": "dosay@localhost",
        "RABBITMQ_NODE_IP_ADDRESS": "127.0.0.1",
        "RABBITMQ_NODE_PORT": str(port),
        "RABBITMQ_DIST_PORT": str(free_port()),
        "RABBITMQ_MNESIA_BASE": str(folder / "data"),
        "RABBITMQ_LOG_BASE": str(folder / "logs"),
        "RABBITMQ_ENABLED_PLUGINS_FILE": str(folder / "plugins"),
        "RABBITMQ_PID_FILE": str(folder / "pid"),
    }
    log = folder / "server.log"
    with log.open("wb") as output:
        node = subprocess.Popen(
            [server], cwd=folder, env=environment, stdout=output, stderr=output, start_new_session=True
        )
    try:
        _wait_until_up(control, environment, node, log)
        yield f"amqp://guest:guest@127.0.0.1:{port}//"
    finally:
        subprocess.run([control, "shutdown", "--timeout=30"], env=environment, capture_output=True)
        node.terminate()
        node.wait(timeout=30)
        epmd = rabbitmq_program("epmd")
        if epmd:
            subprocess.run([epmd, "-kill"], env=environment, capture_output=True)


def _wait_until_up(
    control: str, environment: dict[str, str], node: subprocess.Popen[bytes], log: Path
) -> None:
    until = time.monotonic() + UP_WITHIN
    while subprocess.run([control, "await_startup"], env=environment, capture_output=True).returncode:
        if node.poll() is not None or time.monotonic() > until:
            raise RuntimeError(f"RabbitMQ did not start:\n{log.read_text(errors='replace')[-2000:]}")
        time.sleep(0.5)
