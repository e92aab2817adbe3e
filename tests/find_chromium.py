"""Print the path of a Chromium for the tests in a browser; fetch one where there is none."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

from playwright.sync_api import sync_playwright

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
ADVICE = (
    "No Chromium was found, and none could be fetched. Install one (Debian: apt-get install chromium) or "
    "name one: DOSAY_CHROMIUM=/path/to/chromium make test"
)


def main() -> int:
    """Return 0 after printing a path, 2 after saying how to get one."""
    named = os.environ.get("DOSAY_CHROMIUM", "")
    if named and not os.access(named, os.X_OK):
        print(f"DOSAY_CHROMIUM names {named}, which is not a program.", file=sys.stderr)
        return 2
    found = named or installed() or fetched_by_playwright() or fetched_by_apt()
    print(found or ADVICE, file=sys.stdout if found else sys.stderr)
    return 0 if found else 2


def installed() -> str | None:
    """Return the system's Chromium, or the one that Playwright has fetched before."""
    return next(filter(None, map(shutil.which, NAMES)), None) or playwrights_own()


def playwrights_own() -> str | None:
    with sync_playwright() as playwright:
        path = playwright.chromium.executable_path
    return path if Path(path).exists() else None


def fetched_by_playwright() -> str | None:
    print("Fetching Chromium for the tests", file=sys.stderr)
    run(sys.executable, "-m", "playwright", "install", "chromium")
    return playwrights_own()


def fetched_by_apt() -> str | None:
    """Return the distribution's Chromium, where we may install it."""
    if os.geteuid() != 0 or not shutil.which("apt-get"):
        return None
    run("apt-get", "update")
    run("apt-get", "install", "--yes", "--no-install-recommends", "chromium")
    return shutil.which("chromium")


def run(*command: str) -> None:
    """Run a command that may fail. Its words go to standard error: standard output carries the path."""
    environment = os.environ | {"DEBIAN_FRONTEND": "noninteractive"}
    subprocess.run(command, stdout=sys.stderr, stdin=subprocess.DEVNULL, env=environment, check=False)


if __name__ == "__main__":
    sys.exit(main())
