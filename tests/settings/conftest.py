"""The settings, read anew."""

from __future__ import annotations

import os
import runpy
from pathlib import Path
from typing import Any

import pytest

from config import env
from config.embedded.addresses import ROOT
from tests.environment import FOREIGN

SETTINGS = ROOT / "config" / "settings.py"
# As long and as mixed as a key has to be.
KEY = "k3y-of-the-tests-0123456789-abcdefghijklmnopqrstuvwxyz"
PRODUCTION = {
    "SECRET_KEY": KEY,
    "DOSAY_TLS": "1",
    "ALLOWED_HOSTS": "dosay.example.org",
    "CSRF_TRUSTED_ORIGINS": "https://dosay.example.org",
    "DOSAY_SITE_URL": "https://dosay.example.org",
}


@pytest.fixture
def read_settings(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Any:
    """Read the settings anew from what is given and nothing else."""

    def read(**given: str) -> dict[str, Any]:
        for name in [name for name in os.environ if name.startswith((*FOREIGN, "DOSAY_"))]:
            monkeypatch.delenv(name)
        monkeypatch.setenv("DOSAY_DATA", str(tmp_path))
        for name, value in given.items():
            monkeypatch.setenv(name, value)
        monkeypatch.setattr(env, "read_env_file", lambda path: None)
        return runpy.run_path(str(SETTINGS))

    return read
