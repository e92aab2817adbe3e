"""The whole site: servers, content, web, worker and beat, in the order that gets to the page soonest."""

from __future__ import annotations

import platform
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Protocol

from config.embedded import addresses
from config.embedded.errors import EmbeddedError
from config.embedded.folders import prepare_data_folder
from config.embedded.probe import encoder_answers
from config.embedded.servers import Server, revive, servers
from config.supervisor import programs
from config.supervisor.children import Child, stop_all
from config.supervisor.figures import fresh_figures
from config.supervisor.logs import LogWatch, fault_lines, last_words
from config.supervisor.page import page_answers
from config.supervisor.ports import check_free
from config.supervisor.progress import Progress
from config.supervisor.restarts import Restarts
from config.supervisor.runfile import AlreadyRunning, RunFile
from config.supervisor.stopping import StopFlag

TICK_SECONDS = 0.1
SLOW_PAGE_SECONDS = 60.0
SERVER_LOGS = {Server.ENCODER: "encoder.log", Server.DATABASE: "postgres.log", Server.REDIS: "redis.log"}


class Stopped(Exception):
    """We were asked to stop."""


class Facts(Protocol):
    """What only the product knows. It is asked once the tables are up to date."""

    def sign_ins(self) -> Sequence[str]:
        """Return a line for each person of demo mode."""

    def unfinished_embeddings(self) -> int:
        """Return how much content still waits for its vectors."""


def run_site(port: int, facts: Facts) -> None:
    """Run everything until asked to stop. Raises EmbeddedError where something is missing or keeps ending."""
    data = addresses.data_folder()
    prepare_data_folder(data)
    run_file, progress = RunFile(data, programs.site_url(port)), Progress()
    try:
        with StopFlag() as stop, run_file.held():
            check_free(port)
            fresh_figures(data)
            progress.step("environment", f"Python {platform.python_version()}, data in {data.name}/")
            with servers(set(Server)):
                Site(port, data, facts, run_file, progress, stop).run()
            progress.note("Stopped.")
    except AlreadyRunning as other:
        progress.note(f"Dosay is already running at {other}. Stop it first (Ctrl-C in its terminal).")


class Site:
    """The children of one run, and what is still to be said about its start."""

    def __init__(
        self,
        port: int,
        data: Path,
        facts: Facts,
        run_file: RunFile,
        progress: Progress,
        stop: StopFlag,
    ) -> None:
        self._port, self._data, self._facts = port, data, facts
        self._run_file, self._progress, self._stop = run_file, progress, stop
        self._environment = programs.shared_environment(port, data)
        self._children: list[Child] = []
        self._watches = [LogWatch("encoder", data / "logs" / SERVER_LOGS[Server.ENCODER])]
        self._ends = {server: Restarts() for server in Server}
        self._encoder_url = Server.ENCODER.address or addresses.encoder_url(data)
        self._has_worker = self._embedded = False
        self._ask_again = 0.0

    def run(self) -> None:
        """Start, watch until asked to stop, and stop the children whatever happens."""
        try:
            self._open_page()
            self._start_background()
            while True:
                self._tick()
        except Stopped:
            self._progress.note("Stopping.")
        finally:
            stop_all(self._children)

    def _open_page(self) -> None:
        """Tables first; the web server loads while the lessons are read. It waits for no encoder."""
        shared = self._data, self._environment
        self._finish(programs.migration(*shared), "The tables could not be brought up to date")
        self._progress.step("database", "PostgreSQL and Redis run, the tables are up to date")
        self._finish(programs.static_files(*shared), "The style sheets could not be made ready")
        self._keep(programs.web(self._port, *shared))
        loaded = self._finish(programs.content(*shared), "The lessons could not be loaded")
        self._progress.step("content", loaded)
        self._finish(programs.quizzes(*shared), "The quizzes could not be loaded")
        self._await_page()
        sign_ins = self._facts.sign_ins() if programs.is_demo(self._environment) else []
        self._progress.ready(programs.site_url(self._port), sign_ins)

    def _start_background(self) -> None:
        """Start what the page can do without: loading, it would take the processor from the page."""
        self._keep(programs.worker(self._data, self._environment))
        self._keep(programs.beat(self._data, self._environment))
        self._has_worker = True

    def _finish(self, step: Child, failure: str) -> str:
        """Run a step to its end and return the last thing it said. Raises EmbeddedError where it fails."""
        step.start()
        try:
            while step.status() is None:
                self._tick()
        finally:
            stop_all([step])
        said = last_words(step.log)
        if step.status():
            raise EmbeddedError(f"{failure}: {said} (more in {step.log})")
        return said

    def _keep(self, child: Child) -> None:
        """Start a child that is to run from now on."""
        self._children.append(child)
        self._watches.append(LogWatch(child.name, child.log))
        child.start()
        self._note_children()

    def _await_page(self) -> None:
        slow = time.monotonic() + SLOW_PAGE_SECONDS
        while not page_answers(self._port):
            if time.monotonic() > slow:
                self._progress.note(f"The page does not answer yet; see {self._data / 'logs' / 'web.log'}.")
                slow += SLOW_PAGE_SECONDS
            self._tick()

    def _tick(self) -> None:
        """Look at everything once. Raises Stopped when asked to stop."""
        self._stop.pause(TICK_SECONDS)
        if self._stop.set:
            raise Stopped
        for watch in self._watches:
            # One exception is often written twice, by who met it and by who caught it.
            for fault in dict.fromkeys(fault_lines(watch.new_lines())):
                self._progress.note(f"{watch.name}: {fault}")
        self._restart_children()
        self._revive_servers()
        self._announce_embeddings()

    def _restart_children(self) -> None:
        for child in self._children:
            if (status := child.status()) is not None:
                self._progress.note(f"The {child.name} process ended (status {status}); it is started again.")
                child.restart()
                self._note_children()

    def _revive_servers(self) -> None:
        for server in Server:
            if revive(server, self._data):
                self._progress.note(f"The {server} server ended; it has been started again.")
                self._ends[server].note(f"{server} server", self._data / "logs" / f"{SERVER_LOGS[server]}.1")

    def _announce_embeddings(self) -> None:
        """Say once that the encoder has loaded and every passage has its vector."""
        if self._embedded or not self._has_worker or time.monotonic() < self._ask_again:
            return
        self._ask_again = time.monotonic() + 0.5
        if encoder_answers(self._encoder_url) and not self._facts.unfinished_embeddings():
            self._embedded = True
            self._progress.step("embeddings", "every passage has its vector, the judges have learnt")

    def _note_children(self) -> None:
        self._run_file.write(record for child in self._children if (record := child.record()))
