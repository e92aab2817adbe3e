"""The whole site as `manage.py run` starts it, with a network of ours before its database and its Redis."""

from __future__ import annotations

import os
import socket
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

import psutil

from config.embedded import addresses
from config.embedded.memory import MIB
from config.embedded.servers import Server, servers, wait_for_encoder
from config.supervisor import programs
from config.supervisor.children import Child, stop_all
from config.supervisor.page import page_answers
from tests.chaos.proxy import Proxy

READY_WITHIN = 90.0
# The worker also knows the work of tests/chaos/poison.py.
POISON = "--include=tests.chaos.poison"


@dataclass(frozen=True, slots=True)
class Stack:
    """What can be cut, killed and asked."""

    data: Path
    port: int
    database: Proxy
    redis: Proxy
    web: Child
    worker: Child
    beat: Child

    def process(self, part: Child) -> psutil.Process:
        """The process of a part that runs."""
        record = part.record()
        assert record, f"the {part.name} process has ended:\n{part.log.read_text(errors='replace')[-3000:]}"
        return psutil.Process(record.pid)

    def memory(self) -> dict[str, float]:
        """MiB that the site's own processes use, shared pages divided among their users."""
        return {part.name: _pss(self.process(part)) for part in (self.web, self.worker, self.beat)}

    def web_resident(self) -> float:
        """MiB that the web processes hold, what they share counted for each."""
        return round(sum(one.memory_info().rss for one in _family(self.process(self.web))) / MIB, 1)


@contextmanager
def embedded(data: Path) -> Iterator[None]:
    """Have the three servers of a data folder, the encoder loaded."""
    with servers(set(Server), data):
        wait_for_encoder(120, data)
        yield


@contextmanager
def running_stack(data: Path, has_beat: bool = True, /, **settings: str) -> Iterator[Stack]:
    """Have the site on a free port. `settings` are added to its environment.

    A second one on the same data goes without beat: there is one in all.
    """
    with ExitStack() as leaving:
        database = Proxy(f"{addresses.database_socket_folder(data)}/.s.PGSQL.{addresses.DATABASE_PORT}")
        redis = Proxy(str(addresses.redis_socket(data)))
        leaving.callback(database.close)
        leaving.callback(redis.close)
        port = free_port()
        shared = programs.shared_environment(port, data) | {
            "DATABASE_URL": f"postgresql://{addresses.DATABASE_USER}@127.0.0.1:{database.port}/"
            f"{addresses.DATABASE_NAME}?sslmode=disable",
            "REDIS_URL": f"redis://127.0.0.1:{redis.port}/0",
            "ENCODER_URL": addresses.encoder_url(data),
            "SECRET_KEY": addresses.secret_key(data),
            # Served from where they lie: nobody has collected them here.
            "DOSAY_STATIC_ROOT": "",
            **settings,
        }
        web = programs.web(port, data, shared)
        worker = programs.worker(data, shared, POISON)
        beat = programs.beat(data, shared)
        parts = [web, worker, beat] if has_beat else [web, worker]
        leaving.callback(stop_all, parts, 10.0)
        for part in parts:
            part.start()
        _wait_for(port, web)
        yield Stack(data, port, database, redis, web, worker, beat)


def _pss(process: psutil.Process) -> float:
    return round(sum(one.memory_full_info().pss for one in _family(process)) / MIB, 1)


def _family(process: psutil.Process) -> list[psutil.Process]:
    return [process, *process.children(recursive=True)]


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _wait_for(port: int, web: Child) -> None:
    until = time.monotonic() + READY_WITHIN
    while not page_answers(port):
        if web.status() is not None or time.monotonic() > until:
            raise RuntimeError(f"the site did not start:\n{web.log.read_text(errors='replace')[-2000:]}")
        time.sleep(0.2)


os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
