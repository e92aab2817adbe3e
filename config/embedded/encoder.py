"""The encoder's process: found, started, stopped. It loads for seconds; nobody waits who does not ask to."""

from __future__ import annotations

import os
import signal
import sys
import time
from pathlib import Path

import psutil

from config.embedded import addresses
from config.embedded.errors import EmbeddedError, explained, failure
from config.embedded.folders import prepare_socket_folders
from config.embedded.probe import encoder_answers
from config.embedded.processes import ProcessRecord, start_detached, stop, tail

MODULE = "enablement.judges.encoder_server"
STOP_SECONDS = 1.0


class Encoder:
    """The encoder of one data folder."""

    def __init__(self, data: Path) -> None:
        self._data = data
        self._log = data / "logs" / "encoder.log"
        self._record = data / "run" / "encoder.json"
        self._socket = addresses.encoder_socket(data)

    def process(self) -> psutil.Process | None:
        """Return the running process of this data folder, else None."""
        record = ProcessRecord.read(self._record)
        return record.process() if record else None

    def start(self) -> None:
        """See that the process runs; it may still be loading. Raises EmbeddedError."""
        prepare_socket_folders(self._data)
        if self.process():
            return
        with explained(self._data):
            self._socket.unlink(missing_ok=True)
            command: list[str | Path] = [sys.executable, "-m", MODULE, "--socket", self._socket]
            # -m finds the module from the project's root, wherever the command was typed.
            started = start_detached(command, self._log, os.environ, folder=addresses.ROOT)
        ProcessRecord.of(started.pid).write(self._record)

    def stop(self) -> None:
        """End the process. It keeps nothing."""
        if process := self.process():
            # Its worker holds the model; killed in the middle of a long batch it must not stay behind.
            workers = process.children(recursive=True)
            stop(process, signal.SIGTERM, STOP_SECONDS, signal.SIGKILL)
            for worker in workers:
                stop(worker, signal.SIGKILL, STOP_SECONDS, signal.SIGKILL)
        self._record.unlink(missing_ok=True)

    def wait(self, seconds: float) -> None:
        """Wait until the encoder has loaded. Raises EmbeddedError where it ended, or took longer."""
        deadline = time.monotonic() + seconds
        while not encoder_answers(addresses.encoder_url(self._data)):
            if not self.process():
                raise failure("The encoder", tail(self._log), self._data, self._log)
            if time.monotonic() > deadline:
                raise EmbeddedError(f"The encoder has not loaded in {seconds:.0f} seconds; see {self._log}.")
            time.sleep(0.1)
