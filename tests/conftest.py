"""The servers, the cast and a small lesson that the tests share.

The cast: Ada (rep, team North), Max (her manager), Zoe (rep, team South), Nia (editor), Eve (rep without a
team), Ruth (admin). Access tests read as sentences about them.
"""

from __future__ import annotations

import gc
import logging
import os
import threading
import time
from collections.abc import Iterator
from contextlib import ExitStack
from typing import Any
from unittest.mock import patch

import pytest
from django.core.management import call_command
from django.test import Client, TransactionTestCase

from config import cache
from config.embedded import postgres
from config.embedded.servers import Server, servers, wait_for_encoder
from config.resting import Rest
from enablement import outbox
from enablement.lessons.load import load_lessons
from enablement.lessons.schema import LessonItem
from enablement.models import Lesson, Membership, Person, Role, Team
from tests.bringing import bring
from tests.emptying import empty_tables
from tests.handing_out import JOURNEYS, FileByFile, part_of
from tests.log_watch import WATCH
from tests.small_lesson import small_lesson

_RUNNING = ExitStack()
# A machine that loses its power loses the test database: nothing waits for the disk.
IN_MEMORY = {"fsync": "off", "full_page_writes": "off", "checkpoint_timeout": "1h", "max_wal_size": "4GB"}


def pytest_sessionstart(session: pytest.Session) -> None:
    """Start PostgreSQL, Redis and the encoder; the encoder loads while the first tests run."""
    if not session.config.option.collectonly and not hands_out(session.config):
        with patch.dict(postgres.SETTINGS, IN_MEMORY):
            _RUNNING.enter_context(servers(frozenset({Server.DATABASE, Server.REDIS, Server.ENCODER})))


def hands_out(config: pytest.Config) -> bool:
    """Whether this process has others run the tests."""
    return config.getoption("dist") != "no" and not hasattr(config, "workerinput")


def pytest_unconfigure(config: pytest.Config) -> None:
    """Stop what was started."""
    _RUNNING.close()


@pytest.hookimpl(tryfirst=True)
def pytest_collection(session: pytest.Session) -> None:
    if not hands_out(session.config):
        gc.disable()


def pytest_collection_finish() -> None:
    """What is loaded by now stays: looking through it for what can be thrown away would find nothing."""
    gc.freeze()
    gc.enable()


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Run file by file, and what needs the starter lessons after the rest: they are loaded once and stay.

    The journeys come first: while their site starts, the other processes have enough to do.
    """
    first = [JOURNEYS, *dict.fromkeys(part_of(item.nodeid) for item in items)]
    places = {part: place for place, part in reversed(list(enumerate(first)))}
    items.sort(key=lambda item: (needs_starter_lessons(item), places[part_of(item.nodeid)]))


def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> FileByFile:
    return FileByFile(config, log)


def needs_starter_lessons(item: pytest.Item) -> bool:
    return "starter_lessons" in getattr(item, "fixturenames", ())


@pytest.fixture(autouse=True)
def nothing_rests(monkeypatch: pytest.MonkeyPatch) -> None:
    """A Redis that one test found away is not left alone by the next."""
    monkeypatch.setattr(outbox, "BROKER", Rest())
    monkeypatch.setattr(cache, "REST", Rest())


@pytest.fixture(autouse=True)
def nothing_secret_is_logged() -> Iterator[None]:
    """With DOSAY_LOG_WATCH=1: what a test brings about stands in the log without keys, passwords, tokens and
    addresses."""
    if not os.environ.get("DOSAY_LOG_WATCH"):
        yield
        return
    logging.getLogger().addHandler(WATCH)
    yield
    logging.getLogger().removeHandler(WATCH)
    assert not (found := WATCH.take()), f"secrets in the log: {found}"


@pytest.fixture(autouse=True, scope="session")
def tables_are_emptied_in_our_way() -> Iterator[None]:
    with patch.object(TransactionTestCase, "_fixture_teardown", lambda _: empty_tables()):
        yield


@pytest.fixture(autouse=True)
def nobody_is_answered_any_more(request: pytest.FixtureRequest) -> Iterator[None]:
    """Let the live server end what a browser asked for before the tables are emptied.

    A page that is left with requests under way is answered to the end all the same. Emptying and such an
    answer can wait for each other, and PostgreSQL ends that by refusing one of the two.
    """
    live = "live_server" in request.fixturenames
    if live:
        request.getfixturevalue("transactional_db")
    yield
    if live:
        deadline = time.monotonic() + 20
        while (answering := _answering()) and time.monotonic() < deadline:
            time.sleep(0.01)
        assert not answering, f"still answering after the browser left: {answering}"


def _answering() -> list[str]:
    """The live server's threads, one for each connection that a browser holds."""
    return [thread.name for thread in threading.enumerate() if "process_request_thread" in thread.name]


@pytest.fixture(scope="session")
def encoder() -> None:
    """The real encoder, loaded."""
    wait_for_encoder(120)


@pytest.fixture(scope="session")
def starter_lessons(django_db_setup: None, django_db_blocker: pytest.FixtureRequest, encoder: None) -> None:
    """Both starter lessons, indexed and learnt, in the test database for the rest of the session."""
    with django_db_blocker.unblock():  # type: ignore[attr-defined]
        call_command("load_lessons", "--now", verbosity=0)


def make_person(username: str, role: Role, **names: str) -> Person:
    return Person.objects.create_user(
        username, f"{username}@example.org", "correct horse battery", role=role, first_name=username.title()
    )


@pytest.fixture
def max(db: None) -> Person:
    return make_person("max", Role.MANAGER)


@pytest.fixture
def north(db: None, max: Person) -> Team:
    team = Team.objects.create(name="North", slug="north")
    team.managers.add(max)
    return team


@pytest.fixture
def south(db: None) -> Team:
    return Team.objects.create(name="South", slug="south")


@pytest.fixture
def ada(north: Team) -> Person:
    person = make_person("ada", Role.REP)
    Membership.objects.create(team=north, person=person)
    return person


@pytest.fixture
def zoe(south: Team) -> Person:
    person = make_person("zoe", Role.REP)
    Membership.objects.create(team=south, person=person)
    return person


@pytest.fixture
def nia(db: None) -> Person:
    return make_person("nia", Role.EDITOR)


@pytest.fixture
def eve(db: None) -> Person:
    return make_person("eve", Role.REP)


@pytest.fixture
def root(db: None) -> Person:
    return make_person("root", Role.ADMIN)


@pytest.fixture
def ada_client(client: Client, ada: Person) -> Client:
    client.force_login(ada)
    return client


@pytest.fixture
def lesson_item() -> LessonItem:
    return small_lesson()


@pytest.fixture
def released_lesson(db: None, lesson_item: LessonItem) -> Lesson:
    """A small released lesson for everybody: two cards, a guide entry, a distinction and so on."""
    bring(lesson_item.model_dump_json(), lambda: load_lessons([lesson_item]))
    return Lesson.objects.get(slug=lesson_item.slug)
