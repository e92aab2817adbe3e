"""Which account PostgreSQL runs as. It refuses to be root, so root lends it the account `nobody`.

`nobody` often cannot enter the folders above a clone (a home folder, a private temporary one). Their modes
are not ours to change; instead the server is given one capability, to pass by such modes, and nothing else of
root's.
"""

from __future__ import annotations

import os
import pwd
import shutil
import subprocess
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from config.embedded.errors import EmbeddedError


@dataclass(frozen=True)
class Account:
    """How to start a program as a user: words before its command, and arguments for `subprocess`."""

    uid: int
    gid: int
    prefix: tuple[str, ...] = ()
    arguments: Mapping[str, Any] = field(default_factory=dict)

    @property
    def name(self) -> str:
        return user_name(self.uid)


def user_name(uid: int) -> str:
    """Return the name of a user, or the number where it has none."""
    try:
        return pwd.getpwuid(uid).pw_name
    except KeyError:
        return f"number {uid}"


def database_account(binary: Path, data: Path) -> Account:
    """Return ourselves, or run by root the first way to be `nobody` that reaches `binary` and `data`.

    Raises EmbeddedError where there is none.
    """
    if os.geteuid() != 0:
        return Account(os.geteuid(), os.getegid())
    for account in _ways_to_be_nobody():
        if _reaches(account, binary, data):
            return account
    raise EmbeddedError(
        "PostgreSQL does not run as root, and the user “nobody” cannot enter the folders of "
        f"{binary} and {data}: run as an ordinary user, or move the project to a folder that all may enter."
    )


def _ways_to_be_nobody() -> Iterator[Account]:
    """Yield the plain way first, then those with a capability: reading (the narrower one), and any access.

    Containers often withhold the narrower one. `no_setuid_fixup` is there because PostgreSQL asks access(2)
    about its own binaries, which otherwise answers without regard to capabilities for anyone but root.
    """
    try:
        nobody = pwd.getpwnam("nobody")
    except KeyError:
        return
    uid, gid = nobody.pw_uid, nobody.pw_gid
    yield Account(uid, gid, arguments={"user": uid, "group": gid, "extra_groups": []})
    if setpriv := shutil.which("setpriv"):
        identity = (
            setpriv,
            "--securebits=+no_setuid_fixup",
            f"--reuid={uid}",
            f"--regid={gid}",
            "--clear-groups",
        )
        for capability in ("dac_read_search", "dac_override"):
            yield Account(uid, gid, (*identity, f"--inh-caps=+{capability}", f"--ambient-caps=+{capability}"))


def _reaches(account: Account, binary: Path, data: Path) -> bool:
    """Whether this account may run the binary and pass into the data folder."""
    check = '"$1" --version && cd "$2"'
    command = [*account.prefix, "/bin/sh", "-c", check, "sh", str(binary), str(data)]
    try:
        done = subprocess.run(command, cwd="/", capture_output=True, timeout=30, **account.arguments)
    except OSError:
        return False
    return done.returncode == 0
