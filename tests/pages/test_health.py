"""Whether the process lives and the site can do its work."""

from __future__ import annotations

import pytest
from django.db import DatabaseError, connection
from django.db.migrations.recorder import MigrationRecorder
from django.test import Client

from enablement.doctor.tables import how_tables_stand
from enablement.views import health
from enablement.views.health import Started


@pytest.fixture(autouse=True)
def fresh(monkeypatch: pytest.MonkeyPatch) -> None:
    """A process that has just been started, beside an encoder that is ready."""
    started = Started(("database", "migrations", "redis", "encoder"), ("database", "migrations"))
    monkeypatch.setattr(health, "STARTED", started)
    monkeypatch.setattr(health, "encoder_state", lambda: "ready")


def test_a_living_process_says_so_without_a_database(client: Client) -> None:
    assert client.get("/livez/").status_code == 200


@pytest.mark.usefixtures("db")
def test_a_site_with_all_its_parts_is_ready(client: Client) -> None:
    body = client.get("/readyz/").json()
    assert (body["ready"], body["state"], set(body["checks"].values())) == (True, "ready", {"ok"})


@pytest.mark.usefixtures("db")
@pytest.mark.parametrize(("state", "words"), [("loading", "still loading"), ("away", "ENCODER_URL")])
def test_a_process_that_has_not_found_the_encoder_yet_is_not_ready(
    client: Client, monkeypatch: pytest.MonkeyPatch, state: str, words: str
) -> None:
    monkeypatch.setattr(health, "encoder_state", lambda: state)
    response = client.get("/readyz/")
    assert (response.status_code, response.json()["state"]) == (503, "down")
    assert words in response.json()["checks"]["encoder"]


@pytest.mark.usefixtures("db")
def test_an_encoder_that_goes_away_later_takes_no_process_out(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    client.get("/readyz/")
    monkeypatch.setattr(health, "encoder_state", lambda: "away")
    response = client.get("/readyz/")
    assert (response.status_code, response.json()["state"]) == (200, "degraded")


@pytest.mark.usefixtures("db")
def test_a_silent_database_is_named_and_its_address_is_not(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse() -> None:
        raise DatabaseError("connection to host db.internal failed")

    client.get("/readyz/")
    with monkeypatch.context() as broken:
        broken.setattr(connection, "cursor", refuse)
        response = client.get("/readyz/")
    assert (response.status_code, response.json()["state"]) == (503, "down")
    assert "DATABASE_URL" in response.json()["checks"]["database"]
    assert "db.internal" not in response.content.decode()


@pytest.mark.usefixtures("db")
def test_a_disk_without_room_is_told(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    usage = health.shutil.disk_usage("/")
    monkeypatch.setattr(health.shutil, "disk_usage", lambda _: usage._replace(free=0))
    response = client.get("/readyz/")
    assert (response.status_code, response.json()["state"]) == (200, "degraded")
    assert "Make room now" in response.json()["checks"]["disk"]


@pytest.mark.usefixtures("db")
def test_old_tables_stop_a_process_and_newer_ones_do_not(client: Client) -> None:
    migrations = MigrationRecorder(connection).migration_qs
    migrations.create(app="enablement", name="9999_of_a_newer_version")
    assert client.get("/readyz/").json()["checks"]["migrations"] == "ok"
    assert "enablement.9999_of_a_newer_version" in how_tables_stand().sentence
    migrations.filter(app="quizzes").order_by("-name").first().delete()  # type: ignore[union-attr]
    response = client.get("/readyz/")
    assert response.status_code == 503
    assert "Run manage.py migrate" in response.json()["checks"]["migrations"]
