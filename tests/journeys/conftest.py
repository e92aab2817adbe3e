"""A whole site as `make run` starts it, with data of its own, and a browser.

DOSAY_SITE=http://127.0.0.1:8000 takes a site in demo mode that runs already: for writing a journey.
"""

from __future__ import annotations

import os
import re
import signal
import socket
import subprocess
import sys
import threading
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Locator, Page, Request, expect

from tests.browsers import complaints_of, running_chromium
from tests.log_watch import SECRET

ROOT = Path(__file__).resolve().parents[2]
# The first start embeds two lessons and fits the judges; two busy cores take a while.
READY_WITHIN = 300.0

Visit = Callable[..., Page]
# What people of the journeys type: a password, what a buyer said, an answer, a question, a note.
PRIVATE = re.compile(
    rf"{SECRET.pattern}|seven grey otters|leave rules of last month|connect the model to your doc|warfarin"
    "|read me a newer paper"
)


@dataclass
class Site:
    """A running site: its address, where its data and logs are, and what the terminal has shown so far."""

    url: str
    process: subprocess.Popen[str]
    data: Path
    lines: list[str] = field(default_factory=list)
    learnt: threading.Event = field(default_factory=threading.Event)
    listener: threading.Thread = field(init=False)

    def __post_init__(self) -> None:
        self.listener = threading.Thread(target=self._listen, daemon=True)
        self.listener.start()

    def _listen(self) -> None:
        assert self.process.stdout
        for line in self.process.stdout:
            self.lines.append(line)
            if "judges have learnt" in line:
                self.learnt.set()
        self.learnt.set()

    def told(self) -> list[str]:
        """The lines of the logs in which something private stands; mails aside, which go there whole."""
        logs = [path.read_text(encoding="utf-8").splitlines() for path in self.logs()]
        return [line for lines in (self.lines, *logs) for line in private_lines(lines)]

    def logs(self) -> list[Path]:
        """What each of the site's processes wrote."""
        return sorted((self.data / "logs").glob("*.log*"))


def private_lines(lines: Iterable[str]) -> Iterator[str]:
    """Yield the lines in which something private stands, but for those of mails."""
    mail = False
    for line in lines:
        if not line.startswith("    "):
            mail = " enablement.mail_log " in line
        if not mail and PRIVATE.search(line):
            yield line


@pytest.fixture(scope="package")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a site that runs and has learnt."""
    if running := os.environ.get("DOSAY_SITE"):
        yield running
        return
    with started(tmp_path_factory.mktemp("site")) as own:
        yield own.url


@contextmanager
def started(data: Path) -> Iterator[Site]:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    foreign = ("DOSAY_", "DJANGO_")
    environment = {name: value for name, value in os.environ.items() if not name.startswith(foreign)}
    environment |= {"DOSAY_DATA": str(data), "PORT": str(port)}
    command = [sys.executable, "manage.py", "run"]
    process = subprocess.Popen(
        command, cwd=ROOT, env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
    )
    running = Site(f"http://127.0.0.1:{port}", process, data)
    assert running.learnt.wait(READY_WITHIN), "".join(running.lines)
    assert process.poll() is None, "".join(running.lines)
    yield running
    process.send_signal(signal.SIGINT)
    process.wait(timeout=60)
    running.listener.join(timeout=10)
    assert {"web", "worker"} <= {path.name.split(".")[0] for path in running.logs()}
    assert running.told() == []


@pytest.fixture(scope="package")
def browser() -> Iterator[Browser]:
    with running_chromium() as chromium:
        yield chromium


@pytest.fixture(scope="package")
def sessions() -> dict[str, Any]:
    """The cookies of those who have signed in: once is enough for everybody who does not sign out."""
    return {}


@pytest.fixture
def visit(browser: Browser, site: str, sessions: dict[str, Any]) -> Iterator[Visit]:
    """Somebody in a browser of their own. Every address that a page asks for must be the site's own."""
    contexts: list[BrowserContext] = []
    foreign: list[str] = []
    logged: list[list[str]] = []

    def note(request: Request) -> None:
        if not request.url.startswith((site, "blob:", "data:")):
            foreign.append(request.url)

    def come(name: str, **options: Any) -> Page:
        context = browser.new_context(base_url=site, storage_state=sessions.get(name), **options)
        contexts.append(context)
        context.on("request", note)
        logged.append(complaints_of(context))
        page = context.new_page()
        if name and name not in sessions:
            sign_in(page, name)
            sessions[name] = {"cookies": context.cookies(), "origins": []}
        return page

    yield come
    for context in contexts:
        context.close()
    assert foreign == []
    assert [found for found in logged if found] == []


@pytest.fixture
def page(visit: Visit) -> Page:
    return visit("")


def sign_in(page: Page, name: str) -> None:
    """Sign in as a demo person with one click."""
    page.goto("/sign-in/")
    page.get_by_role("button", name=name).click()
    page.wait_for_url("**/")


def in_the_box(page: Page, mode: str, text: str) -> None:
    """Type into the box on the home page and press Enter."""
    page.goto("/")
    page.get_by_role("radio", name=re.compile(f"^{mode}")).check(force=True)
    page.locator("textarea").fill(text)
    page.locator("textarea").press("Enter")


def until_there(page: Page, path: str, found: Callable[[Page], Locator], seconds: float = 150) -> Locator:
    """Open the page again until the worker has brought what is waited for."""
    for _ in range(int(seconds)):
        page.goto(path)
        if found(page).count():
            break
        page.wait_for_timeout(1000)
    expect(found(page).first).to_be_attached()
    return found(page).first
