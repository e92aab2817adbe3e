"""What Redis keeps for the cache is data: reading it runs nothing, whoever wrote it."""

from __future__ import annotations

import pickle
from pathlib import Path
from typing import Any

import pytest
from django.core.cache import cache

from config.cache import JSONSerializer, Unreadable

KEPT = [0, -7, 1.5, True, None, "12", "ü\n", [["done", {"n": 1}]], {"opened": []}, b"", b"12", b"\x00\xff"]


class Trap:
    """Pickled, it writes a file when it is read."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def __reduce__(self) -> Any:
        return Path.touch, (self.path,)


@pytest.mark.parametrize("value", KEPT)
def test_what_is_kept_comes_back(value: Any) -> None:
    cache.set("kept", value, 5)
    assert cache.get("kept") == value
    assert type(cache.get("kept")) is type(value)
    assert cache.get_many(["kept"]) == {"kept": value}


def test_a_number_is_counted_up() -> None:
    cache.set("tries", 1, 5)
    assert cache.incr("tries") == 2


def test_a_pickle_written_to_redis_is_not_run(tmp_path: Path) -> None:
    trap, known = pickle.dumps(Trap(tmp_path / "run")), cache._cache  # type: ignore[attr-defined]
    known.get_client(None, write=True).set(cache.make_key("trap"), trap, ex=5)
    with pytest.raises(Unreadable):
        cache.get("trap")
    assert not (tmp_path / "run").exists()
    cache.set("other", 1, 5)
    assert cache.get("other") == 1


@pytest.mark.parametrize("stored", [b"", b"{", b"\x80\x04K\x01.", b"[" * 100_000])
def test_what_is_not_ours_is_refused(stored: bytes) -> None:
    with pytest.raises(Unreadable):
        JSONSerializer().loads(stored)
