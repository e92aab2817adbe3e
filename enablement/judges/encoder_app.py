"""The encoder as a small web application that speaks the OpenAI embeddings call.

`POST /v1/embeddings` with `{"input": text or list of texts, "encoding_format": "float" or "base64"}`
answers unit-length float32 vectors. `"model"` may name an adapted model (`all-MiniLM-L6-v2+sorting`); without
it the encoder itself answers. Another plain name is looked for among those that may be loaded besides, so
that an index made by an older encoder can be searched until it has been made anew; where there is none by
that name the encoder itself answers, and says so in `model`. An adapted model takes `"spans"` as well: for
each text a list of `[start, end]` in characters, answered as `"spans"` beside the text's `"embedding"`, each
read in its place. `GET /readyz` answers 200 once the models are loaded, 503 before.

Short requests, somebody waiting behind them, go before long ones.
"""

from __future__ import annotations

import base64
import itertools
import json
import logging
import queue
import re
import threading
import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from concurrent.futures import Future
from dataclasses import dataclass, field
from typing import Any, Protocol

import numpy as np
import numpy.typing as npt

Vectors = npt.NDArray[np.float32]
Span = tuple[int, int]
StartResponse = Callable[[str, list[tuple[str, str]]], Any]

log = logging.getLogger(__name__)

NUMBER = re.compile(r"[0-9a-f]{32}")
MAX_TEXTS = 256
MAX_SPANS = 64
MAX_BODY = 8 * 1024 * 1024
ANSWER_WITHIN = 120.0
# Texts of one forward pass. More costs memory and wins nothing on two cores.
BATCH = 16


@dataclass(frozen=True, slots=True)
class Encoded:
    """(n, d) vectors of n texts; where spans were asked for, (k, d) for the k spans of each text."""

    vectors: Vectors
    spans: tuple[Vectors, ...] = ()


class Model(Protocol):
    """Turns n texts into vectors of unit length."""

    def __call__(self, texts: Sequence[str], spans: Sequence[Sequence[Span]] = ()) -> Encoded: ...


@dataclass(frozen=True, slots=True)
class Job:
    """Up to BATCH texts of one request, the model that is asked, and the place for their vectors."""

    texts: Sequence[str]
    spans: Sequence[Sequence[Span]]
    model: str
    encoded: Future[Encoded] = field(default_factory=Future)


class Encoder:
    """Loads its models in a thread of its own and encodes there. `name` is the plain one's.

    `load_other` returns another model by its name, or None where it may not be had.
    """

    def __init__(
        self,
        name: str,
        load: Callable[[], Mapping[str, Model]],
        load_other: Callable[[str], Model | None] = lambda name: None,
    ) -> None:
        self.name = name
        self._load_other = load_other
        self._others: dict[str, Model | None] = {}
        self._other_turn = threading.Lock()
        self.names: frozenset[str] = frozenset()
        self.failure = ""
        self.ready = threading.Event()
        self._load = load
        self._count = itertools.count()
        self._jobs: queue.PriorityQueue[tuple[bool, int, Job]] = queue.PriorityQueue()

    def start(self) -> None:
        threading.Thread(target=self._work, name="encoder", daemon=True).start()

    def encode(self, texts: Sequence[str], spans: Sequence[Sequence[Span]], model: str) -> Encoded:
        """Encode by `model`. Requests are never mixed, so a text's vector depends on its request alone."""
        order = sorted(range(len(texts)), key=lambda index: len(texts[index]))
        parts = [order[start : start + BATCH] for start in range(0, len(order), BATCH)]
        jobs = [
            Job([texts[i] for i in part], [spans[i] for i in part] if spans else (), model) for part in parts
        ]
        for job in jobs:
            self._jobs.put((len(jobs) > 1, next(self._count), job))
        found = [job.encoded.result(timeout=ANSWER_WITHIN) for job in jobs]
        back = np.argsort(order)
        span_vectors = [vectors for encoded in found for vectors in encoded.spans]
        return Encoded(
            np.concatenate([encoded.vectors for encoded in found])[back],
            tuple(span_vectors[index] for index in back) if spans else (),
        )

    def has(self, name: str) -> bool:
        """Whether `name` can be asked; the first time for another model, after loading it."""
        if name in self.names:
            return True
        with self._other_turn:
            if name not in self._others:
                self._others[name] = self._load_other(name)
        return self._others[name] is not None

    def _work(self) -> None:
        try:
            models = self._load()
            for model in models.values():
                model(["ready"])
        except Exception as error:
            self.failure = f"{type(error).__name__}: {error}"
            raise
        self.names = frozenset(models)
        self.ready.set()
        while True:
            _, _, job = self._jobs.get()
            try:
                asked = models.get(job.model) or self._others[job.model]
                if asked is not None:
                    job.encoded.set_result(asked(job.texts, job.spans))
            except Exception as error:
                job.encoded.set_exception(error)


class BadRequest(ValueError):
    """A request that cannot be served. The message says why."""


def make_application(encoder: Encoder) -> Callable[[dict[str, Any], StartResponse], Iterable[bytes]]:
    """Return the WSGI application over `encoder`."""

    def application(environ: dict[str, Any], start_response: StartResponse) -> Iterable[bytes]:
        began = time.perf_counter()
        status, answer = _respond(encoder, environ)
        body = json.dumps(answer).encode()
        _note(environ, status, answer, time.perf_counter() - began)
        start_response(status, [("Content-Type", "application/json"), ("Content-Length", str(len(body)))])
        return [body]

    return application


def _note(environ: dict[str, Any], status: str, answer: dict[str, Any], seconds: float) -> None:
    """One line for every call; none for being asked whether we are ready. Nothing of the texts."""
    if environ["PATH_INFO"] == "/readyz":
        return
    number = environ.get("HTTP_X_REQUEST_ID", "")
    fields = {
        "request": number if NUMBER.fullmatch(number) else "",
        "status": int(status[:3]),
        "ms": round(seconds * 1000),
        "texts": len(answer.get("data", ())),
        "model": answer.get("model", ""),
    }
    log.info("encoded", extra=fields)


def _respond(encoder: Encoder, environ: dict[str, Any]) -> tuple[str, dict[str, Any]]:
    route = (environ["REQUEST_METHOD"], environ["PATH_INFO"])
    if route not in {("GET", "/readyz"), ("POST", "/v1/embeddings")}:
        return "404 Not Found", _error("there is nothing at this address")
    if not encoder.ready.is_set():
        return "503 Service Unavailable", _error(encoder.failure or "the encoder is still loading")
    if route[1] == "/readyz":
        return "200 OK", {"status": "ready", "model": encoder.name}
    try:
        request = _read_request(environ)
        texts, model = _texts(request), _model(encoder, request)
        spans = _spans(request, texts, model)
    except BadRequest as error:
        return "400 Bad Request", _error(str(error))
    encoded = encoder.encode(texts, spans, model)
    as_base64 = request.get("encoding_format") == "base64"
    data: list[dict[str, Any]] = [
        {"object": "embedding", "index": index, "embedding": _pack(vector, as_base64)}
        for index, vector in enumerate(encoded.vectors)
    ]
    for row, vectors in zip(data, encoded.spans, strict=False):
        row["spans"] = [_pack(vector, as_base64) for vector in vectors]
    usage = {"prompt_tokens": 0, "total_tokens": 0}
    return "200 OK", {"object": "list", "model": model, "data": data, "usage": usage}


def _read_request(environ: dict[str, Any]) -> dict[str, Any]:
    length = int(environ.get("CONTENT_LENGTH") or 0)
    if not 0 < length <= MAX_BODY:
        raise BadRequest(f"the body must have 1 to {MAX_BODY} bytes")
    try:
        request = json.loads(environ["wsgi.input"].read(length))
    except ValueError as error:
        raise BadRequest("the body must be a JSON object with “input”") from error
    if not isinstance(request, dict) or "input" not in request:
        raise BadRequest("the body must be a JSON object with “input”")
    return request


def _texts(request: dict[str, Any]) -> list[str]:
    given = request["input"]
    texts = [given] if isinstance(given, str) else given
    if not isinstance(texts, list) or not all(isinstance(text, str) for text in texts):
        raise BadRequest("“input” must be a text or a list of texts")
    if not 0 < len(texts) <= MAX_TEXTS:
        raise BadRequest(f"“input” must have 1 to {MAX_TEXTS} texts")
    return texts


def _spans(request: dict[str, Any], texts: list[str], model: str) -> list[list[Span]]:
    """The spans of each text; none where none were asked for."""
    given = request.get("spans")
    if given is None:
        return []
    if "+" not in model:
        raise BadRequest("only an adapted model takes “spans”")
    if not isinstance(given, list) or len(given) != len(texts):
        raise BadRequest("“spans” must be a list with one list for each text")
    return [_spans_of(row) for row in given]


def _spans_of(row: object) -> list[Span]:
    if not isinstance(row, list) or len(row) > MAX_SPANS:
        raise BadRequest(f"a text has a list of at most {MAX_SPANS} spans")
    for span in row:
        if not (isinstance(span, list) and len(span) == 2 and all(type(place) is int for place in span)):
            raise BadRequest("a span is [start, end] in characters")
    return [(start, end) for start, end in row]


def _model(encoder: Encoder, request: dict[str, Any]) -> str:
    """An adapted model must be there: plain vectors in its place would be judged by the wrong heads."""
    name = request.get("model")
    if not isinstance(name, str) or not name:
        return encoder.name
    if "+" in name and name not in encoder.names:
        raise BadRequest(f"there is no model “{name}” here")
    return name if encoder.has(name) else encoder.name


def _pack(vector: Vectors, as_base64: bool) -> str | list[float]:
    if as_base64:
        return base64.b64encode(vector.astype("<f4").tobytes()).decode()
    return [float(number) for number in vector]


def _error(message: str) -> dict[str, Any]:
    return {"error": {"message": message, "type": "encoder"}}
