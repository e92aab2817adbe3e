"""Whether servers answer: the encoder, and those that a setting names instead of the embedded ones."""

from __future__ import annotations

import http.client
import socket
from urllib.parse import urlsplit

import psycopg

from config.embedded.errors import EmbeddedError

TIMEOUT_SECONDS = 5.0
# What Django 5.2 asks for; and what our Redis is, older ones are not tried.
OLDEST_POSTGRES = 140_000
OLDEST_REDIS = 6


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
        with psycopg.connect(url, connect_timeout=int(TIMEOUT_SECONDS)) as connection:
            found = connection.execute(
                "SELECT current_setting('server_version_num')::int, pg_is_in_recovery(), "
                "EXISTS (SELECT 1 FROM pg_available_extensions WHERE name = 'vector')"
            ).fetchone()
            version, is_copy, has_vector = found or (0, False, False)
    except psycopg.ProgrammingError as problem:
        # What the library says here may quote the password.
        raise EmbeddedError(
            "DATABASE_URL cannot be read: write postgresql://USER:PASSWORD@HOST:5432/NAME, with % and @ in "
            "the password as %25 and %40."
        ) from problem
    except psycopg.Error as problem:
        reason = " ".join(str(problem).split())
        raise EmbeddedError(f"DATABASE_URL does not lead to a database: {reason[:300]}") from problem
    if fault := database_fault(version, is_copy=is_copy, has_vector=has_vector):
        raise EmbeddedError(fault)


def database_fault(version: int, *, is_copy: bool, has_vector: bool) -> str:
    """Say why a PostgreSQL (version as 140005 for 14.5) will not do; empty where it will. Pure."""
    if version < OLDEST_POSTGRES:
        return (
            f"DATABASE_URL leads to PostgreSQL {version // 10_000}, and {OLDEST_POSTGRES // 10_000} or newer "
            "is needed: upgrade it, or name another server."
        )
    if is_copy:
        return "DATABASE_URL leads to a copy that cannot be written: name the primary server."
    if not has_vector:
        return (
            "The PostgreSQL that DATABASE_URL leads to has no pgvector: install it there (its package "
            "is called postgresql-VERSION-pgvector, or see pgvector’s page), then start again."
        )
    return ""


def check_redis(url: str) -> None:
    """See that REDIS_URL names a Redis that answers. Raises EmbeddedError."""
    # Two tenths of a second that every command would wait for, and few need.
    import redis

    address = url.replace("redis+socket://", "unix://").replace("virtual_host=", "db=")
    try:
        with redis.Redis.from_url(address, socket_connect_timeout=TIMEOUT_SECONDS, protocol=2) as client:
            version = str(client.info("server").get("redis_version", ""))
    except (redis.RedisError, ValueError, OSError) as problem:
        reason = " ".join(str(problem).split())
        raise EmbeddedError(f"REDIS_URL does not lead to a Redis server: {reason[:300]}") from problem
    if version.split(".")[0].isdigit() and int(version.split(".")[0]) < OLDEST_REDIS:
        raise EmbeddedError(
            f"REDIS_URL leads to Redis {version}, and {OLDEST_REDIS} or newer is needed: upgrade it, or "
            "leave REDIS_URL empty for the one that comes along."
        )
