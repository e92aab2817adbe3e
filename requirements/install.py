"""Make the project's environment, or leave it alone where nothing has changed: install.py local|test

It runs under the system's Python, which may be too old: no syntax here is newer than Python 3.7.
"""

from __future__ import annotations

import fcntl
import hashlib
import os
import platform
import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent
VENV = HERE.parent / ".venv"
PYTHON = VENV / "bin" / "python"
VERSION = sys.version.split()[0]


class Refused(Exception):
    """One clear line about what is wrong."""


def main(level: str) -> int:
    """Install what requirements/LEVEL.txt lists. Return 0, or 2 after one clear line."""
    # Two commands at once in a fresh clone: the second waits here and then finds everything done.
    turn = os.open(str(HERE), os.O_RDONLY)
    try:
        fcntl.flock(turn, fcntl.LOCK_EX)
        return bring_up_to_date(level)
    finally:
        os.close(turn)


def bring_up_to_date(level: str) -> int:
    """Install unless the stamp says that all is there. Return 0, or 2 after one clear line."""
    stamp, wanted = VENV / f"installed-{level}", fingerprint(level)
    if VENV.is_symlink():
        return use_linked()
    if PYTHON.exists() and stamp.exists() and stamp.read_text() == wanted:
        return 0
    try:
        make_environment()
        install(level)
    except Refused as problem:
        print(problem, file=sys.stderr)
        return 2
    stamp.write_text(wanted)
    return 0


def use_linked() -> int:
    """Take the environment that .venv is a link to as it is. Return 0, or 2 after one clear line.

    Others may be using it: nothing is installed into it, and above all it is never made anew (`venv --clear`
    follows the link and empties what it points to).
    """
    if PYTHON.exists():
        return 0
    place = os.path.realpath(str(VENV))
    print(
        f".venv is a link to {place}, and no Python is there: make that environment, or remove the link.",
        file=sys.stderr,
    )
    return 2


def fingerprint(level: str) -> str:
    """Return a hash over the requirements that LEVEL includes, the Python, and the environment's place."""
    locks = [path for path in (HERE / "local.lock", HERE / f"{level}.lock") if path.exists()]
    parts = [sys.version, str(VENV), *(path.read_text() for path in [*included(level), *locks])]
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()


def included(level: str) -> list[Path]:
    """Return a requirements file and those that it includes."""
    path = HERE / f"{level}.txt"
    others = [line[3:].strip() for line in path.read_text().splitlines() if line.startswith("-r ")]
    return [path, *(found for other in others for found in included(Path(other).stem))]


def make_environment() -> None:
    """Make .venv unless one stands there that works with this Python. Raises Refused."""
    if sys.version_info < (3, 11):  # noqa: UP036 - this file runs under whatever Python there is
        raise Refused(
            f"Python 3.11 or newer is needed, this is {VERSION}: make run PYTHON=/path/to/python3.11"
        )
    if works():
        return
    say(f"making .venv with Python {VERSION}")
    command = [sys.executable, "-m", "venv", "--clear", str(VENV)]
    made = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
    said = made.stdout.decode(errors="replace")
    if made.returncode and "ensurepip" in said:
        raise Refused(
            "This Python lacks its venv module: apt-get install python3-venv (Debian, Ubuntu), then again."
        )
    if made.returncode:
        raise Refused(f"The environment could not be made: {(said.splitlines() or ['no reason given'])[-1]}")


def works() -> bool:
    """Whether the environment has pip and this very Python, and stands where it was made."""
    if not PYTHON.exists():
        return False
    check = "import sys, pip; print(sys.version, sys.prefix)"
    asked = subprocess.run([str(PYTHON), "-c", check], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
    script = VENV / "bin" / "pip"
    moved = not script.exists() or str(VENV) not in script.read_text()
    return asked.stdout.decode(errors="replace").strip() == f"{sys.version} {VENV}" and not moved


def install(level: str) -> None:
    """Install what is locked, each file by its hash; elsewhere by exact versions, torch first."""
    pins = (HERE / "base.txt").read_text().splitlines()
    torch, lock = [pin for pin in pins if pin.startswith("torch==")], HERE / f"{level}.lock"
    if lock.exists() and is_locked_for():
        say("installing the packages, each by its hash; this and the next take a minute or more each")
        pip_install(["--require-hashes", "--no-deps", "-r", str(lock)])
        # Its build is the machine's choice, so that it has no one hash. What it needs is there already.
        say("installing torch, by its version")
        pip_install(torch)
        return
    # First, so that nothing else chooses its build.
    say("installing torch; this and the next take a minute or more each")
    pip_install(torch)
    say("installing the other packages, by their versions: the lock is for CPython 3.11 on Linux, x86-64")
    pip_install(["-r", str(HERE / f"{level}.txt")])


def is_locked_for() -> bool:
    """Whether this Python is the one that the locks were written for."""
    here = (sys.implementation.name, sys.version_info[:2], sys.platform, platform.machine())
    return here == ("cpython", (3, 11), "linux", "x86_64")


def pip_install(what: list[str]) -> None:
    """Install with pip as this machine has it configured. Raises Refused."""
    # Modules are compiled when they are first imported: most never are, torch's above all.
    command = [
        str(PYTHON),
        "-m",
        "pip",
        "install",
        "-qq",
        "--no-compile",
        "--disable-pip-version-check",
        *what,
    ]
    if subprocess.run(command).returncode:
        raise Refused("The packages could not be installed: pip's reason stands above. Then: make install")


def say(words: str) -> None:
    """Report progress, in the columns of `manage.py run`."""
    print(f"  environment  {words}", flush=True)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
