"""What comes back from an encoder: read in either form, and refused in a sentence where it does not fit."""

from __future__ import annotations

import base64
import json
from collections.abc import Iterator
from typing import Any

import httpx2
import numpy as np
import pytest

from enablement.judges import encoder
from enablement.judges.encoder import DIMENSIONS, EncoderUnavailable, encode, encode_spans

VECTOR = np.eye(1, DIMENSIONS, dtype="<f4")[0]


def packed(vector: Any) -> str:
    return base64.b64encode(np.asarray(vector, dtype="<f4").tobytes()).decode()


def embeddings(*vectors: Any) -> dict[str, Any]:
    return {"data": [{"index": index, "embedding": vector} for index, vector in enumerate(vectors)]}


@pytest.fixture
def answers(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[Any]]:
    """Bodies that an encoder answers with, one after the other."""
    bodies: list[Any] = []

    def answer(request: httpx2.Request) -> httpx2.Response:
        body = bodies.pop(0)
        return httpx2.Response(200, content=body if isinstance(body, bytes) else json.dumps(body).encode())

    client = httpx2.Client(transport=httpx2.MockTransport(answer), base_url="http://encoder")
    monkeypatch.setattr(encoder, "_client", lambda: client)
    yield bodies
    client.close()


@pytest.mark.parametrize("form", [packed(VECTOR), VECTOR.tolist()], ids=["base64", "numbers"])
def test_vectors_are_read_in_either_form(answers: list[Any], form: Any) -> None:
    answers.append(embeddings(form, form))
    vectors = encode(["one", "two"])
    assert vectors.dtype == np.float32
    assert np.array_equal(vectors, np.stack([VECTOR, VECTOR]))


def test_vectors_come_in_the_order_of_their_texts(answers: list[Any]) -> None:
    second = np.roll(VECTOR, 1)
    answers.append({"data": list(reversed(embeddings(packed(VECTOR), packed(second))["data"]))})
    assert np.array_equal(encode(["one", "two"]), np.stack([VECTOR, second]))


@pytest.mark.parametrize(
    ("body", "words"),
    [
        (embeddings(packed([0.0] * 768)), "768 numbers, and 384 fit.*EMBEDDING_MODEL"),
        (embeddings([0.0] * 768), "768 numbers"),
        (embeddings(packed(VECTOR), packed(VECTOR)), "2 vectors for 1 texts"),
        (embeddings(), "0 vectors for 1 texts"),
        (embeddings([float("nan")] * DIMENSIONS), "no numbers"),
        (embeddings("not base64!"), "cannot be read"),
        (embeddings(packed(VECTOR)[:-8]), "cannot be read|numbers, and 384"),
        (embeddings([["a"]]), "cannot be read"),
        (embeddings(None), "cannot be read"),
        ({"data": [{}]}, "cannot be read"),
        ({"object": "list"}, "cannot be read"),
        ([], "cannot be read"),
        (b"<html>Welcome</html>", "ENCODER_URL"),
        (b"\xff\xfe", "ENCODER_URL"),
    ],
)
def test_what_does_not_fit_is_refused_in_a_sentence(answers: list[Any], body: Any, words: str) -> None:
    answers.append(body)
    with pytest.raises(EncoderUnavailable, match=words):
        encode(["one"])


@pytest.mark.parametrize("spans", [[[packed(VECTOR)] * 2], [[packed(VECTOR[:8])]], None, [], "no"], ids=str)
def test_spans_that_do_not_fit_are_refused(answers: list[Any], spans: Any) -> None:
    row = {"index": 0, "embedding": packed(VECTOR), "spans": spans[0] if spans else spans}
    answers.append({"data": [row], "model": "made+sorting"})
    with pytest.raises(EncoderUnavailable, match="stop it and start it again"):
        encode_spans("one two", [(0, 3)], model="made+sorting")


def test_a_text_that_was_asked_for_lately_is_not_asked_for_again(answers: list[Any]) -> None:
    second = np.roll(VECTOR, 1)
    answers += [embeddings(packed(VECTOR)), embeddings(packed(second))]
    encode(["one"])
    assert np.array_equal(encode(["two", "one", "two"]), np.stack([second, VECTOR, second]))
    assert not answers


def test_only_so_many_texts_are_kept(answers: list[Any], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(encoder, "_LATELY", {})
    monkeypatch.setattr(encoder, "REMEMBERED", 2)
    answers += [embeddings(packed(VECTOR), packed(VECTOR)), *[embeddings(packed(VECTOR))] * 2]
    for texts in (["one", "two"], ["three"], ["two"], ["one"]):
        encode(texts)
    assert not answers
    assert len(encoder._LATELY) == 2
