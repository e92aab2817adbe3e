"""What people get while Redis or the database is away, busy or silent. Nobody waits long, nothing is lost."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta

import psycopg
import pytest
from django.core.cache import caches
from django.core.cache.backends.redis import RedisCacheClient
from django.db import OperationalError, connection
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from kombu.exceptions import OperationalError as NoBroker
from redis.exceptions import ConnectionError as NoConnection
from redis.exceptions import RedisError

from config.cache import Cache
from config.database import for_pages
from config.resting import Rest
from enablement import outbox
from enablement.models import Card, Lesson, Person, Work
from quizzes.attempts import start_attempt
from quizzes.models import Attempt, Quiz

NOBODY = "redis://127.0.0.1:1/0"


@pytest.fixture
def no_redis(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Every access to the cache finds nobody, and so does the queue."""

    def refuse(*_: object, **__: object) -> None:
        raise NoBroker("Connection refused")

    monkeypatch.setattr(outbox.app, "send_task", refuse)
    usual = caches["default"]
    caches["default"] = Cache(NOBODY, {})
    yield
    caches["default"] = usual


@contextmanager
def at_most(seconds: float) -> Iterator[None]:
    began = time.monotonic()
    yield
    assert time.monotonic() - began < seconds


def test_a_redis_that_is_away_says_so_at_once_and_is_left_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str] = []

    def nobody(self: RedisCacheClient, key: str, default: object) -> None:
        asked.append(key)
        raise NoConnection("nobody listens")

    monkeypatch.setattr(RedisCacheClient, "get", nobody)
    # Every thread has a cache of its own.
    for cache in (Cache(NOBODY, {}), Cache(NOBODY, {})):
        for _ in range(10):
            with pytest.raises(RedisError):
                cache.get("anything")
    assert len(asked) == 1


def test_what_failed_is_left_alone_for_a_while() -> None:
    now = [10.0]
    rest = Rest(3.0, lambda: now[0])
    assert not rest.lasts
    rest.begin()
    assert rest.lasts
    now[0] += 3.0
    assert not rest.lasts


@pytest.mark.django_db
def test_without_redis_people_read_answer_and_hand_in(
    no_redis: None, ada_client: Client, ada: Person, quiz: Quiz, released_lesson: Lesson
) -> None:
    attempt = start_attempt(ada, quiz)
    card = Card.objects.visible_to(ada)[0]
    for path in ("/", card.get_absolute_url(), attempt.get_absolute_url()):
        assert ada_client.get(path).status_code == 200, path
    assert ada_client.post(reverse("attempt-submit", args=[attempt.pk]), {"confirm": "1"}).status_code == 302
    assert not Attempt.objects.get().is_open
    assert Work.objects.filter(finished_at=None, sent_at=None).exists()


@pytest.mark.django_db
def test_without_redis_people_sign_in_and_out(no_redis: None, client: Client, ada: Person) -> None:
    client.post(reverse("sign-in"), {"username": ada.username, "password": "correct horse battery"})
    assert client.get("/account/").status_code == 200
    client.post(reverse("sign-out"))
    assert client.get("/account/").status_code == 302


@pytest.mark.parametrize(
    ("path", "headers", "says"),
    [
        ("/account/", {}, b"Back in a moment"),
        ("/account/", {"HX-Request": "true"}, b'class="notice warn"'),
        ("/api/v1/cards/", {}, b'"code": "unavailable"'),
    ],
)
@pytest.mark.django_db
def test_a_database_that_does_not_answer_is_said_in_words(
    path: str, headers: dict[str, str], says: bytes, ada_client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    ada_client.raise_request_exception = False

    def refuse(*_: object, **__: object) -> None:
        raise OperationalError("the server closed the connection, says host db.internal")

    monkeypatch.setattr(connection, "cursor", refuse)
    response = ada_client.get(path, headers=headers)
    assert (response.status_code, response["Retry-After"]) == (503, "5")
    assert response["Cache-Control"].startswith("no-store")
    assert says in response.content
    assert b"db.internal" not in response.content


@pytest.mark.django_db
def test_an_error_of_ours_is_not_blamed_on_the_database(
    ada_client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    ada_client.raise_request_exception = False
    monkeypatch.setattr(connection, "cursor", lambda *_: 1 / 0)
    assert ada_client.get("/account/").status_code == 500


@pytest.mark.django_db
def test_a_page_waits_ten_seconds_for_a_statement_and_three_for_a_lock() -> None:
    words = for_pages(connection.settings_dict)["OPTIONS"]["options"]
    address = connection.get_connection_params()
    found = {}
    with psycopg.connect(**{**address, "options": words, "cursor_factory": None}) as page:
        for name in ("statement_timeout", "lock_timeout", "idle_in_transaction_session_timeout"):
            (found[name],) = page.execute(f"SHOW {name}").fetchone() or ("",)
    assert list(found.values()) == ["10s", "3s", "30s"]


@pytest.fixture
def notes(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    numbers: list[int] = []
    monkeypatch.setitem(outbox.HANDLERS, "note", lambda number: numbers.append(number))
    return numbers


@pytest.mark.django_db(transaction=True)
def test_a_claim_is_renewed_while_somebody_is_at_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(outbox, "CLAIM", timedelta(seconds=0.3))
    monkeypatch.setattr(outbox, "RENEW", 0.05)
    again: list[bool] = []

    def take_long() -> None:
        time.sleep(0.8)
        again.append(outbox.run_work(work.pk))

    monkeypatch.setitem(outbox.HANDLERS, "long", take_long)
    work = Work.objects.create(name="long", arguments={})
    assert outbox.run_work(work.pk)
    assert again == [False]


@pytest.mark.django_db
def test_what_kills_every_worker_is_given_up_after_five_tries() -> None:
    work = Work.objects.create(name="gone", arguments={})

    def die() -> None:
        raise SystemExit

    outbox.HANDLERS["gone"] = die
    try:
        for _ in range(outbox.MAX_TRIES):
            Work.objects.update(claimed_until=None)
            with pytest.raises(SystemExit):
                outbox.run_work(work.pk)
        Work.objects.update(claimed_until=None)
        assert not outbox.run_work(work.pk)
    finally:
        del outbox.HANDLERS["gone"]
    assert outbox.given_up().get().error == outbox.BEGUN


@pytest.mark.django_db
def test_a_worker_whose_clock_is_ahead_takes_no_work_from_another(
    notes: list[int], monkeypatch: pytest.MonkeyPatch
) -> None:
    claim = {"claimed_until": timezone.now() + timedelta(seconds=30), "sent_at": timezone.now()}
    work = Work.objects.create(name="note", arguments={"number": 1}, **claim)
    ahead = timezone.now() + timedelta(minutes=10)
    monkeypatch.setattr(outbox.timezone, "now", lambda: ahead)
    assert not outbox.run_work(work.pk)
    assert notes == []


@pytest.mark.django_db(transaction=True)
def test_the_same_work_handed_out_five_times_at_once_is_done_once(notes: list[int]) -> None:
    work = Work.objects.create(name="note", arguments={"number": 1})

    def run() -> None:
        outbox.run_work(work.pk)
        connection.close()

    runs = [threading.Thread(target=run) for _ in range(5)]
    for thread in runs:
        thread.start()
    for thread in runs:
        thread.join()
    assert notes == [1]
