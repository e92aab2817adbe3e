"""How long a process waits for the database, and how many connections it takes."""

from __future__ import annotations

from typing import Any

# Milliseconds of a page. A statement of ours takes some tens; a lock is held for as long as a save takes.
STATEMENT, LOCK, IDLE_IN_TRANSACTION = 10_000, 3_000, 30_000
# Milliseconds in which a machine that has gone away must have acknowledged what was sent to it (TCP only).
UNACKNOWLEDGED = 10_000
# Connections of a web process. Its threads are many more: most of them wait for a stream's next word.
POOL: dict[str, Any] = {
    "min_size": 2,
    "max_size": 20,
    # Seconds that a page waits for a connection; then it says that the site is busy.
    "timeout": 3.0,
    # Seconds that the pool tries by itself. After that the next page tries, so the pauses never grow long.
    "reconnect_timeout": 1.5,
    "max_idle": 120.0,
}


def for_pages(database: dict[str, Any]) -> dict[str, Any]:
    """Return Django's settings of a database as a web process has them: bounded waits, a pool.

    A page that waits for longer gets status 503 (enablement/views/unavailable.py). The worker's tasks have
    limits of their own, and a command may take as long as it likes.
    """
    limits = {
        "statement_timeout": STATEMENT,
        "lock_timeout": LOCK,
        "idle_in_transaction_session_timeout": IDLE_IN_TRANSACTION,
    }
    words = [f"-c {name}={value}" for name, value in limits.items()]
    options = database.get("OPTIONS", {})
    # What DATABASE_URL says comes last, so it wins.
    given = [options["options"]] if options.get("options") else []
    ours = {
        "options": " ".join([*words, *given]),
        "tcp_user_timeout": UNACKNOWLEDGED,
        "keepalives_idle": 30,
        "pool": POOL,
    }
    return {**database, "CONN_MAX_AGE": 0, "CONN_HEALTH_CHECKS": True, "OPTIONS": {**options, **ours}}
