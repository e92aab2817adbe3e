"""Figures for a monitoring system: what is counted, who may read it, and several processes together."""

from __future__ import annotations

import os
import subprocess
import sys
from datetime import timedelta
from pathlib import Path

import pytest
from django.test import Client
from django.utils import timezone
from pytest_django import Settings
from redis.exceptions import ConnectionError as NoConnection

from config.embedded.addresses import ROOT
from enablement import gauges
from enablement.models import Work

pytestmark = pytest.mark.django_db


def value_of(body: str, name: str) -> float:
    """The value of a figure without labels, or the sum over its labels."""
    lines = [line for line in body.splitlines() if line.split("{")[0].split(" ")[0] == name]
    assert lines, name
    return sum(float(line.rsplit(" ", 1)[1]) for line in lines)


@pytest.fixture(autouse=True)
def no_broker(monkeypatch: pytest.MonkeyPatch) -> None:
    name = "dosay_queue_messages"
    monkeypatch.setitem(gauges.GAUGES, name, (gauges.GAUGES[name][0], lambda: 3))


def test_pages_are_counted_by_route_and_status(client: Client) -> None:
    client.get("/sign-in/")
    body = client.get("/metrics/").content.decode()
    assert 'dosay_request_seconds_count{method="GET",route="sign-in/",status="200"}' in body


def test_addresses_that_lead_nowhere_share_one_label(client: Client) -> None:
    client.get("/no/such/page-1234/")
    assert "page-1234" not in client.get("/metrics/").content.decode()


def test_how_old_the_oldest_work_is(client: Client) -> None:
    work = Work.objects.create(name="index_lesson")
    Work.objects.filter(pk=work.pk).update(created_at=timezone.now() - timedelta(seconds=90))
    Work.objects.create(name="index_lesson", tries=5)
    body = client.get("/metrics/").content.decode()
    assert 90 <= value_of(body, "dosay_outbox_oldest_seconds") < 100
    assert value_of(body, "dosay_work_given_up") == 1
    assert value_of(body, "dosay_queue_messages") == 3


def test_without_redis_the_other_figures_are_told(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    def away(*_: object, **__: object) -> None:
        raise NoConnection("away")

    monkeypatch.setitem(gauges.GAUGES, "dosay_regular_work_seconds", ("", away))
    body = client.get("/metrics/").content.decode()
    assert value_of(body, "dosay_gauges_away") == 1
    assert value_of(body, "dosay_outbox_waiting") == 0


def test_from_elsewhere_there_is_no_such_page(client: Client) -> None:
    assert client.get("/metrics/", REMOTE_ADDR="203.0.113.9").status_code == 404
    assert client.get("/metrics/", headers={"X-Forwarded-For": "127.0.0.1"}).status_code == 404


def test_with_a_token_set_only_the_token_counts(client: Client, settings: Settings) -> None:
    settings.METRICS_TOKEN = "a-long-token"
    assert client.get("/metrics/").status_code == 404
    assert client.get("/metrics/", headers={"Authorization": "Bearer another"}).status_code == 404
    there = client.get(
        "/metrics/", REMOTE_ADDR="203.0.113.9", headers={"Authorization": "Bearer a-long-token"}
    )
    assert there.status_code == 200


def test_processes_count_together(tmp_path: Path) -> None:
    count = "from enablement.meters import MODEL_CALLS; MODEL_CALLS.labels('answered').inc()"
    read = (
        "from prometheus_client import CollectorRegistry, generate_latest, multiprocess as m;"
        "r = CollectorRegistry(); m.MultiProcessCollector(r); print(generate_latest(r).decode())"
    )
    environment = os.environ | {"PROMETHEUS_MULTIPROC_DIR": str(tmp_path)}
    for _ in range(2):
        subprocess.run([sys.executable, "-c", count], cwd=ROOT, env=environment, check=True)
    done = subprocess.run(
        [sys.executable, "-c", read], cwd=ROOT, env=environment, check=True, capture_output=True, text=True
    )
    assert value_of(done.stdout, "dosay_model_calls_total") == 2
