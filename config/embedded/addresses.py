"""Where the embedded servers keep their data and listen. Cheap to import: settings do so in every process.

The data folder is `.data/` in the project's root, or what DOSAY_DATA names. Sockets do not lie in it, because
a socket's path may have about 100 characters only: they lie in a short folder whose name is made from the
data folder's path, so that two clones never meet.
"""

from __future__ import annotations

import hashlib
import os
import secrets
from pathlib import Path

from config.embedded.errors import EmbeddedError, explained

ROOT = Path(__file__).resolve().parents[2]
# Not the TMPDIR of one shell or another: every process of a clone must find the same sockets.
SHORT_FOLDER = Path("/tmp")
DATABASE_NAME = DATABASE_USER = "dosay"
# Stated in every address, because clients and server alike would otherwise take PGPORT from the shell.
DATABASE_PORT = 5432


def data_folder() -> Path:
    """Return the absolute data folder. A relative DOSAY_DATA counts from the project's root.

    Raises EmbeddedError where it cannot be a path: in the home of somebody unknown, or in a circle of links.
    """
    named = os.environ.get("DOSAY_DATA", "").strip()
    try:
        return (ROOT / Path(named or ".data").expanduser()).resolve()
    except (RuntimeError, OSError) as problem:
        raise EmbeddedError(
            f"DOSAY_DATA cannot be “{named}”, which leads nowhere: name a folder, such as /srv/dosay."
        ) from problem


def is_embedded() -> bool:
    """Whether the database is the embedded one: no DATABASE_URL is set."""
    return not os.environ.get("DATABASE_URL", "").strip()


def socket_folder(data: Path) -> Path:
    """Return the folder of a data folder's sockets: at most 60 characters with a socket's name."""
    return SHORT_FOLDER / f"dosay-{hashlib.sha256(os.fsencode(data)).hexdigest()[:10]}"


def database_socket_folder(data: Path) -> Path:
    """Return the folder of PostgreSQL's socket, which belongs to the account that PostgreSQL runs as."""
    return socket_folder(data) / "database"


def redis_socket(data: Path) -> Path:
    """Return the path of Redis' socket."""
    return socket_folder(data) / "private" / "redis.sock"


def encoder_socket(data: Path) -> Path:
    """Return the path of the encoder's socket."""
    return socket_folder(data) / "private" / "encoder.sock"


def database_url(data: Path, name: str = DATABASE_NAME) -> str:
    """Return the address of the embedded database, as DATABASE_URL would give it."""
    host = str(database_socket_folder(data)).replace("/", "%2F")
    return f"postgresql://{DATABASE_USER}@{host}:{DATABASE_PORT}/{name}"


def redis_url(data: Path) -> str:
    """Return the address of the embedded Redis as Celery writes it."""
    return f"redis+socket://{redis_socket(data)}?virtual_host=0"


def plain_redis_url(data: Path) -> str:
    """Return the address of the embedded Redis as redis-py writes it."""
    return f"unix://{redis_socket(data)}?db=0"


def encoder_url(data: Path) -> str:
    """Return the address of the encoder's process."""
    return f"unix://{encoder_socket(data)}"


def secret_key(data: Path) -> str:
    """Return a random key that is made once and kept in the data folder, so that sessions outlive a restart.

    Raises EmbeddedError where the folder cannot be written.
    """
    path = data / "secret-key"
    with explained(data):
        make_data_folder(data)
        if not path.exists():
            _create_at_once(path, secrets.token_urlsafe(50))
        return path.read_text(encoding="ascii")


def make_data_folder(data: Path) -> None:
    """Create the data folder: private, but made by root one may pass through, for PostgreSQL is not root."""
    if not data.is_dir():
        data.mkdir(parents=True, exist_ok=True)
        data.chmod(0o711 if os.geteuid() == 0 else 0o700)


def _create_at_once(path: Path, content: str) -> None:
    """Write a private file that others see whole or not at all; whoever came first wins."""
    draft = path.with_name(f"{path.name}.{os.getpid()}")
    draft.touch(mode=0o600)
    try:
        draft.write_text(content, encoding="ascii")
        os.link(draft, path)
    except FileExistsError:
        pass
    finally:
        draft.unlink()
