"""An older version of the project beside this one: its files, its commands, its web server."""

from __future__ import annotations

import os
import subprocess
import sys
import tarfile
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path

from config.embedded import addresses
from config.supervisor.page import page_answers
from tests.chaos.stack import free_port

ROOT = Path(__file__).resolve().parents[2]
READY_WITHIN = 90.0


@dataclass(frozen=True, slots=True)
class Release:
    """The files of one revision, and the environment in which its commands run."""

    revision: str
    folder: Path
    environment: Mapping[str, str]

    def manage(self, *words: str, **settings: str) -> str:
        """Run a command of `manage.py` and return what it printed. Raises RuntimeError where it fails."""
        done = subprocess.run(
            [sys.executable, "manage.py", *words],
            cwd=self.folder,
            env={**self.environment, **settings},
            capture_output=True,
            text=True,
        )
        if done.returncode:
            raise RuntimeError(f"{self.revision}: {' '.join(words)}:\n{done.stdout}{done.stderr[-3000:]}")
        return done.stdout

    @contextmanager
    def serving(self) -> Iterator[int]:
        """Serve its pages on a free port."""
        port = free_port()
        words = ["--config=python:config.gunicorn", f"--bind=127.0.0.1:{port}", "config.wsgi"]
        log = Path(self.environment["DOSAY_DATA"]) / f"{self.revision}.log"
        gunicorn = str(Path(sys.executable).with_name("gunicorn"))
        with log.open("wb") as output:
            web = subprocess.Popen(
                [sys.executable, gunicorn, *words],
                cwd=self.folder,
                env=dict(self.environment),
                stdout=output,
                stderr=output,
            )
        try:
            until = time.monotonic() + READY_WITHIN
            while not page_answers(port):
                if web.poll() is not None or time.monotonic() > until:
                    raise RuntimeError(f"{self.revision} did not start:\n{log.read_text()[-3000:]}")
                time.sleep(0.2)
            yield port
        finally:
            web.terminate()
            web.wait(timeout=40)


def own_servers(data: Path) -> dict[str, str]:
    """The environment of a site on the embedded servers of a data folder."""
    return {
        "DOSAY_DATA": str(data),
        "DATABASE_URL": addresses.database_url(data),
        "REDIS_URL": addresses.redis_url(data),
        "ENCODER_URL": addresses.encoder_url(data),
        "SECRET_KEY": addresses.secret_key(data),
        "DJANGO_SETTINGS_MODULE": "config.settings",
        "DOSAY_DEMO": "1",
        "DOSAY_STATIC_ROOT": "",
    }


def taken_out(revision: str, folder: Path, environment: Mapping[str, str]) -> Release:
    """Write the files of a revision into a folder. Raises CalledProcessError where the history lacks it."""
    packed = subprocess.run(["git", "archive", revision], cwd=ROOT, stdout=subprocess.PIPE, check=True).stdout
    here = folder / revision
    here.mkdir()
    with tarfile.open(fileobj=BytesIO(packed)) as files:
        files.extractall(here, filter="data")
    return Release(revision, here, {**os.environ, **environment})


def this_one(environment: Mapping[str, str]) -> Release:
    """The working tree itself."""
    return Release("now", ROOT, {**os.environ, **environment})
