"""Write the locks anew: each package of LEVEL.txt with its version and the hashes of its files (`make lock`).

torch stands outside: its build is chosen by the machine (README, Installing elsewhere), and each build has
hashes of its own. What a lock had is kept where the pins allow it; without the lock everything is the newest.
"""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent
OPTIONS = (
    *("--quiet", "--generate-hashes", "--strip-extras", "--allow-unsafe", "--unsafe-package=torch"),
    *("--no-header", "--no-annotate", "--no-emit-options", "--no-emit-index-url"),
    *("--no-emit-find-links", "--no-emit-trusted-host"),
)
HEAD = "# Written by `make lock` for CPython 3.11 on Linux, x86-64. torch is not in it: see lock.py."


def entries(text: str) -> dict[str, str]:
    """Return each locked package with its whole entry: the version, then a line for every hash."""
    found = re.findall(
        r"^([a-z0-9][a-z0-9.-]*==[^\s\\]+(?: ;[^\\\n]*)? \\\n(?:    --hash=\S+(?: \\)?\n)+)", text, re.M
    )
    return {entry.partition("==")[0]: entry for entry in found if not entry.startswith("torch==")}


def lock(level: str, known: dict[str, str], first: str = "") -> dict[str, str]:
    """Write LEVEL.lock with what is not `known`, `first` before it, and return all of it."""
    goal, whole = HERE / f"{level}.lock", HERE / f".{level}.whole"
    before = entries(goal.read_text()) if goal.exists() else {}
    whole.write_text("".join((known | before).values()))
    command = [sys.executable, "-m", "piptools", "compile", *OPTIONS, f"--output-file={whole}"]
    try:
        subprocess.run([*command, str(HERE / f"{level}.txt")], check=True)
        found = entries(whole.read_text())
    finally:
        whole.unlink(missing_ok=True)
    new = [entry for name, entry in found.items() if name not in known]
    goal.write_text("\n".join([HEAD, *([first] if first else []), "".join(new)]))
    return found


if __name__ == "__main__":
    lock("test", lock("local", {}), "-r local.lock")
    lock("tools", {})
