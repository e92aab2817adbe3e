"""The cache, on Redis. Where Redis is away it says so within a moment, and whoever asks does without.

As Django and redis-py have it, every single access waits: 2.2 seconds for three tries where nobody listens,
five seconds for a Redis that is silent.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from functools import wraps
from typing import Any, Final

from django.core.cache.backends.redis import RedisCache, RedisCacheClient
from redis.backoff import NoBackoff
from redis.exceptions import ConnectionError as NoConnection
from redis.exceptions import RedisError
from redis.retry import Retry

from config.resting import Rest

# Seconds. Redis answers within one thousandth; a machine away takes a few.
OPTIONS: dict[str, Any] = {"socket_connect_timeout": 0.5, "socket_timeout": 1.0}
# Once more, at once: a connection kept from before Redis was started anew is of no use.
TRIES_AGAIN = 1
ACCESSES = (
    "add",
    "get",
    "set",
    "touch",
    "delete",
    "get_many",
    "has_key",
    "incr",
    "set_many",
    "delete_many",
    "clear",
)


BYTES: Final = b"\0"


class Unreadable(RedisError):
    """A value in Redis that nothing here has written; whoever asks does without, as when Redis is away."""


class JSONSerializer:
    """Numbers, texts, lists and dicts as JSON, bytes as they are. Reading runs nothing, unlike pickle's."""

    def dumps(self, obj: Any) -> bytes:
        # A whole number is bare in JSON, so Redis can count it up.
        return BYTES + obj if isinstance(obj, bytes) else json.dumps(obj).encode()

    def loads(self, data: Any) -> Any:
        """Return what was kept; a tuple comes back as a list. Raises Unreadable."""
        if data.startswith(BYTES):
            return data.removeprefix(BYTES)
        try:
            return json.loads(data)
        except (ValueError, RecursionError):
            raise Unreadable("There is something else in the cache than what is kept there.") from None


# One for the process: Django has a cache for each thread, and each would wait for itself.
REST = Rest()


class Client(RedisCacheClient):
    """Django's, which leaves a Redis that failed alone for a moment. Raises RedisError."""

    def __init__(self, servers: list[str], **options: Any) -> None:
        super().__init__(
            servers, **OPTIONS, retry=Retry(NoBackoff(), TRIES_AGAIN), serializer=JSONSerializer(), **options
        )
        for name in ACCESSES:
            setattr(self, name, _patient(getattr(self, name)))


class Cache(RedisCache):
    """Django's, with our client."""

    def __init__(self, server: str, params: dict[str, Any]) -> None:
        super().__init__(server, params)
        self._class = Client


def _patient(access: Callable[..., Any]) -> Callable[..., Any]:
    @wraps(access)
    def tried(*arguments: Any, **named: Any) -> Any:
        if REST.lasts:
            raise NoConnection("Redis failed a moment ago and is left alone.")
        try:
            return access(*arguments, **named)
        except Unreadable:
            raise
        except RedisError:
            REST.begin()
            raise

    return tried
