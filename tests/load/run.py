"""Put the crowds of scenarios.py on the whole site, and print what they met beside what is wanted.

    python -m tests.load.run                     every scenario, two minutes each at the most
    python -m tests.load.run class browse        some
    python -m tests.load.run steady --seconds 1800

The site is started as `manage.py run` starts it. The crowd (locust) runs on the same machine and takes its
share of the same cores. Needs `pip install -r requirements/load.txt`. Exit 1 where a goal is missed.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import time
from contextlib import ExitStack, nullcontext
from pathlib import Path

from tests.chaos.kill_web import FOLDER  # isort: skip  (it sets the data folder up)

from django.db import connections

from config.embedded import addresses
from config.embedded.memory import memory_in_use
from tests.chaos.stack import embedded, running_stack
from tests.load.goals import SCENARIOS, Met, Scenario, judge_answers, judge_streams, judged
from tests.load.model import SlowModel
from tests.load.people import SECRET, fill
from tests.slack.slack_server import SlackServer

ROOT = Path(__file__).resolve().parents[2]
# Seconds for which the stand-in for a language model talks.
TALKS = 20.0
# How long Slack's answers are waited for; work that Redis did not take is sent again within 45 seconds.
ANSWERED_WITHIN = 180.0


def main() -> None:
    """Run the scenarios that the command line names."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("scenarios", nargs="*", metavar="SCENARIO", help=f"of {', '.join(SCENARIOS)}")
    parser.add_argument("--seconds", type=int, help="how long each lasts (default: its own)")
    options = parser.parse_args()
    names = options.scenarios or list(SCENARIOS)
    if unknown := set(names) - set(SCENARIOS):
        parser.error(f"there is no scenario {', '.join(sorted(unknown))}")
    data, missed = Path(FOLDER.name) / "data", False
    with FOLDER, embedded(data):
        crowd = Path(FOLDER.name) / "crowd.json"
        fill(crowd, history="managers" in names)
        connections.close_all()
        for name in names:
            met = _met(SCENARIOS[name], data, crowd, options.seconds)
            missed |= not met.is_well
            print(json.dumps({"scenario": name, **met.as_json()}), flush=True)
    sys.exit(missed)


def _met(scenario: Scenario, data: Path, crowd: Path, seconds: int | None) -> Met:
    """Start the site, let the crowd in, and see what it met."""
    with ExitStack() as leaving:
        slack = SlackServer()
        slack.start()
        leaving.callback(slack.stop)
        settings = {"SLACK_SIGNING_SECRET": SECRET, "SLACK_API_BASE_URL": f"{slack.url}/api/"}
        # Not by the stack’s proxies, which a site does not have: they cost each statement a millisecond.
        settings["DATABASE_URL"] = addresses.database_url(data)
        if not scenario.without_redis:
            settings["REDIS_URL"] = addresses.redis_url(data)
        model = SlowModel(TALKS) if scenario.has_model else None
        if model:
            leaving.callback(model.shutdown)
            settings |= {"OPENAI_API_KEY": "none", "OPENAI_BASE_URL": model.url, "MODEL_TOKENS_PERSON": "0"}
            settings |= {"MODEL_TOKENS_TEAM": "0", "MODEL_TOKENS_DAY": "0"}
        stack = leaving.enter_context(running_stack(data, **settings))
        environment = os.environ | {
            "DOSAY_LOAD_CROWD": str(crowd),
            "DOSAY_LOAD_SLACK": slack.response_url("load").rsplit("/", 1)[0],
            "DOSAY_LOAD_SECRET": SECRET,
        }
        rows, web = [], []
        with stack.redis.down() if scenario.without_redis else nullcontext():
            for phase in scenario.phases:
                command = phase.command(stack.port, seconds)
                done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, check=False)
                if done.returncode or b"Traceback" in done.stderr:
                    raise RuntimeError(f"locust failed:\n{done.stderr.decode()[-2000:]}")
                rows.append(json.loads(done.stdout))
                web.append(stack.memory()["web"])
        memory = sum([*(usage.mib for usage in memory_in_use(data)), *stack.memory().values()])
        met = judged(scenario, rows, os.getloadavg()[0], memory, web)
        if any("SlackUser" in phase.users for phase in scenario.phases):
            judge_answers(scenario, met, _answers(slack, met.requests))
        if model:
            judge_streams(scenario, met, rows, model.calls)
        return met


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
