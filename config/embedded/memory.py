"""What each of our processes uses in memory."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import psutil

from config.embedded.servers import Server, program

MIB = 1024 * 1024


@dataclass(frozen=True, slots=True)
class Usage:
    """A process with its children. `mib` is its share of memory (shared pages divided among their users)."""

    name: str
    pid: int
    mib: float


def memory_in_use(data: Path) -> list[Usage]:
    """Return the usage of every server and process that runs for a data folder, the largest first."""
    usages = [Usage(name, process.pid, _share(process)) for name, process in _processes(data)]
    return sorted(usages, key=lambda usage: -usage.mib)


def _processes(data: Path) -> Iterator[tuple[str, psutil.Process]]:
    for server in Server:
        process = None if server.address else program(server, data).process()
        if process:
            yield server.value, process
    for pid in _site_pids(data):
        if psutil.pid_exists(pid):
            process = psutil.Process(pid)
            yield _name(process), process


def _site_pids(data: Path) -> list[int]:
    try:
        site = json.loads((data / "run" / "site.json").read_text(encoding="ascii"))
    except (OSError, ValueError):
        return []
    children = [child["pid"] for child in site["children"]]
    parents = {psutil.Process(pid).ppid() for pid in children if psutil.pid_exists(pid)}
    return [*children, *parents]


def _name(process: psutil.Process) -> str:
    words = process.cmdline()
    for word, name in (("gunicorn", "web"), ("worker", "worker"), ("beat", "beat"), ("run", "supervisor")):
        if any(word in part for part in words):
            return name
    return process.name()


def _share(process: psutil.Process) -> float:
    """Proportional set size of a process and its children, in MiB; the supervisor's are listed apart."""
    family = [process] if _name(process) == "supervisor" else [process, *process.children(recursive=True)]
    total = 0
    for member in family:
        try:
            memory = member.memory_full_info()
            total += getattr(memory, "pss", memory.rss)
        except psutil.Error:
            continue
    return round(total / MIB, 1)
