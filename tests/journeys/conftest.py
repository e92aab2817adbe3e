"""A whole site as `make run` starts it, with data of its own, and a browser."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page

from tests.browsers import running_chromium

ROOT = Path(__file__).resolve().parents[2]
# The first start embeds two lessons and fits the judges; two busy cores take a while.
READY_WITHIN = 300.0


@dataclass
class Site:
    """A running site: its address, its data, and what the terminal has shown so far."""

    url: str
    data: Path
    process: subprocess.Popen[str]
    lines: list[str] = field(default_factory=list)
    learnt: threading.Event = field(default_factory=threading.Event)

    def listen(self) -> None:
        assert self.process.stdout
        for line in self.process.stdout:
            self.lines.append(line)
            if "judges have learnt" in line:
                self.learnt.set()
        self.learnt.set()


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    data = tmp_path_factory.mktemp("site")
    foreign = ("DOSAY_", "DJANGO_")
    environment = {name: value for name, value in os.environ.items() if not name.startswith(foreign)}
    environment |= {"DOSAY_DATA": str(data), "PORT": str(port)}
    command = [sys.executable, "manage.py", "run"]
    process = subprocess.Popen(command, cwd=ROOT, env=environment, stdout=subprocess.PIPE, text=True)
    running = Site(f"http://127.0.0.1:{port}", data, process)
    threading.Thread(target=running.listen, daemon=True).start()
    assert running.learnt.wait(READY_WITHIN), "".join(running.lines)
    assert process.poll() is None, "".join(running.lines)
    yield running
    process.send_signal(signal.SIGINT)
    process.wait(timeout=60)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    with running_chromium() as chromium:
        yield chromium


@pytest.fixture
def context(browser: Browser, site: Site) -> Iterator[BrowserContext]:
    """A fresh browser. Every address that the page asks for must be the site's own."""
    fresh = browser.new_context(base_url=site.url)
    foreign: list[str] = []
    fresh.on(
        "request", lambda request: None if request.url.startswith(site.url) else foreign.append(request.url)
    )
    yield fresh
    fresh.close()
    assert foreign == []


@pytest.fixture
def page(context: BrowserContext) -> Page:
    return context.new_page()


def sign_in(page: Page, name: str) -> None:
    """Sign in as a demo person with one click."""
    page.goto("/sign-in/")
    page.get_by_role("button", name=name).click()
    page.wait_for_url("**/")
