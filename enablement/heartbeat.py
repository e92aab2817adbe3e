"""Whether the regular work still runs: each run leaves its time in the cache, for every machine to read."""

from __future__ import annotations

import time

from django.core.cache import cache

KEY = "regular-work-ran-at"
# It runs every 15 seconds; a worker busy with long work may hold it up for a while.
LATE_AFTER_SECONDS = 300.0


def note_regular_work() -> None:
    """Say that the regular work has just run. Raises RedisError."""
    cache.set(KEY, time.time(), timeout=None)


def seconds_since_regular_work() -> float | None:
    """Return how long ago that was; None where nobody knows. Raises RedisError."""
    at = cache.get(KEY)
    return max(0.0, time.time() - at) if isinstance(at, float) else None
