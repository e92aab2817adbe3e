"""manage.py starts what a command needs and nothing else, and words a refusal in one line."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.core.management import get_commands, load_command_class
from django.core.management.base import CommandError

from config.embedded.addresses import ROOT
from config.embedded.needs import servers_needed, waits_for_encoder
from config.embedded.servers import Server
from enablement.management.first_use import make_ready


def manage(*words: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """Run a command as from a shell."""
    command = [sys.executable, "manage.py", *words]
    return subprocess.run(
        command, cwd=ROOT, env=os.environ | environment, capture_output=True, text=True, timeout=240
    )


@pytest.mark.parametrize("words", ["", "help", "check", "run", "doctor", "--version", "migrate --help"])
def test_commands_that_need_no_server(words: str) -> None:
    assert not servers_needed(["manage.py", *words.split()])


def test_commands_that_need_the_database_or_the_encoder_too() -> None:
    assert servers_needed(["manage.py", "migrate"]) == {Server.DATABASE}
    assert servers_needed(["manage.py", "ask", "what is it"]) == {Server.DATABASE, Server.ENCODER}


def test_only_commands_that_encode_at_once_wait_for_the_encoder() -> None:
    assert waits_for_encoder(["manage.py", "ask", "what is it"])
    assert not waits_for_encoder(["manage.py", "load_lessons"])
    assert not waits_for_encoder(["manage.py", "ask", "--help"])
    assert not waits_for_encoder(["manage.py"])


def test_help_starts_nothing_and_makes_no_database(tmp_path: Path) -> None:
    done = manage("help", DOSAY_DATA=str(tmp_path / "data"))
    assert done.returncode == 0
    assert not (tmp_path / "data" / "postgres").exists()


def test_a_wrong_database_url_ends_with_one_line_and_status_2() -> None:
    done = manage("migrate", DATABASE_URL="postgresql://ada:secret@127.0.0.1:1/dosay")
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.startswith("DATABASE_URL")
    assert done.stderr.count("\n") == 1


def test_a_wrong_port_ends_with_one_line_and_status_2(tmp_path: Path) -> None:
    done = manage("run", PORT="eighty", DOSAY_DATA=str(tmp_path / "data"))
    assert (done.returncode, done.stderr.count("\n")) == (2, 1)
    assert done.stderr.startswith("PORT must be")


def test_a_command_on_a_new_machine_makes_the_tables_and_loads_the_lessons(tmp_path: Path) -> None:
    """Also one that encodes nothing itself; the next finds everything there."""
    data = str(tmp_path / "data")
    first = manage("export_lesson", "retrieval", "--to", str(tmp_path / "out"), DOSAY_DATA=data)
    assert first.returncode == 0, first.stderr
    assert "First use" in first.stderr
    done = manage("sort_problem", "Every answer is far too long.", "--json", DOSAY_DATA=data)
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout)["outcome"] == "behaviour"
    assert "First use" not in done.stderr


def test_missing_tables_of_a_server_of_ones_own_are_told_in_one_line(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATABASE_URL", "postgresql://ada@db.example/dosay")
    with pytest.raises(CommandError, match=r"run manage\.py migrate, then manage\.py load_lessons"):
        make_ready()


def test_a_command_that_asks_the_encoder_has_it_started() -> None:
    ours = {name: app for name, app in get_commands().items() if app in ("enablement", "quizzes")}
    asking = {
        name for name, app in ours.items() if getattr(load_command_class(app, name), "asks_encoder", False)
    }
    assert asking
    assert {name for name in asking if Server.ENCODER not in servers_needed(["manage.py", name])} == set()
