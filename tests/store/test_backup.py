"""Everything out to a folder, and back into an empty database: equal row by row, or not at all."""

from __future__ import annotations

import json
from collections.abc import Iterator
from io import StringIO
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError
from django.db import OperationalError, connection
from psycopg import connect, sql
from pyrage.x25519 import Identity

from config import env
from enablement.models import Lesson
from enablement.store import backup as backup_module
from enablement.store.backup import BadBackup, restore_backup, write_backup
from enablement.store.programs import ProgramFailed, connected, load
from enablement.store.sealing import BadKey
from enablement.store.tables import Table, differences, tables

pytestmark = pytest.mark.django_db
# pg_dump has a connection of its own, and sees what was committed.
committed = pytest.mark.django_db(transaction=True)
OTHER = "dosay_test_restored"


@pytest.fixture
def other() -> Iterator[str]:
    """The address of an empty second database on the same server."""
    with connect(**_server(), autocommit=True) as server:
        name = sql.Identifier(OTHER)
        server.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(name))
        server.execute(sql.SQL("CREATE DATABASE {} TEMPLATE template0").format(name))
        yield _address(OTHER)
        server.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(name))


def _server() -> dict[str, Any]:
    settings = connection.settings_dict
    named = {"host": "HOST", "port": "PORT", "user": "USER", "password": "PASSWORD"}
    return {"dbname": "postgres", **{word: settings[key] for word, key in named.items() if settings[key]}}


def _address(name: str) -> str:
    settings = connection.settings_dict
    return f"postgresql://{settings['USER']}@{quote(settings['HOST'], safe='')}:{settings['PORT']}/{name}"


def rows_in(address: str) -> int:
    with connect(address) as database:
        (count,) = database.execute("SELECT count(*) FROM enablement_lesson").fetchone() or (0,)
    return int(count)


@pytest.fixture
def backup(released_lesson: Lesson, tmp_path: Path) -> Path:
    folder = tmp_path / "backup"
    call_command("backup", str(folder), stdout=StringIO())
    return folder


@committed
def test_every_table_is_back_with_the_same_content(backup: Path, other: str) -> None:
    out = StringIO()
    call_command("restore", str(backup), "--to", other, "--json", stdout=out)
    assert json.loads(out.getvalue())["equal"] is True
    assert rows_in(other) == Lesson.objects.count() > 0
    with connect(other) as database:
        (found,) = database.execute(
            "SELECT count(*) FROM pg_indexes WHERE indexname = 'passage_dense'"
        ).fetchone() or (0,)
    assert found == 1


@committed
def test_a_backup_is_one_moment_and_for_its_owner_only(backup: Path) -> None:
    note = json.loads((backup / "backup.json").read_text(encoding="utf-8"))
    with connected(connection.settings_dict) as database:
        assert [Table(**row) for row in note["tables"]] == tables(database)
    assert backup.stat().st_mode & 0o077 == 0


@pytest.fixture
def sealed(other: str, tmp_path: Path) -> tuple[Path, Path]:
    """The encrypted backup of a small database of its own, and the file of the key to it."""
    with connect(other, autocommit=True) as database:
        database.execute("CREATE TABLE django_migrations (app text, name text)")
        database.execute("CREATE TABLE canary (word text)")
        database.execute("INSERT INTO canary SELECT 'canary-' || n FROM generate_series(1, 9000) n")
    key = Identity.generate()
    (tmp_path / "key").write_text(f"# made today\n{key}\n", encoding="utf-8")
    write_backup(env.database_at(other, "--to"), tmp_path / "sealed", [str(key.to_public())])
    return tmp_path / "sealed", tmp_path / "key"


def test_who_has_the_key_restores_an_encrypted_backup(sealed: tuple[Path, Path], other: str) -> None:
    folder, key = sealed
    assert {file.name for file in folder.iterdir()} == {"backup.json", "database.dump.age"}
    written = b"".join(file.read_bytes() for file in folder.iterdir())
    assert not any(word in written for word in (b"canary-", b"PGDMP"))
    with connect(other, autocommit=True) as database:
        database.execute("DELETE FROM canary")
    restore_backup(env.database_at(other, "--to"), folder, replace=True, key=key)
    with connect(other) as database:
        assert database.execute("SELECT count(*) FROM canary").fetchone() == (9000,)


def test_who_has_another_key_or_less_than_all_of_it_changes_nothing(
    sealed: tuple[Path, Path], other: str, tmp_path: Path
) -> None:
    folder, key = sealed
    (tmp_path / "another").write_text(f"{Identity.generate()}\n", encoding="utf-8")
    (tmp_path / "none").write_text("age1", encoding="utf-8")
    whole = (folder / "database.dump.age").read_bytes()
    for file, content, words in (
        (None, whole, "is encrypted: give --identity"),
        (tmp_path / "none", whole, "holds no key"),
        (tmp_path / "another", whole, "key does not open it"),
        (key, whole[:-1], "not what was written"),
        (key, whole[: len(whole) // 2], "not what was written"),
    ):
        (folder / "database.dump.age").write_bytes(content)
        with pytest.raises((BadBackup, BadKey), match=words):
            restore_backup(env.database_at(other, "--to"), folder, replace=True, key=file)
    with connect(other) as database:
        assert database.execute("SELECT count(*) FROM canary").fetchone() == (9000,)


def test_what_cannot_be_encrypted_to_is_refused_before_anything_is_written(tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="nothing to encrypt to"):
        call_command("backup", str(tmp_path / "backup"), "--recipient", "age1me")
    assert not (tmp_path / "backup").exists()


def test_a_full_disk_is_one_line(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(backup_module, "SEALED", "/dev/full")
    to = str(Identity.generate().to_public())
    with pytest.raises(CommandError, match=r"^The backup could not be written: [^\n]*No space left[^\n]*$"):
        call_command("backup", str(tmp_path / "backup"), "--recipient", to)


@pytest.mark.parametrize("command", ["backup", "restore"])
def test_a_database_that_does_not_answer_is_one_line(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, command: str
) -> None:
    def refuse() -> None:
        raise OperationalError("connection failed: Connection refused\n\tIs the server running?")

    monkeypatch.setattr(connection, "cursor", refuse)
    with pytest.raises(CommandError, match=r"^The database does not answer: [^\n]* refused$") as refused:
        call_command(command, str(tmp_path))
    assert refused.value.returncode == 2


@committed
def test_a_database_with_people_in_it_is_left_alone(backup: Path) -> None:
    before = Lesson.objects.count()
    with pytest.raises(CommandError, match="not empty"):
        call_command("restore", str(backup))
    assert Lesson.objects.count() == before


@committed
def test_replace_deletes_what_is_there(backup: Path, other: str) -> None:
    call_command("restore", str(backup), "--to", other, stdout=StringIO())
    with connect(other, autocommit=True) as database:
        database.execute("CREATE TABLE left_over (id int)")
        database.execute("UPDATE enablement_lesson SET title = 'changed'")
    call_command("restore", str(backup), "--to", other, "--replace", stdout=StringIO())
    with connect(other) as database:
        assert database.execute("SELECT to_regclass('left_over')").fetchone() == (None,)


@committed
def test_a_damaged_backup_changes_nothing(backup: Path, other: str) -> None:
    call_command("restore", str(backup), "--to", other, stdout=StringIO())
    dump = backup / "database.dump"
    whole = dump.read_bytes()
    for damaged in (whole[: len(whole) // 2], whole[:200], b"not a dump"):
        dump.write_bytes(damaged)
        with pytest.raises(CommandError, match="Nothing was restored"):
            call_command("restore", str(backup), "--to", other, "--replace")
        assert rows_in(other) == Lesson.objects.count()


@committed
def test_a_backup_of_a_newer_release_is_refused(backup: Path) -> None:
    note = json.loads((backup / "backup.json").read_text(encoding="utf-8"))
    note["migrations"].append("enablement.9999_of_the_future")
    (backup / "backup.json").write_text(json.dumps(note), encoding="utf-8")
    with pytest.raises(BadBackup, match="newer release"):
        restore_backup(connection.settings_dict, backup)


@pytest.mark.parametrize("content", [None, "", "{}", '{"format": 1, "tables": [{}]}', "\x00"])
def test_a_folder_that_is_no_backup_is_said_to_be_none(tmp_path: Path, content: str | None) -> None:
    if content is not None:
        (tmp_path / "backup.json").write_text(content, encoding="utf-8")
        (tmp_path / "database.dump").touch()
    with pytest.raises(BadBackup, match="is not a backup"):
        restore_backup(connection.settings_dict, tmp_path)


def test_a_folder_with_something_in_it_is_not_written_to(tmp_path: Path) -> None:
    (tmp_path / "mine.txt").write_text("mine", encoding="utf-8")
    with pytest.raises(BadBackup, match="not empty"):
        write_backup(connection.settings_dict, tmp_path)


@committed
def test_an_address_that_is_none_is_refused_in_one_line(backup: Path) -> None:
    with pytest.raises(CommandError, match="must begin with postgresql://"):
        call_command("restore", str(backup), "--to", "mysql://somewhere/else")


@committed
def test_a_server_that_is_not_there_is_named(backup: Path) -> None:
    nowhere = {**connection.settings_dict, "HOST": "/nonexistent"}
    with pytest.raises(ProgramFailed, match="nonexistent"):
        load(nowhere, backup / "database.dump", "")


def test_where_two_databases_differ_is_said_in_words() -> None:
    kept = [Table("a", 1, "5"), Table("b", 2, "6"), Table("c", 3, "7")]
    found = [Table("a", 1, "9"), Table("b", 1, "6"), Table("d", 1, "1")]
    assert differences(kept, found) == [
        "a: other content",
        "b: 1 rows in place of 2",
        "c is missing",
        "d is new",
    ]
