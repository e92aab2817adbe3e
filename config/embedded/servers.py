"""The servers that a command needs: started unless they run, left alone if they do, stopped by the last.

Whoever is killed gives its lease back all the same (the kernel sees to it) and leaves the server running; the
next who comes finds it, uses it, and stops it.
"""

from __future__ import annotations

import os
from collections.abc import Collection, Iterator
from contextlib import ExitStack, contextmanager
from enum import StrEnum
from pathlib import Path
from typing import Protocol

import psutil

from config.embedded import addresses
from config.embedded.encoder import Encoder
from config.embedded.errors import EmbeddedError
from config.embedded.folders import prepare_data_folder
from config.embedded.leases import Lease
from config.embedded.postgres import Postgres
from config.embedded.probe import check_database, check_redis, encoder_answers
from config.embedded.redis import Redis


class Server(StrEnum):
    """What can be embedded, in the order of starting: the encoder loads while the others start."""

    ENCODER = "encoder"
    DATABASE = "database"
    REDIS = "redis"

    @property
    def address(self) -> str:
        """The address from the environment that replaces the embedded server; empty where there is none."""
        return os.environ.get(f"{self.upper()}_URL", "").strip()


class Program(Protocol):
    """A server that we can run."""

    def process(self) -> psutil.Process | None: ...
    def start(self) -> None: ...
    def stop(self) -> None: ...


def program(server: Server, data: Path) -> Program:
    """Return the program that is this server for a data folder."""
    match server:
        case Server.ENCODER:
            return Encoder(data)
        case Server.DATABASE:
            return Postgres(data)
        case Server.REDIS:
            return Redis(data)


@contextmanager
def servers(needed: Collection[Server], data: Path | None = None) -> Iterator[None]:
    """Have servers while the block runs. Raises EmbeddedError with one line where one cannot be had.

    A server that a setting names (DATABASE_URL, REDIS_URL, ENCODER_URL) is not started; database and Redis
    are asked whether they answer. The encoder may still be loading when the block begins: `wait_for_encoder`.
    """
    folder = data or addresses.data_folder()
    with ExitStack() as held:
        for server in Server:
            if server in needed:
                held.enter_context(_named(server) if server.address else _embedded(server, folder))
        yield


def revive(server: Server, data: Path) -> bool:
    """Start an embedded server that has ended although it is leased; whether that was needed."""
    ours = program(server, data)
    if server.address or ours.process():
        return False
    with Lease(data / "run", server).turn():
        ours.start()
    return True


def wait_for_encoder(seconds: float = 60.0, data: Path | None = None) -> None:
    """Wait until the encoder has loaded its model. Raises EmbeddedError where it ended or took longer."""
    if not Server.ENCODER.address:
        Encoder(data or addresses.data_folder()).wait(seconds)
    elif not encoder_answers(Server.ENCODER.address):
        raise EmbeddedError(
            f"ENCODER_URL ({Server.ENCODER.address}) does not answer as ready: start it first."
        )


@contextmanager
def _named(server: Server) -> Iterator[None]:
    """A server that is not ours to start."""
    if server is Server.DATABASE:
        check_database(server.address)
    elif server is Server.REDIS:
        check_redis(server.address)
    yield


@contextmanager
def _embedded(server: Server, data: Path) -> Iterator[None]:
    prepare_data_folder(data)
    ours, lease = program(server, data), Lease(data / "run", server)
    with ExitStack() as leaving:
        with lease.turn():
            lease.take()
            leaving.callback(_leave, ours, lease)
            ours.start()
        yield


def _leave(ours: Program, lease: Lease) -> None:
    with lease.turn():
        if lease.give_back():
            ours.stop()
