"""Servers of one's own that will not do are refused with what to do. Old and bare ones are played here."""

from __future__ import annotations

import socketserver
import threading
from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from config.embedded.addresses import data_folder, database_url, redis_url
from config.embedded.errors import EmbeddedError
from config.embedded.probe import check_database, check_redis, database_fault


@pytest.mark.parametrize(
    ("version", "is_copy", "has_vector", "words"),
    [
        (130_014, False, True, "PostgreSQL 13, and 14 or newer"),
        (170_002, True, True, "name the primary"),
        (170_002, False, False, "has no pgvector: install it"),
        (140_000, False, True, ""),
    ],
)
def test_a_postgres_that_will_not_do(version: int, is_copy: bool, has_vector: bool, words: str) -> None:
    said = database_fault(version, is_copy=is_copy, has_vector=has_vector)
    assert words in said
    assert bool(words) == bool(said)


class OldRedis(socketserver.StreamRequestHandler):
    """Answers as a Redis of another version would: it knows no HELLO, and says its version."""

    def handle(self) -> None:
        while line := self.rfile.readline():
            words = [self._word() for _ in range(int(line[1:]))]
            if words[0].upper() == b"INFO":
                info = b"# Server\r\nredis_version:3.2.1\r\n"
                self.wfile.write(b"$%d\r\n%s\r\n" % (len(info), info))
            elif words[0].upper() == b"HELLO":
                self.wfile.write(b"-ERR unknown command 'HELLO'\r\n")
            else:
                self.wfile.write(b"+OK\r\n")

    def _word(self) -> bytes:
        length = int(self.rfile.readline()[1:])
        return self.rfile.read(length + 2)[:length]


@contextmanager
def old_redis() -> Iterator[str]:
    with socketserver.ThreadingTCPServer(("127.0.0.1", 0), OldRedis) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"redis://127.0.0.1:{server.server_address[1]}/0"
        server.shutdown()


def test_a_redis_of_another_version_is_named() -> None:
    with old_redis() as url, pytest.raises(EmbeddedError, match=r"REDIS_URL.*3\.2\.1.*6 or newer"):
        check_redis(url)


def test_our_own_servers_will_do() -> None:
    check_database(database_url(data_folder()))
    check_redis(redis_url(data_folder()))
