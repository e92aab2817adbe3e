"""How often a password may be tried: by account and address together, and by address."""

from __future__ import annotations

import hashlib
import logging

from django.core.cache import caches
from django.core.cache.backends.base import BaseCache
from redis.exceptions import RedisError

WINDOW_SECONDS = 60
# docs/threats.md, T27: the eleventh try within a minute is refused.
MOST_PER_ACCOUNT = 10
# Whoever goes through many accounts from one place. An office may share an address.
MOST_PER_ADDRESS = 100

log = logging.getLogger(__name__)


def may_try(account: str, address: str) -> bool:
    """Count a try at `account` from `address`, and return whether it may be looked at.

    Counted in Redis; while that is away, each web process counts for itself.
    """
    try:
        return _may_try(caches["default"], account, address)
    except RedisError as error:
        log.warning("tries to sign in are counted here alone, Redis is away: %s", type(error).__name__)
        return _may_try(caches["local"], account, address)


def forget_tries(account: str, address: str) -> None:
    """The account's own person has come in: begin to count anew."""
    for name in ("default", "local"):
        try:
            caches[name].delete(_key(account, address))
        except RedisError as error:
            log.warning("tries to sign in were not forgotten, Redis is away: %s", type(error).__name__)


def _may_try(counts: BaseCache, account: str, address: str) -> bool:
    by_account = _count(counts, _key(account, address))
    by_address = _count(counts, _key("", address))
    return by_account <= MOST_PER_ACCOUNT and by_address <= MOST_PER_ADDRESS


def _count(counts: BaseCache, key: str) -> int:
    if counts.add(key, 1, timeout=WINDOW_SECONDS):
        return 1
    try:
        return int(counts.incr(key))
    except ValueError:
        # It ended between the two calls.
        counts.set(key, 1, timeout=WINDOW_SECONDS)
        return 1


def _key(account: str, address: str) -> str:
    told = hashlib.sha256(f"{account.casefold()}\0{address}".encode()).hexdigest()
    return f"sign-in:{told}"
