"""The embedded servers: started once, shared, stopped by the last, and found again after any death."""

from __future__ import annotations

import signal
import stat
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import psutil
import psycopg
import pytest
import redis

from config.embedded import addresses
from config.embedded.processes import ProcessRecord, ended
from config.embedded.servers import Server, program, revive, servers

BOTH = {Server.DATABASE, Server.REDIS}
HOLD = """
import sys, time
from pathlib import Path
from config.embedded.servers import Server, servers
with servers([Server(name) for name in sys.argv[2].split(",")], Path(sys.argv[1])):
    print("up", flush=True)
    time.sleep(60)
"""

Register = Callable[[psutil.Process], psutil.Process]


def hold_elsewhere(data: Path, needed: set[Server], started: Register) -> psutil.Process:
    """Have another process use the servers, and return it once it has them."""
    command = [sys.executable, "-c", HOLD, str(data), ",".join(needed)]
    holder = subprocess.Popen(command, cwd=addresses.ROOT, stdout=subprocess.PIPE)
    process = started(psutil.Process(holder.pid))
    assert holder.stdout is not None
    with holder.stdout:
        assert holder.stdout.readline() == b"up\n"
    return process


def ask_database(data: Path, query: str) -> object:
    with psycopg.connect(addresses.database_url(data)) as connection:
        row = connection.execute(query).fetchone()  # type: ignore[call-overload]
    return row[0]


def kill(process: psutil.Process | None) -> None:
    assert process is not None
    process.kill()
    assert ended(process, 5)


def test_the_database_speaks_vectors_and_keeps_what_it_is_told(data: Path) -> None:
    with servers({Server.DATABASE}, data):
        assert ask_database(data, "SELECT current_setting('server_encoding')") == "UTF8"
        assert ask_database(data, "SELECT lower('É')") == "é"
        available = "SELECT default_version FROM pg_available_extensions WHERE name = 'vector'"
        assert ask_database(data, available)
        for setting in ("fsync", "synchronous_commit", "full_page_writes"):
            assert ask_database(data, f"SHOW {setting}") == "on"


def test_the_servers_listen_on_private_sockets_only(data: Path) -> None:
    with servers(BOTH, data):
        for server in BOTH:
            process = program(server, data).process()
            assert process is not None
            assert not [
                found for found in process.net_connections("inet") if found.status == psutil.CONN_LISTEN
            ]
        for folder in (addresses.database_socket_folder(data), addresses.redis_socket(data).parent):
            assert stat.S_IMODE(folder.stat().st_mode) == 0o700


def test_the_shell_cannot_change_how_the_database_runs(data: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in {"PGPORT": "7777", "PGDATA": "/nowhere", "PGHOST": "nowhere"}.items():
        monkeypatch.setenv(name, value)
    with servers({Server.DATABASE}, data):
        assert ask_database(data, "SELECT 1") == 1


def test_servers_stop_with_their_last_user(data: Path, started: Register) -> None:
    other = hold_elsewhere(data, BOTH, started)
    running = [program(server, data).process() for server in BOTH]
    with servers(BOTH, data):
        assert [program(server, data).process() for server in BOTH] == running
    assert [program(server, data).process() for server in BOTH] == running
    other.send_signal(signal.SIGINT)
    assert ended(other, 15)
    assert [program(server, data).process() for server in BOTH] == [None, None]


def test_servers_of_a_killed_user_are_adopted_and_stopped(data: Path, started: Register) -> None:
    kill(hold_elsewhere(data, BOTH, started))
    orphans = [program(server, data).process() for server in BOTH]
    assert None not in orphans
    with servers(BOTH, data):
        assert [program(server, data).process() for server in BOTH] == orphans
    assert [program(server, data).process() for server in BOTH] == [None, None]


def test_what_was_committed_outlives_a_killed_server(data: Path, started: Register) -> None:
    holder = hold_elsewhere(data, BOTH, started)
    with psycopg.connect(addresses.database_url(data)) as connection:
        connection.execute("CREATE TABLE IF NOT EXISTS kept (word text)")
        connection.execute("INSERT INTO kept VALUES ('kept')")
    with redis.Redis.from_url(addresses.plain_redis_url(data)) as queue:
        queue.set("kept", "kept")
    for process in (program(Server.DATABASE, data).process(), program(Server.REDIS, data).process(), holder):
        kill(process)
    with servers(BOTH, data), redis.Redis.from_url(addresses.plain_redis_url(data)) as queue:
        assert ask_database(data, "SELECT word FROM kept LIMIT 1") == "kept"
        assert queue.get("kept") == b"kept"


def test_numbers_of_dead_servers_that_live_again_elsewhere_do_not_fool_us(
    data: Path, started: Register
) -> None:
    with servers(BOTH, data):
        pass
    stranger = started(psutil.Process(subprocess.Popen(["sleep", "60"]).pid))
    (data / "postgres" / "postmaster.pid").write_text(f"{stranger.pid}\n{data / 'postgres'}\n1\n5432\n")
    ProcessRecord(stranger.pid, 1.0).write(data / "run" / "redis.json")
    with servers(BOTH, data):
        assert ask_database(data, "SELECT 1") == 1
    assert stranger.is_running()


@pytest.mark.parametrize("content", ["", "{", "[]", "not a number\n", '{"pid": 1}'])
def test_files_cut_off_by_a_crash_do_not_block_a_start(data: Path, content: str) -> None:
    with servers(BOTH, data):
        pass
    (data / "postgres" / "postmaster.pid").write_text(content)
    (data / "run" / "redis.json").write_text(content)
    addresses.redis_socket(data).touch()
    (addresses.database_socket_folder(data) / ".s.PGSQL.5432").touch()
    with servers(BOTH, data):
        assert ask_database(data, "SELECT 1") == 1


def test_a_server_that_dies_under_its_users_is_started_again(data: Path) -> None:
    with servers({Server.DATABASE}, data):
        assert not revive(Server.DATABASE, data)
        kill(program(Server.DATABASE, data).process())
        assert revive(Server.DATABASE, data)
        assert ask_database(data, "SELECT 1") == 1


def test_a_database_whose_making_was_interrupted_is_made_again(fresh_data: Path) -> None:
    half = fresh_data / "postgres.new"
    half.mkdir(parents=True)
    (half / "PG_VERSION").write_text("18\n")
    with servers({Server.DATABASE}, fresh_data):
        assert ask_database(fresh_data, "SELECT 1") == 1
    assert not half.exists()


def test_a_private_folder_above_the_data_keeps_its_mode(fresh_data: Path) -> None:
    # Run by root, PostgreSQL is another user, who cannot pass here by the modes alone.
    private = fresh_data.parent
    private.chmod(0o700)
    with servers({Server.DATABASE}, fresh_data):
        assert ask_database(fresh_data, "SELECT 1") == 1
    assert stat.S_IMODE(private.stat().st_mode) == 0o700
