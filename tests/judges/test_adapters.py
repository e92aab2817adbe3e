"""The shipped adapters: made from what is here, and used only with the encoder they were made for."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor, wait
from typing import Any

import numpy as np
import pytest
from django.conf import settings

from enablement.judges.adapter_files import (
    MAX_DRIFT,
    Task,
    adapter_path,
    is_held_back,
    load_matrices,
    shipped_adapter,
    staleness,
)
from enablement.judges.adapters import fingerprint, model_for
from enablement.judges.encoder import encode, encode_spans
from enablement.judges.starter_examples import stale_adapters, starter_examples

LARGEST = 3 * 1024 * 1024


def test_the_shipped_adapters_fit_their_data_code_and_weights() -> None:
    """When this fails: `manage.py train_judges --adapters`, then `train_judges --all --save`; where it is the
    adapter of the answers, `train_judges --grading DIR`."""
    assert stale_adapters(settings.ROOT / "fixtures") == {}


def test_other_data_is_noticed() -> None:
    assert "data" in staleness(Task.SORTING, ["another text"])


@pytest.mark.parametrize("task", list(Task))
def test_an_adapter_is_small_and_knows_what_it_was_trained_on(task: Task) -> None:
    adapter = shipped_adapter(task)
    assert adapter is not None
    assert adapter_path(task).stat().st_size < LARGEST
    texts = [example.text for example in starter_examples(task, settings.ROOT / "fixtures")]
    expected = np.array([not is_held_back(text) for text in texts])
    assert (adapter.has_seen(texts) == expected).mean() > 1 - MAX_DRIFT
    assert not adapter.has_seen([text for text in texts if is_held_back(text)]).any()
    assert not adapter.has_seen(["A text that nobody has ever written into a lesson"])[0]
    assert len(load_matrices(task)) == 36  # six linear layers in each of six


def test_another_encoder_is_asked_for_plain_vectors(settings: Any) -> None:
    adapted = model_for(Task.SORTING), fingerprint(Task.SORTING)
    settings.EMBEDDING_MODEL = "another-model"
    assert model_for(Task.SORTING) == fingerprint(Task.SORTING) == "another-model"
    assert adapted[0] == "all-MiniLM-L6-v2+sorting"
    assert adapted[1] != adapted[0]


@pytest.mark.usefixtures("encoder")
def test_the_encoder_serves_plain_and_adapted_vectors_side_by_side() -> None:
    texts = ["The answers are out of date", "The answers are too long"]
    plain = encode(texts)
    adapted = [encode(texts, model=model_for(task)) for task in Task]
    for vectors in (plain, *adapted):
        assert np.allclose(np.linalg.norm(vectors, axis=1), 1, atol=1e-4)
    assert float(plain[0] @ plain[1]) > float(adapted[0][0] @ adapted[0][1])
    assert not np.allclose(adapted[0], adapted[1], atol=0.05)
    assert np.allclose(encode(texts), plain, atol=1e-4)


@pytest.mark.usefixtures("encoder")
def test_a_span_is_read_in_its_place() -> None:
    text = "The facts are right. Every answer is far too long."
    whole, parts = encode_spans(text, [(0, 20), (21, 50), (0, 50), (49, 49)], model=model_for(Task.SORTING))
    alone = encode([text[21:50]], model=model_for(Task.SORTING))[0]
    assert np.allclose(np.linalg.norm(parts[:3], axis=1), 1, atol=1e-4)
    # The encoder's own marks at both ends belong to the text and to no span.
    assert float(parts[2] @ whole) > 0.95
    assert float(parts[1] @ alone) > float(parts[0] @ alone)
    assert not parts[3].any()


@pytest.mark.usefixtures("encoder")
def test_a_text_has_the_same_vector_whoever_asks_beside_it() -> None:
    text = "Every answer is far too long."
    with ThreadPoolExecutor(8) as askers:
        others = [askers.submit(encode, [f"Text {number} " * number]) for number in range(1, 20)]
        found = [askers.submit(encode, [text]) for _ in range(10)]
        vectors = [future.result()[0] for future in found]
        wait(others)
    assert all(np.array_equal(vectors[0], vector) for vector in vectors)
