"""Ask whether any locked package, or torch, has a known hole (`make scan`).

Exit 0: everything was looked up and nothing is known. 1: holes are known. 2: not everything could be looked
up, which is no answer: the tool alone would call that "no known vulnerabilities" and exit 0.
"""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

HERE = Path(__file__).resolve().parent
PIN = re.compile(r"^([A-Za-z0-9][A-Za-z0-9._-]*==[^\s\\;]+)", re.M)
# Seconds. One question for each of some 170 packages.
PATIENCE = 600
# What the tool says when it has found nothing, also where it could ask nobody.
WELL = "No known vulnerabilities found"


def pins() -> list[str]:
    """Return NAME==VERSION of everything that `make test` installs."""
    locked = [pin for name in ("local.lock", "test.lock") for pin in PIN.findall((HERE / name).read_text())]
    torch = [pin for pin in PIN.findall((HERE / "base.txt").read_text()) if pin.startswith("torch==")]
    return locked + torch


def ask(wanted: list[str]) -> str:
    """Return pip-audit's report as JSON; empty where it gave none."""
    with tempfile.TemporaryDirectory() as folder:
        listed, report = Path(folder, "pins.txt"), Path(folder, "report.json")
        listed.write_text("\n".join(wanted) + "\n")
        command = [
            *os.environ.get("DOSAY_AUDIT", f"{sys.executable} -m pip_audit").split(),
            "--no-deps",
            "--disable-pip",
        ]
        options = ["--progress-spinner=off", "--format=json", f"--output={report}", f"--requirement={listed}"]
        piped: dict[str, Any] = {"stdout": subprocess.DEVNULL, "stderr": subprocess.PIPE, "text": True}
        try:
            said = subprocess.run([*command, *options], **piped, timeout=PATIENCE).stderr
            print(*[line for line in said.splitlines() if WELL not in line], sep="\n", file=sys.stderr)
        except (OSError, subprocess.TimeoutExpired) as problem:
            print(f"pip-audit: {type(problem).__name__}", file=sys.stderr)
        return report.read_text() if report.exists() else ""


def judge(wanted: list[str], report: str) -> tuple[int, list[str]]:
    """Return the exit status, and what to say. Pure."""
    try:
        told: list[dict[str, Any]] = json.loads(report)["dependencies"]
    except (ValueError, KeyError, TypeError):
        told = []
    holes = [f"{one['name']} {one['version']}: {hole['id']}" for one in told for hole in one.get("vulns", [])]
    seen = {f"{one['name']}=={one['version']}".lower() for one in told if "vulns" in one}
    missed = [pin for pin in wanted if pin.lower() not in seen]
    lines = [f"Known holes: {len(holes)} in {len(seen)} packages.", *holes] if seen else []
    if missed:
        few = ", ".join(missed[:5]) + (" …" if len(missed) > 5 else "")
        lines.append(f"Could not look: {len(missed)} of {len(wanted)} packages have no answer ({few}).")
    return (1 if holes else 2 if missed else 0), lines


if __name__ == "__main__":
    everything = pins()
    status, said = judge(everything, ask(everything))
    print("\n".join(said), file=sys.stderr if status else sys.stdout)
    sys.exit(status)
