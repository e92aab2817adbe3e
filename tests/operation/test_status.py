"""The status page and the doctor: every part in a sentence, and work that was given up is tried again."""

from __future__ import annotations

import ssl

import httpx2
import pytest
from django.test import Client
from pytest_django import Settings

from config.env import MailServer
from enablement import gauges, outbox
from enablement.doctor import beyond, here
from enablement.doctor.certificates import certificate_fault
from enablement.doctor.diagnosis import Health
from enablement.models import AuditEvent, Person, Work


@pytest.fixture
def admin(client: Client, root: Person, monkeypatch: pytest.MonkeyPatch) -> Client:
    monkeypatch.setitem(here.CHECKS, "queue", lambda: (Health.OK, "Redis answers, workers: 1."))
    client.force_login(root)
    return client


@pytest.fixture
def dead(db: None) -> Work:
    return Work.objects.create(name="index_lesson", arguments={"lesson": 7}, tries=5, error="ValueError: no")


def test_an_admin_sees_what_was_given_up_and_what_works(admin: Client, dead: Work) -> None:
    page = admin.get("/status/").content.decode()
    assert "Something needs you" in page
    assert "ValueError: no" in page
    assert "Try again" in page
    assert "pgvector" in page


def test_nobody_else_has_such_a_page(ada_client: Client, dead: Work) -> None:
    assert ada_client.get("/status/").status_code == 404
    assert ada_client.post(f"/status/work/{dead.pk}/try-again/").status_code == 404
    assert outbox.given_up().exists()


def test_work_is_tried_again_and_the_audit_says_who_asked(admin: Client, dead: Work) -> None:
    assert admin.post(f"/status/work/{dead.pk}/try-again/").status_code == 302
    dead.refresh_from_db()
    assert (dead.tries, outbox.waiting().filter(pk=dead.pk).exists()) == (0, True)
    assert AuditEvent.objects.filter(verb="try_work_again", subject=str(dead.pk)).exists()


def test_work_that_was_not_given_up_is_left_alone(admin: Client, db: None) -> None:
    work = Work.objects.create(name="index_lesson", tries=2)
    assert admin.post(f"/status/work/{work.pk}/try-again/").status_code == 404


@pytest.mark.parametrize(
    ("ahead", "health"), [(0.2, Health.OK), (-90, Health.WARN), (600, Health.BAD), (-600, Health.BAD)]
)
def test_a_clock_that_is_off_is_told(ahead: float, health: Health) -> None:
    found, words = here.clock_diagnosis(ahead)
    assert found == health
    assert (health == Health.OK) != ("time synchronisation" in words)


def test_regular_work_that_stopped_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(here, "seconds_since_regular_work", lambda: 1800.0)
    health, words = here.CHECKS["regular work"]()
    assert health == Health.BAD
    assert "30 minutes ago" in words


@pytest.mark.parametrize(("code", "words"), [(10, "has expired"), (9, "not valid yet"), (62, "another host")])
def test_what_is_wrong_with_a_certificate_is_told(code: int, words: str) -> None:
    refused = ssl.SSLCertVerificationError("refused")
    refused.verify_code = code
    wrapped = httpx2.ConnectError("failed")
    wrapped.__cause__ = refused
    assert words in certificate_fault(wrapped, "the mail server")


def test_a_model_that_is_away_or_refuses_the_key_is_told(
    monkeypatch: pytest.MonkeyPatch, settings: Settings
) -> None:
    settings.OPENAI_API_KEY, settings.OPENAI_BASE_URL = "key", "http://127.0.0.1:1/v1"
    assert "OPENAI_BASE_URL" in beyond.CHECKS["model"]()[1]
    monkeypatch.setattr(beyond.httpx2, "get", lambda *_, **__: httpx2.Response(401))
    assert "OPENAI_API_KEY" in beyond.CHECKS["model"]()[1]


def test_a_mail_server_that_is_away_is_told(monkeypatch: pytest.MonkeyPatch, settings: Settings) -> None:
    def refuse(**_: object) -> None:
        raise ConnectionRefusedError

    monkeypatch.setattr(beyond, "get_connection", refuse)
    settings.MAIL = MailServer(host="mail.example")
    health, words = beyond.CHECKS["mail"]()
    assert health == Health.BAD
    assert "mail.example:25" in words


def test_every_gauge_can_be_read(db: None, monkeypatch: pytest.MonkeyPatch) -> None:
    values = {name: read() for name, (_, read) in gauges.GAUGES.items()}
    assert all(value is None or value >= 0 for value in values.values())
