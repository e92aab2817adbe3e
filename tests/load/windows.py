"""A crowd by windows of time: what each saw, counted by the crowd itself, beside the memory at its end."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from tests.load.goals import Window, percentile

ROOT = Path(__file__).resolve().parents[2]
# Where scenarios.py writes what it counted, and how many seconds a window has.
FILE, SECONDS = "DOSAY_LOAD_WINDOWS", "DOSAY_LOAD_WINDOW"


@dataclass(frozen=True, slots=True)
class Memory:
    """MiB of the web processes together: resident, and with shared pages divided among them."""

    rss: float
    pss: float


def let_in(
    command: Sequence[str], environment: Mapping[str, str], every: float | None, look: Callable[[], Memory]
) -> tuple[str, list[Memory]]:
    """Run locust and return what it printed; `look` at the memory `every` so many seconds meanwhile.

    Raises RuntimeError where it failed.
    """
    seen: list[Memory] = []
    with subprocess.Popen(
        command, cwd=ROOT, env=dict(environment), stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    ) as crowd:
        while True:
            try:
                said, errors = crowd.communicate(timeout=every)
                break
            except subprocess.TimeoutExpired:
                seen.append(look())
    if crowd.returncode or "Traceback" in errors:
        raise RuntimeError(f"locust failed:\n{errors[-2000:]}")
    return said, seen


def windows_in(path: Path, seconds: float, seen: Sequence[Memory]) -> list[Window]:
    """Return the windows that ran to their end, out of the file that the crowd wrote."""
    counts: dict[str, dict[str, int]] = json.loads(path.read_text(encoding="utf-8"))
    return [
        _window(number * seconds / 60, counts.get(str(number), {}), memory)
        for number, memory in enumerate(seen)
    ]


def _window(minute: float, counts: Mapping[str, int], memory: Memory) -> Window:
    times = sorted(float(time) for time, count in counts.items() for _ in range(count))
    p50, p95 = (percentile(times, share) for share in (0.5, 0.95))
    return Window(round(minute, 1), len(times), p50, p95, memory.rss, memory.pss)
