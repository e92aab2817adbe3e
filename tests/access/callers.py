"""People with a client each, and requests of theirs that leave no trace."""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from django.db import connection, transaction
from django.test import Client

from enablement.models import Person

WRITES = ("INSERT", "UPDATE", "DELETE")


@dataclass(frozen=True)
class Actor:
    """Somebody with their own client; `person` is None for whoever is not signed in."""

    name: str
    person: Person | None
    client: Client


@dataclass(frozen=True)
class Reply:
    """What came back, and the statements it took; all that they wrote is taken back."""

    status: int
    headers: Mapping[str, str]
    body: str
    statements: tuple[str, ...]

    @property
    def location(self) -> str:
        return self.headers.get("Location", "")

    @property
    def writes(self) -> list[str]:
        """What was written, the session itself left out."""
        return [sql for sql in self.statements if sql.startswith(WRITES) and "django_session" not in sql]

    @property
    def is_refusal(self) -> bool:
        """No such thing, or to the sign-in first. Never “you may not”, which says that there is something."""
        to_sign_in = self.status == 302 and self.location.startswith("/sign-in/")
        return self.status in (401, 404) or to_sign_in


def unpacked(body: bytes) -> bytes:
    """What stands in the files of an archive."""
    with zipfile.ZipFile(io.BytesIO(body)) as archive:
        return b"".join(archive.read(name) for name in archive.namelist())


def client_of(person: Person | None) -> Client:
    """A browser of the person's; a failure in it is a page with status 500, as for people."""
    client = Client(raise_request_exception=False)
    if person is not None:
        client.force_login(person)
    return client


def send(client: Client, method: str, address: str, sends: Any = None) -> Reply:
    """Send a form, or JSON to the API, and undo what it did."""
    statements: list[str] = []

    def watch(execute: Callable[..., Any], sql: str, *rest: Any) -> Any:
        statements.append(sql)
        return execute(sql, *rest)

    response: Any
    with transaction.atomic(), connection.execute_wrapper(watch):
        if method == "POST" and not address.startswith("/api/"):
            response = client.post(address, dict(sends or {}))
        elif method == "GET":
            response = client.get(address)
        else:
            response = client.generic(method, address, json.dumps(sends or {}), "application/json")
        body = b"".join(response.streaming_content) if response.streaming else response.content
        transaction.set_rollback(True)
    headers = {name: str(value) for name, value in response.items()}
    if headers.get("Content-Type") == "application/zip":
        body = unpacked(body)
    return Reply(response.status_code, headers, body.decode(errors="replace"), tuple(statements))
