"""Whether servers answer: the encoder, and those that a setting names instead of the embedded ones."""

from __future__ import annotations

import http.client
import socket
from urllib.parse import urlsplit

import psycopg

from config.embedded.errors import EmbeddedError

TIMEOUT_SECONDS = 5.0


class _SocketConnection(http.client.HTTPConnection):
    """HTTP over a socket file."""

    def __init__(self, path: str) -> None:
        super().__init__("localhost", timeout=TIMEOUT_SECONDS)
        self._path = path

    def connect(self) -> None:
        self.sock = socket.socket(socket.AF_UNIX)
        self.sock.settimeout(TIMEOUT_SECONDS)
        self.sock.connect(self._path)


def encoder_answers(url: str) -> bool:
    """Whether the encoder at `url` (unix://, http:// or https://) has loaded: GET /readyz gives 200."""
    parts = urlsplit(url)
    connection = _connection(parts.scheme, parts.netloc, parts.path)
    path = "/readyz" if parts.scheme == "unix" else f"{parts.path.rstrip('/')}/readyz"
    try:
        connection.request("GET", path)
        return connection.getresponse().status == 200
    except (OSError, http.client.HTTPException):
        return False
    finally:
        connection.close()


def _connection(scheme: str, host: str, path: str) -> http.client.HTTPConnection:
    if scheme == "unix":
        return _SocketConnection(path)
    kind = http.client.HTTPSConnection if scheme == "https" else http.client.HTTPConnection
    return kind(host, timeout=TIMEOUT_SECONDS)


def check_database(url: str) -> None:
    """See that DATABASE_URL names a database that lets us in. Raises EmbeddedError, without the password."""
    try:
        psycopg.connect(url, connect_timeout=int(TIMEOUT_SECONDS)).close()
    except psycopg.ProgrammingError as problem:
        # What the library says here may quote the password.
        raise EmbeddedError(
            "DATABASE_URL cannot be read: write postgresql://USER:PASSWORD@HOST:5432/NAME, with % and @ in "
            "the password as %25 and %40."
        ) from problem
    except psycopg.Error as problem:
        reason = " ".join(str(problem).split())
        raise EmbeddedError(f"DATABASE_URL does not lead to a database: {reason[:300]}") from problem


def check_redis(url: str) -> None:
    """See that REDIS_URL names a Redis that answers. Raises EmbeddedError."""
    # Two tenths of a second that every command would wait for, and few need.
    import redis

    address = url.replace("redis+socket://", "unix://").replace("virtual_host=", "db=")
    try:
        with redis.Redis.from_url(address, socket_connect_timeout=TIMEOUT_SECONDS) as client:
            client.ping()
    except (redis.RedisError, ValueError, OSError) as problem:
        reason = " ".join(str(problem).split())
        raise EmbeddedError(f"REDIS_URL does not lead to a Redis server: {reason[:300]}") from problem
