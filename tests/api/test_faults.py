"""A fault of ours reaches a program as a problem document with the request's number, and nothing else."""

from __future__ import annotations

import logging
import re
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from enablement.api import views
from enablement.api.errors import TITLES
from enablement.models import Person

DOCS = Path(__file__).parents[2] / "docs" / "api.md"


def _break(person: Person) -> Any:
    raise KeyError("a secret of the inside")


def test_a_fault_says_its_number_and_no_more(
    ada: Person, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.CRITICAL)
    monkeypatch.setattr(views, "PersonSerializer", _break)
    client = Client(raise_request_exception=False)
    client.force_login(ada)
    response = client.get("/api/v1/me/")
    assert (response.status_code, response["Content-Type"]) == (500, "application/problem+json")
    problem = response.json()
    assert problem["code"] == "server_error"
    assert re.fullmatch("[0-9a-f]{32}", problem["request"])
    assert problem["request"] == response["X-Request-ID"]
    assert "secret" not in response.content.decode()
    assert "KeyError" not in response.content.decode()


def test_every_code_is_in_the_docs() -> None:
    written = DOCS.read_text(encoding="utf-8")
    assert [code for code in TITLES if f"`{code}`" not in written] == []
