"""Whether the process lives and the site can do its work."""

from __future__ import annotations

import pytest
from django.db import DatabaseError, connection
from django.test import Client

from enablement.views import health


def test_a_living_process_says_so_without_a_database(client: Client) -> None:
    assert client.get("/livez/").status_code == 200


@pytest.mark.usefixtures("db")
def test_a_site_with_all_its_parts_is_ready(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(health, "encoder_state", lambda: "ready")
    response = client.get("/readyz/")
    assert response.json() == {
        "ready": True,
        "checks": {"database": "ok", "migrations": "ok", "redis": "ok", "encoder": "ok"},
    }


@pytest.mark.usefixtures("db")
@pytest.mark.parametrize(("state", "words"), [("loading", "still loading"), ("away", "ENCODER_URL")])
def test_a_missing_encoder_is_named(
    client: Client, monkeypatch: pytest.MonkeyPatch, state: str, words: str
) -> None:
    monkeypatch.setattr(health, "encoder_state", lambda: state)
    response = client.get("/readyz/")
    assert response.status_code == 503
    assert words in response.json()["checks"]["encoder"]


@pytest.mark.usefixtures("db")
def test_a_silent_database_is_named_and_its_address_is_not(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse() -> None:
        raise DatabaseError("connection to host db.internal failed")

    monkeypatch.setattr(health, "encoder_state", lambda: "ready")
    with monkeypatch.context() as broken:
        broken.setattr(connection, "cursor", refuse)
        response = client.get("/readyz/")
    assert response.status_code == 503
    assert "DATABASE_URL" in response.json()["checks"]["database"]
    assert "db.internal" not in response.content.decode()
