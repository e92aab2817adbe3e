"""Put the crowds of scenarios.py on the whole site, and print what they met beside what is wanted.

    python -m tests.load.run                     every scenario but soak, two and a half minutes each at most
    python -m tests.load.run class browse        some
    python -m tests.load.run steady --seconds 1800
    python -m tests.load.run soak                two hours, told by windows of five minutes

The site is started as `manage.py run` starts it. The crowd (locust) runs on the same machine and takes its
share of the same cores. Needs `pip install -r requirements/load.txt`. Exit 1 where a goal is missed.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
import time
from collections.abc import Mapping
from contextlib import ExitStack, nullcontext
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

from tests.chaos.kill_web import FOLDER  # isort: skip  (it sets the data folder up)

from django.db import connections

from config.embedded import addresses
from config.embedded.memory import memory_in_use
from config.supervisor import programs
from tests.chaos.stack import Stack, embedded, free_port, running_stack
from tests.load.goals import (
    SCENARIOS,
    Met,
    Phase,
    Scenario,
    Window,
    judge_answers,
    judge_streams,
    judge_windows,
    judged,
)
from tests.load.model import SlowModel
from tests.load.people import SECRET, fill
from tests.load.windows import FILE, SECONDS, Memory, let_in, windows_in
from tests.slack.slack_server import SlackServer

# Seconds for which the stand-in for a language model talks.
TALKS = 20.0
# How long Slack's answers are waited for; work that Redis did not take is sent again within 45 seconds.
ANSWERED_WITHIN = 180.0
# A phase that is told by windows has so many of them at least.
WINDOWS = 4


def main() -> None:
    """Run the scenarios that the command line names."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("scenarios", nargs="*", metavar="SCENARIO", help=f"of {', '.join(SCENARIOS)}")
    parser.add_argument("--seconds", type=int, help="how long each lasts (default: its own)")
    options = parser.parse_args()
    names = options.scenarios or [name for name, one in SCENARIOS.items() if not one.window]
    if unknown := set(names) - set(SCENARIOS):
        parser.error(f"there is no scenario {', '.join(sorted(unknown))}")
    data, missed = Path(FOLDER.name) / "data", False
    with FOLDER, embedded(data):
        crowd = Path(FOLDER.name) / "crowd.json"
        fill(crowd, history="managers" in names)
        _collect_static_files(data)
        connections.close_all()
        for name in names:
            met = _met(SCENARIOS[name], data, crowd, options.seconds)
            missed |= not met.is_well
            print(json.dumps({"scenario": name, **met.as_json()}), flush=True)
    sys.exit(missed)


def _collect_static_files(data: Path) -> None:
    """Make style sheets and scripts ready, as `manage.py run` does."""
    collecting = programs.static_files(data, programs.shared_environment(free_port(), data))
    collecting.start()
    while (status := collecting.status()) is None:
        time.sleep(0.1)
    assert status == 0, collecting.log.read_text()


def _met(scenario: Scenario, data: Path, crowd: Path, seconds: int | None) -> Met:
    """Start the site, let the crowd in, and see what it met."""
    with ExitStack() as leaving:
        slack = SlackServer()
        slack.start()
        leaving.callback(slack.stop)
        model = SlowModel(TALKS) if scenario.has_model else None
        if model:
            leaving.callback(model.shutdown)
        stack = leaving.enter_context(running_stack(data, **_settings(scenario, data, slack, model)))
        environment = os.environ | {
            "DOSAY_LOAD_CROWD": str(crowd),
            "DOSAY_LOAD_SLACK": slack.response_url("load").rsplit("/", 1)[0],
            "DOSAY_LOAD_SECRET": SECRET,
        }
        with stack.redis.down() if scenario.without_redis else nullcontext():
            seen = [_let_in(scenario, phase, stack, environment, seconds) for phase in scenario.phases]
        memory = sum([*(usage.mib for usage in memory_in_use(data)), *stack.memory().values()])
        rows = [one.rows for one in seen]
        met = judged(scenario, rows, os.getloadavg()[0], memory, [one.web_mib for one in seen])
        if scenario.window:
            judge_windows(scenario, met, seen[-1].windows)
        if any("SlackUser" in phase.users for phase in scenario.phases):
            judge_answers(scenario, met, _answers(slack, met.requests))
        if model:
            judge_streams(scenario, met, rows, model.calls)
        return met


def _settings(scenario: Scenario, data: Path, slack: SlackServer, model: SlowModel | None) -> dict[str, str]:
    """What the site is told beside what `manage.py run` tells it."""
    settings = {"SLACK_SIGNING_SECRET": SECRET, "SLACK_API_BASE_URL": f"{slack.url}/api/"}
    # Not by the stack’s proxies, which a site does not have: they cost each statement a millisecond.
    settings["DATABASE_URL"] = addresses.database_url(data)
    settings["DOSAY_STATIC_ROOT"] = str(data / "static")
    if not scenario.without_redis:
        settings["REDIS_URL"] = addresses.redis_url(data)
    if model:
        settings |= {"OPENAI_API_KEY": "none", "OPENAI_BASE_URL": model.url, "MODEL_TOKENS_PERSON": "0"}
        settings |= {"MODEL_TOKENS_TEAM": "0", "MODEL_TOKENS_DAY": "0"}
    return settings


@dataclass(frozen=True, slots=True)
class Seen:
    """What was seen of one phase: what locust wrote, MiB of the web processes after it, its windows."""

    rows: list[dict[str, Any]]
    web_mib: float
    windows: list[Window]


def _let_in(
    scenario: Scenario, phase: Phase, stack: Stack, environment: Mapping[str, str], seconds: int | None
) -> Seen:
    """Let the crowd of a phase in until it is over."""
    lasts = seconds or phase.seconds
    long = min(scenario.window, lasts // WINDOWS)
    told = {FILE: str(stack.data / "windows.json"), SECONDS: str(long)} if long else {}
    said, memory = let_in(
        phase.command(stack.port, seconds), {**environment, **told}, long or None, partial(_web, stack)
    )
    windows = windows_in(Path(told[FILE]), long, memory[: lasts // long]) if told else []
    return Seen(json.loads(said), stack.memory()["web"], windows)


def _web(stack: Stack) -> Memory:
    return Memory(rss=stack.web_resident(), pss=stack.memory()["web"])


def _answers(slack: SlackServer, sent: int) -> list[float]:
    """Wait for the answers that are still to come; return the milliseconds that each took.

    The crowd names its response addresses by the clock of this machine, by which the server notes arrivals.
    """
    ends = time.monotonic() + ANSWERED_WITHIN
    while len(slack.arrived) < sent and time.monotonic() < ends:
        time.sleep(0.2)
    return sorted((at - int(name)) / 1e6 for name, at in list(slack.arrived.items()))


if __name__ == "__main__":
    main()
