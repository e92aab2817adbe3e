"""The way to the encoder: texts in, vectors out, over a local socket or any OpenAI-compatible address."""

from __future__ import annotations

import base64
import functools
import threading
import time
from collections.abc import Sequence

import httpx2
import numpy as np
import numpy.typing as npt
from django.conf import settings

from enablement.in_turn import aside
from enablement.not_now import NotNow
from enablement.origins import current_origin

Vectors = npt.NDArray[np.float32]

DIMENSIONS = 384
TEXTS_PER_CALL = 64
# One question is looked for, weighed and compared with the lines it may be answered by, and the same lines
# and questions come again and again: the vectors of the last so many texts (1.5 kB each) are kept by the
# process, where not more of them are asked for at once than one question takes.
REMEMBERED, REMEMBERED_AT_ONCE = 1_000, 8
# How long work in the background waits for an encoder that is loading.
PATIENCE = 60.0
# A batch of 64 long passages takes about two seconds on two busy cores.
TIMEOUT = httpx2.Timeout(60.0, connect=2.0)
_LATELY: dict[tuple[httpx2.Client, str, str], Vectors] = {}
_LATELY_LOCK = threading.Lock()


class EncoderUnavailable(NotNow):
    """The encoder cannot be asked now. The message is a sentence for people."""


def encode(texts: Sequence[str], *, model: str = "", patience: float = 0.0) -> Vectors:
    """Return an (n, 384) float32 array of unit-length vectors, by the encoder itself or an adapted `model`.

    Raises EncoderUnavailable, at once or after `patience` seconds: a person does not wait for an encoder
    that is still loading, work in the background does.
    """
    until = time.monotonic() + patience
    while texts and time.monotonic() < until and encoder_state() != "ready":
        time.sleep(0.2)
    model = model or settings.EMBEDDING_MODEL
    if len(texts) <= REMEMBERED_AT_ONCE:
        return _remembered(texts, model)
    parts = [
        _encode_some(list(texts[start : start + TEXTS_PER_CALL]), model)
        for start in range(0, len(texts), TEXTS_PER_CALL)
    ]
    return np.concatenate(parts)


def forget_texts() -> None:
    """Ask for every text anew from here on: who measures asks for the same ones again and again."""
    with _LATELY_LOCK:
        _LATELY.clear()


def encode_spans(text: str, spans: Sequence[tuple[int, int]], *, model: str) -> tuple[Vectors, Vectors]:
    """Return (384,) for `text`, and (k, 384) for its k spans of characters, by one pass of an adapted model.

    A span is read in its place. Raises EncoderUnavailable.
    """
    response = _ask([text], model, spans=[[list(span) for span in spans]])
    try:
        rows = [_read_vector(vector) for vector in response.json()["data"][0]["spans"]]
    except (ValueError, KeyError, TypeError, IndexError) as error:
        raise EncoderUnavailable(
            "The encoder’s answer holds no spans: stop it and start it again."
        ) from error
    if len(rows) != len(spans) or any(len(row) != DIMENSIONS for row in rows):
        raise EncoderUnavailable("The encoder’s answer does not fit the spans: stop it and start it again.")
    found = np.stack(rows) if rows else np.empty((0, DIMENSIONS), dtype=np.float32)
    return _read_vectors(response, 1)[0], found


def encoder_state() -> str:
    """Return `ready`, `loading`, or `away`."""
    try:
        with aside():
            response = _client().get("/readyz", timeout=2.0)
    except httpx2.HTTPError:
        return "away"
    return "ready" if response.status_code == 200 else "loading"


def _remembered(texts: Sequence[str], model: str) -> Vectors:
    """Return (n, 384) for a few texts, asking only for those that were not asked for lately."""
    keys = [(_client(), model, text) for text in texts]
    with _LATELY_LOCK:
        known = {key: _LATELY[key] for key in keys if key in _LATELY}
    if new := [key for key in dict.fromkeys(keys) if key not in known]:
        found = dict(zip(new, _encode_some([text for _, _, text in new], model), strict=True))
        known |= found
        with _LATELY_LOCK:
            _LATELY.update(found)
            while len(_LATELY) > REMEMBERED:
                del _LATELY[next(iter(_LATELY))]
    return np.stack([known[key] for key in keys]) if keys else np.empty((0, DIMENSIONS), dtype=np.float32)


def _encode_some(texts: list[str], model: str) -> Vectors:
    return _read_vectors(_ask(texts, model), len(texts))


def _ask(texts: list[str], model: str, **more: object) -> httpx2.Response:
    body = {"model": model, "input": texts, "encoding_format": "base64", **more}
    try:
        with aside():
            response = _client().post("/v1/embeddings", json=body, headers=_number())
    except httpx2.HTTPError as error:
        raise EncoderUnavailable(
            "The encoder is not running. Start it with make run, or set ENCODER_URL."
        ) from error
    if response.status_code == 503:
        raise EncoderUnavailable("The encoder is still loading. Try again in a few seconds.")
    if response.status_code != 200:
        raise EncoderUnavailable(f"The encoder refused the request (status {response.status_code}).")
    if model != settings.EMBEDDING_MODEL and _model_of(response) != model:
        raise EncoderUnavailable(
            "The encoder runs without the judges’ adapters: stop it and start it again."
            if "+" in model
            else "All passages are being embedded anew; until then their words must do."
        )
    return response


def _number() -> dict[str, str]:
    """The number of the request that this is for, so that the encoder's log has it too."""
    number = current_origin().request
    return {"X-Request-ID": number} if number else {}


def _model_of(response: httpx2.Response) -> object:
    try:
        answer = response.json()
    except ValueError:
        return None
    return answer.get("model") if isinstance(answer, dict) else None


def _read_vectors(response: httpx2.Response, count: int) -> Vectors:
    """Return the `count` vectors of an answer. Raises EncoderUnavailable for anything else.

    Not every server heeds `encoding_format`, so plain lists of numbers are read as well.
    """
    try:
        rows = sorted(response.json()["data"], key=lambda row: row["index"])
        vectors = [_read_vector(row["embedding"]) for row in rows]
    except (ValueError, KeyError, TypeError) as error:
        raise EncoderUnavailable(
            "The encoder’s answer cannot be read. See that ENCODER_URL leads to an embeddings server."
        ) from error
    widths = {len(vector) for vector in vectors}
    if len(vectors) != count:
        raise EncoderUnavailable(f"The encoder gave {len(vectors)} vectors for {count} texts. Try again.")
    if widths != {DIMENSIONS}:
        found = " and ".join(map(str, sorted(widths)))
        raise EncoderUnavailable(
            f"The encoder gives vectors of {found} numbers, and {DIMENSIONS} fit the tables. "
            "Name a model of that width in EMBEDDING_MODEL."
        )
    stacked = np.stack(vectors)
    if not np.isfinite(stacked).all():
        raise EncoderUnavailable("The encoder gave vectors that hold no numbers. Start it anew.")
    return stacked


def _read_vector(embedding: object) -> Vectors:
    if isinstance(embedding, str):
        return np.frombuffer(base64.b64decode(embedding, validate=True), dtype="<f4")
    if not isinstance(embedding, list):
        raise TypeError("an embedding is a list of numbers, or its bytes in base64")
    return np.asarray(embedding, dtype=np.float32).reshape(-1)


@functools.cache
def _client() -> httpx2.Client:
    url = settings.ENCODER_URL
    if url.startswith("unix://"):
        transport = httpx2.HTTPTransport(uds=url.removeprefix("unix://"))
        return httpx2.Client(transport=transport, base_url="http://encoder", timeout=TIMEOUT)
    return httpx2.Client(base_url=url, timeout=TIMEOUT)
