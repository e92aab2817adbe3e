"""The folders of the embedded servers, made private and checked before anything in them is trusted."""

from __future__ import annotations

import os
import stat
from pathlib import Path

from config.embedded import addresses
from config.embedded.errors import EmbeddedError, explained


def prepare_data_folder(data: Path) -> None:
    """Create the data folder with its folders for logs and for what is running. Raises EmbeddedError."""
    with explained(data):
        addresses.make_data_folder(data)
        for name in ("logs", "run"):
            (data / name).mkdir(mode=0o700, exist_ok=True)


def prepare_socket_folders(data: Path) -> None:
    """Create the folder of the sockets and our private one in it.

    Run by root, the upper one lets others pass (not list), because the database's account must reach its own.
    """
    folder = addresses.socket_folder(data)
    make_private(folder, mode=0o711 if os.geteuid() == 0 else 0o700)
    make_private(addresses.redis_socket(data).parent)


def make_private(folder: Path, mode: int = 0o700, owner: tuple[int, int] | None = None) -> None:
    """Create `folder` for `owner` (user and group id, ours by default), or see that the existing one is safe.

    Somebody else may have made it first, to listen in our place: then this raises EmbeddedError.
    """
    uid, gid = owner or (os.geteuid(), os.getegid())
    with explained(folder):
        try:
            folder.mkdir(mode=mode)
            if uid != os.geteuid():
                os.chown(folder, uid, gid)
        except FileExistsError:
            _check_owner(folder, uid)
        if stat.S_IMODE(folder.lstat().st_mode) != mode:
            folder.chmod(mode)


def _check_owner(folder: Path, uid: int) -> None:
    """Refuse a link, a file, or a folder of another user."""
    found = folder.lstat()
    if not stat.S_ISDIR(found.st_mode) or found.st_uid != uid:
        raise EmbeddedError(
            f"{folder} belongs to another user: remove it, or name another data folder in DOSAY_DATA."
        )
