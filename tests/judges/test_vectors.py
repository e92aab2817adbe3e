"""Vectors to learn from: kept part by part, so that reading thousands of texts gives way to other work."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import pytest
from django.core.cache import cache
from redis.exceptions import ConnectionError as RedisAway

from enablement import tasks
from enablement.judges import vectors
from enablement.judges.encoder import EncoderUnavailable
from enablement.judges.vectors import MoreToRead, learnt_vectors
from enablement.models import Work

TEXTS = [f"Lock number {number} is shut." for number in range(5)]


@pytest.fixture
def read(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What the encoder was asked to read, two texts at a time."""
    asked: list[str] = []

    def encode(texts: Sequence[str], **_: Any) -> np.ndarray[Any, Any]:
        asked.extend(texts)
        return np.ones((len(texts), 384), dtype=np.float32)

    monkeypatch.setattr(vectors, "encode", encode)
    monkeypatch.setattr(vectors, "KEYS_PER_CALL", 2)
    cache.delete_many([vectors._key(text, None) for text in TEXTS])
    return asked


def test_reading_stops_after_so_many_and_goes_on_from_there(read: list[str]) -> None:
    for done in (2, 4):
        with pytest.raises(MoreToRead):
            learnt_vectors(TEXTS, None, at_most=2)
        assert len(read) == done
    assert learnt_vectors(TEXTS, None, at_most=2).shape == (5, 384)
    assert sorted(read) == TEXTS


def test_what_was_read_before_an_outage_is_not_read_again(
    read: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = vectors.encode

    def away(texts: Sequence[str], **options: Any) -> Any:
        if len(read) == 4:
            raise EncoderUnavailable("away")
        return whole(texts, **options)

    with monkeypatch.context() as broken:
        broken.setattr(vectors, "encode", away)
        with pytest.raises(EncoderUnavailable):
            learnt_vectors(TEXTS, None)
    learnt_vectors(TEXTS, None)
    assert sorted(read) == TEXTS


def test_where_nothing_can_be_kept_all_is_read_at_once(
    read: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def away(*_: Any) -> None:
        raise RedisAway

    monkeypatch.setattr(vectors.cache, "set_many", away)
    assert learnt_vectors(TEXTS, None, at_most=2).shape == (5, 384)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("name", "handler"), [("train_guide", "refit_guide"), ("train_sorting", "refit_sorting")]
)
def test_a_refit_that_is_not_through_asks_for_another_turn(
    name: str, handler: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def more(*, at_most: int) -> None:
        raise MoreToRead

    monkeypatch.setattr(tasks, name, more)
    getattr(tasks, handler)()
    assert list(Work.objects.values_list("name", flat=True)) == [name]
