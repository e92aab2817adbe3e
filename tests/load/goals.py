"""The scenarios with their goals, and what a crowd met, judged by them. Pure."""

from __future__ import annotations

import json
import sys
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path
from statistics import mean
from typing import Any

LOCUST_FILE = Path(__file__).with_name("scenarios.py")


@dataclass(frozen=True, slots=True)
class Phase:
    """A crowd for some seconds. `users` by class name; `arrive` is how many come in a second."""

    users: Mapping[str, int]
    seconds: int
    arrive: float

    def command(self, port: int, seconds: int | None = None) -> list[str]:
        """The command line that lets the crowd in."""
        words = {
            "--host": f"http://127.0.0.1:{port}",
            "--users": str(sum(self.users.values())),
            "--spawn-rate": str(self.arrive),
            "--run-time": f"{seconds or self.seconds}s",
            "--locustfile": str(LOCUST_FILE),
            "--stop-timeout": "30",
            "--loglevel": "ERROR",
        }
        flags = ["--headless", "--json", "--skip-log", "--exit-code-on-error", "0"]
        crowd = [json.dumps({"user_class_name": name, "fixed_count": n}) for name, n in self.users.items()]
        options = [word for pair in words.items() for word in pair]
        return [sys.executable, "-m", "locust", *self.users, *flags, *options, "--config-users", *crowd]


@dataclass(frozen=True, slots=True)
class Scenario:
    """Crowds one after the other, and goals: milliseconds by percentile, requests a second.

    Only requests whose name is in `counted` are held against them; all, where it is empty. Of several phases
    the last one counts.
    """

    phases: tuple[Phase, ...]
    goals: Mapping[str, float]
    counted: tuple[str, ...] = ()
    has_model: bool = False
    # Redis is away while the crowd is there, and comes back after it.
    without_redis: bool = False
    # Seconds of a window, by which the last phase is told; 0 tells it as one. Comes when it is named only.
    window: int = 0


@dataclass(frozen=True, slots=True)
class Window:
    """A part of a long crowd. Milliseconds, and at its end MiB of the web processes together: resident, and
    with shared pages divided among them."""

    minute: float
    requests: int
    p50: float
    p95: float
    rss_mib: float
    pss_mib: float


@dataclass(slots=True)
class Met:
    """What the crowd of the last phase met: counts, and milliseconds."""

    requests: int = 0
    failures: int = 0
    per_second: float = 0.0
    p50: float = 0.0
    p95: float = 0.0
    p99: float = 0.0
    most: float = 0.0
    by_name: dict[str, str] = field(default_factory=dict)
    # Of Slack: milliseconds from a command to its answer, and how many have none.
    answered_p50: float = 0.0
    answered_p95: float = 0.0
    unanswered: int = 0
    # Calls to the language model, and milliseconds to the first byte of a stream.
    model_calls: int = 0
    first_byte_p95: float = 0.0
    missed: list[str] = field(default_factory=list)
    load_average: float = 0.0
    memory_mib: float = 0.0
    # Of the web processes, after each phase.
    web_mib: list[float] = field(default_factory=list)
    windows: list[Window] = field(default_factory=list)

    @property
    def is_well(self) -> bool:
        return not self.missed

    def as_json(self) -> dict[str, Any]:
        return asdict(self)


def judged(
    scenario: Scenario,
    rows: Sequence[Sequence[Mapping[str, Any]]],
    load: float,
    memory: float,
    web: Sequence[float],
) -> Met:
    """Judge what locust wrote for each phase. `web`: MiB of the web process after each."""
    last = [row for row in rows[-1] if not scenario.counted or row["name"] in scenario.counted]
    times = _times(last)
    met = Met(load_average=round(load, 1), memory_mib=round(memory), web_mib=list(web))
    met.requests, met.failures = len(times), sum(row["num_failures"] for row in last)
    met.p50, met.p95, met.p99 = (percentile(times, share) for share in (0.5, 0.95, 0.99))
    met.most = times[-1] if times else 0.0
    seconds = max((row["last_request_timestamp"] for row in last), default=0.0) - min(
        (row["start_time"] for row in last), default=0.0
    )
    met.per_second = round(met.requests / seconds, 1) if seconds else 0.0
    for row in rows[-1]:
        own = _times([row])
        met.by_name[row["name"]] = f"{len(own)}: {percentile(own, 0.5):.0f}, {percentile(own, 0.95):.0f} ms"
    met.missed = _missed(scenario.goals, met)
    return met


def judge_answers(scenario: Scenario, met: Met, times: Sequence[float]) -> None:
    """Add how long Slack's answers took. `times`: milliseconds, of those that came, sorted."""
    met.answered_p50, met.answered_p95 = round(percentile(times, 0.5)), round(percentile(times, 0.95))
    met.unanswered = met.requests - len(times)
    if met.unanswered:
        met.missed.append(f"{met.unanswered} without an answer")
    wanted = scenario.goals.get("answered_p95", met.answered_p95)
    if met.answered_p95 > wanted:
        met.missed.append(f"answered_p95 {met.answered_p95:.0f} ms, wanted {wanted:.0f}")


def judge_streams(
    scenario: Scenario, met: Met, rows: Sequence[Sequence[Mapping[str, Any]]], calls: int
) -> None:
    """Add what the streams met. A crowd whose questions never reached the model has shown nothing."""
    times = _times([row for row in rows[-1] if row["name"] == "first byte"])
    met.model_calls, met.first_byte_p95 = calls, percentile(times, 0.95)
    if not calls:
        met.missed.append("the language model was never asked")
    wanted = scenario.goals.get("first_byte_p95", met.first_byte_p95)
    if met.first_byte_p95 > wanted:
        met.missed.append(f"first_byte_p95 {met.first_byte_p95:.0f} ms, wanted {wanted:.0f}")


def judge_windows(scenario: Scenario, met: Met, windows: Sequence[Window]) -> None:
    """Add how it went from window to window: neither memory nor the 95th percentile is to grow.

    The last third of the windows is held against the first, and the memory at the end against the first
    window's, which stands after a phase of warming up.
    """
    met.windows = list(windows)
    third = len(windows) // 3
    if not third:
        met.missed.append(f"{len(windows)} windows, of which it takes three")
        return
    before, after = (mean(one.p95 for one in part) for part in (windows[:third], windows[-third:]))
    if after > before * scenario.goals.get("slows_by", 9.9):
        met.missed.append(f"p95 grew from {before:.0f} to {after:.0f} ms")
    for kind in ("rss_mib", "pss_mib"):
        first, last = (getattr(one, kind) for one in (windows[0], windows[-1]))
        if last > first * scenario.goals.get("grows_by", 9.9):
            met.missed.append(f"{kind} grew from {first:.0f} to {last:.0f}")


def percentile(times: Sequence[float], share: float) -> float:
    """Of sorted times, the one that `share` of them do not exceed; 0 of none."""
    return times[min(len(times) - 1, int(len(times) * share))] if times else 0.0


def _times(rows: Sequence[Mapping[str, Any]]) -> list[float]:
    return sorted(
        float(time) for row in rows for time, count in row["response_times"].items() for _ in range(count)
    )


def _missed(goals: Mapping[str, float], met: Met) -> list[str]:
    found = [] if met.requests else ["nothing was asked for"]
    found += [f"{met.failures} failures"] if met.failures > goals.get("failures", 0) else []
    for name in ("p95", "p99", "most"):
        if name in goals and getattr(met, name) > goals[name]:
            found.append(f"{name} {getattr(met, name):.0f} ms, wanted {goals[name]:.0f}")
    if met.per_second < goals.get("per_second", 0):
        found.append(f"{met.per_second} a second, wanted {goals['per_second']:.0f}")
    return found


SCENARIOS: dict[str, Scenario] = {
    "class": Scenario((Phase({"Starter": 250}, 30, 25),), {"p95": 2000}),
    "steady": Scenario((Phase({"Steady": 250}, 150, 10),), {"p95": 500, "p99": 1000}, ("save",)),
    "browse": Scenario((Phase({"Browser": 50}, 60, 10),), {"p95": 800, "per_second": 60}),
    "ask": Scenario((Phase({"Asker": 20, "Browser": 5}, 60, 10),), {"p95": 1000}, ("ask",)),
    "streams": Scenario(
        (Phase({"Listener": 50, "Steady": 250}, 90, 10),),
        {"p95": 600, "first_byte_p95": 500},
        ("save", "quiz", "start"),
        has_model=True,
    ),
    # The first second is that of a cold start; a crowd of its own shows it apart.
    "slack": Scenario((Phase({"SlackUser": 20}, 30, 20),), {"p99": 1000, "most": 2500, "answered_p95": 2000}),
    "slack-cold": Scenario((Phase({"SlackUser": 20}, 4, 20),), {"most": 2500}),
    "slack-no-redis": Scenario((Phase({"SlackUser": 20}, 30, 20),), {"most": 2500}, without_redis=True),
    "managers": Scenario((Phase({"Manager": 10}, 45, 5),), {"p95": 500}),
    # Half of what the site bears, for two hours after a warm-up.
    "soak": Scenario(
        (Phase({"Walker": 38}, 120, 10), Phase({"Walker": 38}, 7200, 10)),
        {"grows_by": 1.1, "slows_by": 1.25},
        window=300,
    ),
    "overload": Scenario((Phase({"Browser": 250}, 40, 50), Phase({"Browser": 10}, 20, 10)), {"p95": 800}),
}
