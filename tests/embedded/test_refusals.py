"""What cannot be started is refused with one line that says what to do."""

from __future__ import annotations

import errno
import shutil
from pathlib import Path

import pytest

from config.embedded import binaries, errors
from config.embedded.addresses import socket_folder
from config.embedded.errors import EmbeddedError
from config.embedded.servers import Server, servers, wait_for_encoder


def refusal(needed: set[Server], data: Path) -> str:
    """Return the one line with which a start is refused."""
    with pytest.raises(EmbeddedError) as refused, servers(needed, data):
        pytest.fail("it started")
    line = str(refused.value)
    assert "\n" not in line
    return line


def test_a_database_of_another_version(data: Path) -> None:
    with servers({Server.DATABASE}, data):
        pass
    version = data / "postgres" / "PG_VERSION"
    version.write_text("16\n")
    try:
        assert "made by PostgreSQL 16" in refusal({Server.DATABASE}, data)
    finally:
        version.write_text("18\n")


def test_a_damaged_database(fresh_data: Path) -> None:
    with servers({Server.DATABASE}, fresh_data):
        pass
    shutil.rmtree(fresh_data / "postgres" / "global")
    assert "pg_control" in refusal({Server.DATABASE}, fresh_data)


def test_a_damaged_queue(fresh_data: Path) -> None:
    with servers({Server.REDIS}, fresh_data):
        pass
    (fresh_data / "redis" / "appendonly.aof").write_text("this is not a queue\n")
    assert "move that folder away" in refusal({Server.REDIS}, fresh_data)


def test_a_socket_folder_that_somebody_made_before_us(fresh_data: Path, tmp_path: Path) -> None:
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    folder = socket_folder(fresh_data)
    folder.symlink_to(elsewhere)
    try:
        assert "belongs to another user" in refusal({Server.REDIS}, fresh_data)
    finally:
        folder.unlink()


def test_a_file_in_the_place_of_the_data_folder(tmp_path: Path) -> None:
    (tmp_path / "data").write_text("")
    assert "is not a folder" in refusal({Server.DATABASE}, tmp_path / "data")


def test_a_full_disk_is_called_that(tmp_path: Path) -> None:
    said = "initdb: error: could not write to file: No space left on device"
    assert "is full" in str(errors.failure("PostgreSQL", said, tmp_path, tmp_path / "log"))


def test_a_disk_too_full_even_for_a_log_is_called_that(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    usage = shutil.disk_usage(tmp_path)
    monkeypatch.setattr(shutil, "disk_usage", lambda _: usage._replace(free=0))
    assert "is full" in str(errors.failure("PostgreSQL", "", tmp_path, tmp_path / "log"))


@pytest.mark.parametrize(
    ("code", "words"),
    [(errno.ENOSPC, "is full"), (errno.EROFS, "cannot be written"), (errno.EACCES, "DOSAY_DATA")],
)
def test_what_the_operating_system_says_becomes_advice(code: int, words: str, tmp_path: Path) -> None:
    with pytest.raises(EmbeddedError, match=words), errors.explained(tmp_path):
        raise OSError(code, "as the system says it")


@pytest.mark.parametrize("url", ["postgresql://ada:secret@127.0.0.1:1/dosay", "postgresql://ada:sec%ret@h/d"])
def test_a_wrong_database_url_is_named_without_its_password(
    url: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("DATABASE_URL", url)
    line = refusal({Server.DATABASE}, tmp_path)
    assert line.startswith("DATABASE_URL")
    assert "sec" not in line.lower().replace("seconds", "")


def test_a_wrong_redis_url_is_named(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("REDIS_URL", "redis://127.0.0.1:1/0")
    assert refusal({Server.REDIS}, tmp_path).startswith("REDIS_URL")


def test_an_encoder_that_is_away_is_named(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("ENCODER_URL", "http://127.0.0.1:1")
    with servers({Server.ENCODER}, tmp_path), pytest.raises(EmbeddedError, match="ENCODER_URL"):
        wait_for_encoder(1, tmp_path)


def test_missing_binaries_say_how_to_get_them(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(binaries, "find_spec", lambda _: None)
    with pytest.raises(EmbeddedError, match="make install"):
        binaries.postgres_binary("postgres")
