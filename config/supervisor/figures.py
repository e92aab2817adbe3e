"""The folder in which the processes of one run count together (see enablement/meters.py)."""

from __future__ import annotations

import shutil
from pathlib import Path

from config.embedded.errors import explained

VARIABLE = "PROMETHEUS_MULTIPROC_DIR"


def figures_folder(data: Path) -> Path:
    """Return its path: under `run`, where nothing outlives its run."""
    return data / "run" / "figures"


def fresh_figures(data: Path) -> None:
    """Begin with nothing: files of processes that are gone would count for ever. Raises EmbeddedError."""
    folder = figures_folder(data)
    with explained(data):
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir(parents=True, mode=0o700)
