"""A data folder for the servers of these tests alone, and nothing of it left running."""

from __future__ import annotations

import shutil
import signal
from collections.abc import Callable, Iterator
from pathlib import Path

import psutil
import pytest

from config.embedded import addresses
from config.embedded.processes import stop
from config.embedded.servers import Server, program


@pytest.fixture(scope="session")
def session_data(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """One data folder for all: making a database takes a second or more."""
    data = tmp_path_factory.mktemp("embedded") / "data"
    yield data
    shutil.rmtree(addresses.socket_folder(data), ignore_errors=True)


@pytest.fixture
def data(session_data: Path) -> Iterator[Path]:
    """The data folder, with its servers killed afterwards if the test left any."""
    yield session_data
    _kill_servers(session_data)


@pytest.fixture
def fresh_data(tmp_path: Path) -> Iterator[Path]:
    """A data folder in which nothing has been made."""
    yield tmp_path / "data"
    _kill_servers(tmp_path / "data")
    shutil.rmtree(addresses.socket_folder(tmp_path / "data"), ignore_errors=True)


@pytest.fixture
def started() -> Iterator[Callable[[psutil.Process], psutil.Process]]:
    """Registers processes that the test started and that must not outlive it."""
    processes: list[psutil.Process] = []

    def register(process: psutil.Process) -> psutil.Process:
        processes.append(process)
        return process

    yield register
    for process in processes:
        stop(process, signal.SIGKILL, 5, signal.SIGKILL)


def _kill_servers(data: Path) -> None:
    for server in Server:
        if process := program(server, data).process():
            stop(process, signal.SIGKILL, 5, signal.SIGKILL)
