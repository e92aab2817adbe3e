"""The parts of `manage.py run`: nothing outlives it, nothing is started twice, every fault is shown."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import psutil
import pytest

from config.embedded.addresses import ROOT
from config.embedded.errors import EmbeddedError
from config.embedded.processes import ProcessRecord, ended
from config.supervisor.children import Child, stop_all
from config.supervisor.logs import LogWatch, fault_lines, last_words
from config.supervisor.ports import HOST, check_free, read_port
from config.supervisor.programs import is_demo, shared_environment
from config.supervisor.runfile import AlreadyRunning, RunFile
from config.supervisor.stopping import StopFlag

Register = Callable[[psutil.Process], psutil.Process]
PARENT = """
import os, sys, time
from pathlib import Path
from config.supervisor.children import Child
child = Child("sleeper", ["sleep", "60"], Path(sys.argv[1]), os.environ)
child.start()
print(child.record().pid, flush=True)
time.sleep(60)
"""


def sleeper(log: Path, *command: str) -> Child:
    child = Child("sleeper", command or ("sleep", "60"), log, os.environ)
    child.start()
    return child


def wait_for_end(child: Child) -> None:
    while child.status() is None:
        time.sleep(0.01)


def test_children_end_when_their_parent_is_killed(tmp_path: Path, started: Register) -> None:
    command = [sys.executable, "-c", PARENT, str(tmp_path / "log")]
    parent = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE)
    assert parent.stdout is not None
    with parent.stdout:
        child = started(psutil.Process(int(parent.stdout.readline())))
    parent.kill()
    parent.wait()
    assert ended(child, 5)


def test_stopping_takes_along_what_a_child_has_started(tmp_path: Path) -> None:
    child = sleeper(tmp_path / "log", "sh", "-c", "sleep 60 & echo $!; trap '' TERM; wait; wait; sleep 60")
    while not (said := (tmp_path / "log").read_text()).endswith("\n"):
        time.sleep(0.01)
    grandchild = psutil.Process(int(said))
    stop_all([child], seconds=0.2)
    assert ended(grandchild, 5)
    assert child.record() is None


def test_a_child_that_keeps_ending_is_given_up_with_its_last_words(tmp_path: Path) -> None:
    child = sleeper(tmp_path / "log", "sh", "-c", "echo 'the reason'; exit 3")
    for _ in range(3):
        wait_for_end(child)
        child.restart()
    wait_for_end(child)
    with pytest.raises(EmbeddedError, match=r"sleeper keeps ending.*the reason"):
        child.restart()


def test_one_data_folder_runs_once(tmp_path: Path) -> None:
    (tmp_path / "run").mkdir()
    with RunFile(tmp_path, "http://127.0.0.1:8000").held() as _:
        RunFile(tmp_path, "http://127.0.0.1:8000").write([])
        with pytest.raises(AlreadyRunning, match="8000"), RunFile(tmp_path, "http://127.0.0.1:9").held():
            pytest.fail("it ran twice")
    with RunFile(tmp_path, "http://127.0.0.1:9").held():
        pass


def test_children_of_a_killed_run_are_ended_and_strangers_are_not(tmp_path: Path, started: Register) -> None:
    (tmp_path / "run").mkdir()
    orphan, stranger = (started(psutil.Process(subprocess.Popen(["sleep", "60"]).pid)) for _ in range(2))
    RunFile(tmp_path, "").write([ProcessRecord.of(orphan.pid), ProcessRecord(stranger.pid, 1.0)])
    with RunFile(tmp_path, "").held():
        assert ended(orphan, 0)
        assert not ended(stranger, 0)


@pytest.mark.parametrize("content", ["", "{", "[]", '{"children": 3}', '{"children": [{"pid": 1}]}'])
def test_a_run_file_cut_off_by_a_crash_does_not_block_a_start(tmp_path: Path, content: str) -> None:
    (tmp_path / "run").mkdir()
    (tmp_path / "run" / "site.json").write_text(content)
    with RunFile(tmp_path, "").held():
        pass


def test_a_taken_port_is_refused_with_its_holder_and_another_choice() -> None:
    with socket.socket() as holder:
        holder.bind((HOST, 0))
        holder.listen()
        port = holder.getsockname()[1]
        with pytest.raises(EmbeddedError, match=rf"process {os.getpid()}.*PORT={port + 1} make run"):
            check_free(port)
    check_free(port)


@pytest.mark.parametrize("text", ["0", "65536", "-1", "80a", "８０００", "", "9" * 99])
def test_what_cannot_be_a_port_is_refused(text: str) -> None:
    with pytest.raises(EmbeddedError, match="PORT must be"):
        read_port(text)
    assert read_port("8001") == 8001


def test_of_a_log_only_faults_are_shown(tmp_path: Path) -> None:
    log = tmp_path / "log"
    log.write_text("ERROR before the watch began\n")
    watch = LogWatch("web", log)
    with log.open("a") as more:
        more.write("2026-01-01 INFO fine\n2026-01-01 ERROR name what\nTraceback (most recent call last):\n")
        more.write('  File "x.py", line 1\nValueError: why\nnot yet a whole li')
    assert list(fault_lines(watch.new_lines())) == ["2026-01-01 ERROR name what", "ValueError: why"]
    log.write_text("CRITICAL new log\n")
    assert watch.new_lines() == ["CRITICAL new log"]


def test_the_last_words_are_the_exception_rather_than_what_follows(tmp_path: Path) -> None:
    (tmp_path / "log").write_text(
        "Traceback (most recent call last):\n  x\nKeyError: 'a'\n[1] [INFO] Shutting down\n"
    )
    assert last_words(tmp_path / "log") == "KeyError: 'a'"
    assert last_words(tmp_path / "none") == "nothing"


def test_demo_mode_is_on_unless_it_is_turned_off(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.delenv("DOSAY_DEMO")
    assert is_demo(shared_environment(8000, tmp_path))
    monkeypatch.setenv("DOSAY_DEMO", "0")
    assert not is_demo(shared_environment(8000, tmp_path))


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_a_signal_asks_once_and_interrupts_a_pause(number: signal.Signals) -> None:
    before = {each: signal.getsignal(each) for each in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)}
    try:
        with StopFlag() as stop:
            begun = time.monotonic()
            os.kill(os.getpid(), number)
            stop.pause(30)
            os.kill(os.getpid(), number)
            assert stop.set
            assert time.monotonic() - begun < 5
    finally:
        for each, handler in before.items():
            signal.signal(each, handler)
