"""Vectors of texts to learn from. Those asked for before are kept, so that a refit is quick."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from contextlib import suppress

import numpy as np
from django.core.cache import cache
from redis.exceptions import RedisError

from enablement.judges.adapter_files import Task
from enablement.judges.adapters import fingerprint, model_for
from enablement.judges.encoder import PATIENCE, Vectors, encode

# A vector that nobody has asked for in this long is dropped; the next refit makes it anew.
KEPT_SECONDS = 90 * 24 * 3600
KEYS_PER_CALL = 500


class MoreToRead(Exception):
    """Of the texts that had no vector so many were read as was wanted. They are kept: ask again."""


def learnt_vectors(texts: Sequence[str], task: Task | None, *, at_most: int | None = None) -> Vectors:
    """Return an (n, 384) array of the task’s vectors, or plain ones. Waits for an encoder that is loading.

    What is read is kept part by part, so that whoever is stopped on the way goes on from there. Raises
    EncoderUnavailable, and MoreToRead after `at_most` new ones (where they can be kept).
    """
    keys = {text: _key(text, task) for text in texts}
    rows = _kept(sorted(set(keys.values())))
    missing = [text for text, key in keys.items() if key not in rows]
    for start in range(0, len(missing), KEYS_PER_CALL):
        some = missing[start : start + KEYS_PER_CALL]
        made = encode(some, model=model_for(task), patience=PATIENCE)
        new = {keys[text]: row.astype("<f4").tobytes() for text, row in zip(some, made, strict=True)}
        is_kept = _keep(new)
        rows |= new
        read = start + len(some)
        if at_most is not None and is_kept and at_most <= read < len(missing):
            raise MoreToRead(f"{len(missing) - read} texts are still to be read.")
    return np.stack([np.frombuffer(rows[keys[text]], dtype="<f4") for text in texts])


def _kept(keys: list[str]) -> dict[str, bytes]:
    # A command that has no other need of Redis starts none: then every vector is made anew.
    with suppress(RedisError):
        return {key: row for some in _parts(keys) for key, row in cache.get_many(some).items()}
    return {}


def _keep(rows: dict[str, bytes]) -> bool:
    with suppress(RedisError):
        cache.set_many(rows, KEPT_SECONDS)
        return True
    return False


def _parts(keys: list[str]) -> list[list[str]]:
    return [keys[start : start + KEYS_PER_CALL] for start in range(0, len(keys), KEYS_PER_CALL)]


def _key(text: str, task: Task | None) -> str:
    return "vector:" + hashlib.sha256("\x00".join([fingerprint(task), text]).encode()).hexdigest()
