"""Two web servers, two workers and RabbitMQ: what `python -m tests.chaos.two_of_each` runs."""

from __future__ import annotations

import json
import os
import subprocess
import sys

import pytest

WANTED = "DOSAY_RABBITMQ"


@pytest.mark.skipif(
    not os.environ.get(WANTED), reason=f"{WANTED}=1 runs it; it takes two minutes and RabbitMQ"
)
def test_two_sites_share_a_database_and_rabbitmq_and_lose_nothing() -> None:
    command = [sys.executable, "-m", "tests.chaos.two_of_each", "--seconds", "20"]
    done = subprocess.run(command, capture_output=True, text=True, timeout=500)
    assert done.returncode == 0, done.stdout + done.stderr[-3000:]
    sites = json.loads(done.stdout.splitlines()[-1])["sites"]
    assert [site["losses"] for site in sites] == [[], []]
    assert all(site["handed_in"] and site["saved"] for site in sites)
