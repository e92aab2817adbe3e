"""Where what happens now came from: a page, the API, Slack, a task or a command, and which request it was."""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from ipaddress import IPv4Address, IPv6Address, ip_address
from typing import Final

from django.conf import settings
from django.http import HttpRequest
from structlog.contextvars import bind_contextvars, bound_contextvars

PAGE, API, SLACK, TASK, PROGRAM = "page", "api", "slack", "task", "program"
_BY_PATH: Final = (("/api/", API), ("/slack/", SLACK))


@dataclass(frozen=True, slots=True)
class Origin:
    """A way in, the number of the request (32 hexadecimal digits), and the address that it came from."""

    channel: str = PROGRAM
    request: str = ""
    address: str | None = None


_now: ContextVar[Origin] = ContextVar("origin", default=Origin())  # noqa: B039 (it is frozen)


def current_origin() -> Origin:
    """Return where the work of this thread came from; a program, where nobody said."""
    return _now.get()


def set_origin(origin: Origin) -> None:
    """Say where the work of this thread comes from, until somebody says otherwise."""
    _now.set(origin)
    bind_contextvars(**_for_the_log(origin))


@contextmanager
def coming_from(origin: Origin) -> Iterator[None]:
    """Say so for the time of a block."""
    token = _now.set(origin)
    try:
        with bound_contextvars(**_for_the_log(origin)):
            yield
    finally:
        _now.reset(token)


def _for_the_log(origin: Origin) -> dict[str, str]:
    """What every record says that is written meanwhile (config/logs.py)."""
    return {"request": origin.request, "channel": "" if origin.channel == PROGRAM else origin.channel}


def origin_of(request: HttpRequest) -> Origin:
    """Return the origin of a request, with a number of our own: a visitor's could be anything."""
    channel = next((name for path, name in _BY_PATH if request.path.startswith(path)), PAGE)
    return Origin(channel, uuid.uuid4().hex, client_address(request) or None)


def client_address(request: HttpRequest) -> str:
    """Return the address that a request came from; empty where it came through a socket's file.

    Each of the trusted proxies (DOSAY_PROXIES) adds one entry to X-Forwarded-For, so ours is that many from
    the end. What stands before it was written by the visitor and moves nothing.
    """
    hops = settings.TRUSTED_PROXIES
    listed = [part.strip() for part in request.headers.get("X-Forwarded-For", "").split(",") if part.strip()]
    if hops and len(listed) >= hops:
        return _plain(listed[-hops])
    return _plain(str(request.META.get("REMOTE_ADDR", "")))


def _plain(address: str) -> str:
    """An address as the database takes it; empty for anything else."""
    return str(parsed) if (parsed := _parsed(address)) is not None else ""


def _parsed(address: str) -> IPv4Address | IPv6Address | None:
    try:
        return ip_address(address.removeprefix("[").partition("]")[0] if "[" in address else address)
    except ValueError:
        return None
