"""The site's processes as command lines, and the environment that they share.

Those that prepare the site skip Django's checks: those load every page, and `make test` runs them.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping
from pathlib import Path

from config.supervisor.children import Child, child
from config.supervisor.figures import VARIABLE, figures_folder
from config.supervisor.ports import HOST

# Ctrl-C is not to take long: what is under way has this many seconds.
GRACE_SECONDS = 3


def site_url(port: int) -> str:
    """Return the address that people type."""
    return f"http://{HOST}:{port}"


def shared_environment(port: int, data: Path) -> dict[str, str]:
    """Return the environment of all: demo mode unless told otherwise, output written at once."""
    defaults = {"DOSAY_DEMO": "1", "DOSAY_SITE_URL": site_url(port), VARIABLE: str(figures_folder(data))}
    defaults |= {"DOSAY_STATIC_ROOT": str(data / "static")}
    fixed = {"DOSAY_DATA": str(data), "PYTHONUNBUFFERED": "1", "DJANGO_SETTINGS_MODULE": "config.settings"}
    return defaults | dict(os.environ) | fixed


def is_demo(environment: Mapping[str, str]) -> bool:
    """Whether demo people may be entered with one click."""
    return environment["DOSAY_DEMO"].strip().lower() in {"1", "true", "yes", "on"}


def migration(data: Path, environment: Mapping[str, str]) -> Child:
    """Return the process that brings the tables up to date."""
    return child("migrate", ["manage.py", "migrate", "--no-input", "--skip-checks"], data, environment)


def static_files(data: Path, environment: Mapping[str, str]) -> Child:
    """Return the process that makes style sheets and scripts ready: named by content, compressed."""
    words = ["manage.py", "collectstatic", "--no-input", "--clear", "--verbosity=0", "--skip-checks"]
    return child("static", words, data, environment)


def content(data: Path, environment: Mapping[str, str]) -> Child:
    """Return the process that loads the starter lessons, and in demo mode the demo people."""
    demo = ["--demo"] if is_demo(environment) else []
    return child("content", ["manage.py", "load_lessons", *demo], data, environment)


def quizzes(data: Path, environment: Mapping[str, str]) -> Child:
    """Return the process that loads the starter quizzes, and in demo mode a few attempts at them."""
    demo = ["--demo"] if is_demo(environment) else []
    return child("quizzes", ["manage.py", "load_quizzes", *demo], data, environment)


def web(port: int, data: Path, environment: Mapping[str, str]) -> Child:
    """Return the web server."""
    here = [f"--bind={HOST}:{port}", f"--graceful-timeout={GRACE_SECONDS}"]
    # By its script: a new master (SIGUSR2) starts from sys.argv, and under `-m` that would be gunicorn's own
    # folder, whose `http` and `config` stand before Python's and ours.
    words = [
        str(Path(sys.executable).with_name("gunicorn")),
        "--config=python:config.gunicorn",
        *here,
        "config.wsgi",
    ]
    return child("web", words, data, environment)


def worker(data: Path, environment: Mapping[str, str], *more: str) -> Child:
    """Return the worker of the queue. It has no fellows on this machine to keep in touch with.

    `more`: further words of its command line.
    """
    alone = ["--without-gossip", "--without-mingle", "--without-heartbeat"]
    load = ["--concurrency=2", "--prefetch-multiplier=1"]
    command = ["-m", "celery", "--app=config", "worker", "--loglevel=INFO", *load, *alone, *more]
    return child("worker", command, data, environment)


def beat(data: Path, environment: Mapping[str, str]) -> Child:
    """Return the process that hands out the regular work."""
    schedule = f"--schedule={data / 'run' / 'schedule'}"
    return child(
        "beat", ["-m", "celery", "--app=config", "beat", "--loglevel=INFO", schedule], data, environment
    )
