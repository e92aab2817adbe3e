"""The files of the embedded PostgreSQL: made once, whole or not at all, and checked before a start."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

from config.embedded import addresses
from config.embedded.accounts import Account, user_name
from config.embedded.binaries import POSTGRES_MAJOR, postgres_binary
from config.embedded.errors import EmbeddedError, explained, failure
from config.embedded.folders import make_private

# Nothing of the shell reaches the server: PGPORT, PGDATA or a language would change how it behaves.
SERVER_ENVIRONMENT = {"PATH": "/usr/bin:/bin", "LC_ALL": "C", "TZ": "UTC"}
INITDB_TIMEOUT_SECONDS = 120.0


def prepare_cluster(cluster: Path, account: Account, log: Path) -> None:
    """See that the cluster exists and is ours to run: our user's, our version's. Raises EmbeddedError."""
    if not cluster.exists():
        _create(cluster, account, log)
    _check_owner(cluster, account)
    _check_version(cluster)


def _create(cluster: Path, account: Account, log: Path) -> None:
    """Make the cluster beside its place and move it there when it is complete."""
    draft = cluster.with_name(f"{cluster.name}.new")
    with explained(cluster.parent):
        shutil.rmtree(draft, ignore_errors=True)
        make_private(draft, owner=(account.uid, account.gid))
        _initdb(draft, account, log)
        draft.rename(cluster)
        _flush(cluster.parent)


def _initdb(folder: Path, account: Account, log: Path) -> None:
    """Run initdb: UTF-8, the same order of letters on every machine, connections over the socket only."""
    command = [
        *account.prefix,
        str(postgres_binary("initdb")),
        f"--pgdata={folder}",
        f"--username={addresses.DATABASE_USER}",
        "--encoding=UTF8",
        "--locale=C",
        "--locale-provider=builtin",
        "--builtin-locale=C.UTF-8",
        "--auth-local=trust",
        "--auth-host=reject",
        "--no-instructions",
    ]
    done = subprocess.run(
        command,
        cwd="/",
        env=SERVER_ENVIRONMENT,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        timeout=INITDB_TIMEOUT_SECONDS,
        **account.arguments,
    )
    if done.returncode:
        output = (done.stdout + done.stderr).decode("utf-8", "replace")
        shutil.rmtree(folder, ignore_errors=True)
        with explained(log.parent):
            log.write_text(output, encoding="utf-8")
        raise failure("PostgreSQL", output, folder.parent, log)


def _flush(folder: Path) -> None:
    """Have the disk keep the new name of the cluster."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _check_owner(cluster: Path, account: Account) -> None:
    owner = cluster.stat().st_uid
    if owner != account.uid:
        raise EmbeddedError(
            f"The database in {cluster} belongs to the user “{user_name(owner)}”, and this command would run "
            f"it as “{account.name}”: run as the user who made it, or name another data folder in DOSAY_DATA."
        )


def _check_version(cluster: Path) -> None:
    with explained(cluster):
        made_by = (cluster / "PG_VERSION").read_text(encoding="ascii").strip()
    if made_by != str(POSTGRES_MAJOR):
        raise EmbeddedError(
            f"The database in {cluster} was made by PostgreSQL {made_by}, and this environment has "
            f"{POSTGRES_MAJOR}: use the environment that made it to write a backup, or name another data "
            "folder in DOSAY_DATA."
        )
