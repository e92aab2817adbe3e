"""How gunicorn runs the site: `gunicorn --config=python:config.gunicorn config.wsgi`, here and on a server.

Where it listens is said on the command line (`--bind`). A name of this module is a setting of gunicorn's.
"""

from __future__ import annotations

import os
from typing import Any

from config import env
from config.allocator import share_arenas
from config.embedded.addresses import ROOT
from config.logs import logging_settings

env.read_env_file(ROOT / ".env")
share_arenas()

# Threads wait for a stream or the database, and share what the process has loaded; but one process uses one
# processor. A second gives half as many pages again and costs some 75 MiB (docs/benchmarks.md); a third would
# take the processor from the database and the encoder of a small machine.
worker_class = "gthread"
# Loaded once, before the processes fork: one that ends is followed by another within a moment, where it would
# otherwise take the seconds of a start. New code comes with a new master (SIGUSR2), not with SIGHUP.
preload_app = True
workers = env.number("DOSAY_WEB_PROCESSES", min(2, os.cpu_count() or 1), 1, 64)
# A stream holds a thread for as long as an answer lasts; the others are for pages. With fifty answers being
# written at once some are left. They share the connections of a pool (config/database.py).
threads = env.number("DOSAY_WEB_THREADS", 64, 4, 512)
# Seconds without a sign of life from a process (not: from a request; streams may last longer).
timeout = 60
# What is under way may end: a stream of an answer lasts up to a minute, most are done in half.
graceful_timeout = 30
# A second site on the machine would want the same place for it.
control_socket_disable = True
# A heartbeat on a disk that is busy would stop the process.
worker_tmp_dir = "/dev/shm"
logconfig_dict: dict[str, Any] = logging_settings(env.log_level(), env.log_format())
