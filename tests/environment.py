"""The environment of the tests, set before any setting is read: data of their own, no key of anybody."""

from __future__ import annotations

import os
import signal
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
FOREIGN = ("OPENAI_", "SLACK_", "DATABASE_URL", "REDIS_URL", "CELERY_BROKER_URL", "ENCODER_URL", "SECRET_KEY")

for name in [name for name in os.environ if name.startswith(FOREIGN)]:
    del os.environ[name]
# Each process of a run in parallel has servers of its own: one that is flushed or killed is nobody else's.
WORKER = os.environ.get("PYTEST_XDIST_WORKER", "")
DATA = Path(os.environ.get("DOSAY_TEST_DATA", ROOT / ".data" / "test"))
os.environ["DOSAY_DATA"] = str(DATA / WORKER if WORKER else DATA)
os.environ["DOSAY_TESTING"] = "1"
os.environ["DOSAY_DEMO"] = ""
# Playwright's event loop runs in the thread of the test, where Django would refuse to use the database.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"

# A shell that runs the tests in the background makes them, and all they start, deaf to Ctrl-C.
signal.signal(signal.SIGINT, signal.default_int_handler)
signal.signal(signal.SIGHUP, signal.SIG_DFL)
