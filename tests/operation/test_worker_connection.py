"""A worker is ready for its first task, keeps its connection to the database, and looks at it before each."""

from __future__ import annotations

import pytest
from celery import Celery
from celery.fixups.django import DjangoWorkerFixup
from celery.signals import worker_init

from config import celery
from enablement import tasks
from enablement.tasks import run_work


class AnotherWorker:
    """A worker of another application: Celery's own hooks leave it alone."""

    app = Celery("another", set_as_current=False)


def test_celery_does_not_close_it_after_each_task() -> None:
    assert DjangoWorkerFixup(celery.app).db_reuse_max > 1_000_000


@pytest.mark.parametrize("is_a_workers", [True, False])
def test_it_is_looked_at_where_a_worker_runs_the_task(
    db: None, monkeypatch: pytest.MonkeyPatch, is_a_workers: bool
) -> None:
    looked: list[bool] = []
    monkeypatch.setattr(celery, "close_old_connections", lambda: looked.append(True))
    run_work.push_request(called_directly=not is_a_workers)
    try:
        run_work(0)
    finally:
        run_work.pop_request()
    assert bool(looked) is is_a_workers


def test_what_answers_need_is_loaded_before_it_forks(monkeypatch: pytest.MonkeyPatch) -> None:
    loaded: list[bool] = []
    monkeypatch.setattr(tasks, "load_beforehand", lambda: loaded.append(True))
    worker_init.send(sender=AnotherWorker)
    assert loaded == [True]
