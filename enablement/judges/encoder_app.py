"""The encoder as a small web application that speaks the OpenAI embeddings call.

`POST /v1/embeddings` with `{"input": text or list of texts, "encoding_format": "float" or "base64"}`
answers unit-length float32 vectors. `"model"` may name an adapted model (`all-MiniLM-L6-v2+sorting`); without
it, or by any other plain name, the encoder itself answers. `GET /readyz` answers 200 once the models are
loaded, 503 before. Requests that wait at the same time are encoded in one batch.
"""

from __future__ import annotations

import base64
import json
import queue
import threading
from collections.abc import Callable, Iterable, Mapping, Sequence
from concurrent.futures import Future
from dataclasses import dataclass, field
from typing import Any, Protocol

import numpy as np
import numpy.typing as npt

Vectors = npt.NDArray[np.float32]
StartResponse = Callable[[str, list[tuple[str, str]]], Any]

MAX_TEXTS = 256
MAX_BODY = 8 * 1024 * 1024
ANSWER_WITHIN = 120.0


class Model(Protocol):
    """Turns n texts into an (n, d) float32 array of unit length."""

    def __call__(self, texts: Sequence[str]) -> Vectors: ...


@dataclass(slots=True)
class Job:
    """Texts of one request, the model that is asked, and the place for their vectors."""

    texts: list[str]
    model: str
    vectors: Future[Vectors] = field(default_factory=Future)


class Encoder:
    """Loads its models in a thread of its own and encodes in batches there. `name` is the plain one's."""

    def __init__(self, name: str, load: Callable[[], Mapping[str, Model]]) -> None:
        self.name = name
        self.names: frozenset[str] = frozenset()
        self.failure = ""
        self.ready = threading.Event()
        self._load = load
        self._jobs: queue.Queue[Job] = queue.Queue()

    def start(self) -> None:
        threading.Thread(target=self._work, name="encoder", daemon=True).start()

    def encode(self, texts: list[str], model: str) -> Vectors:
        job = Job(texts, model)
        self._jobs.put(job)
        return job.vectors.result(timeout=ANSWER_WITHIN)

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
            batch = self._take_batch()
            for name in dict.fromkeys(job.model for job in batch):
                self._encode_batch(models[name], [job for job in batch if job.model == name])

    def _take_batch(self) -> list[Job]:
        batch = [self._jobs.get()]
        while sum(len(job.texts) for job in batch) < MAX_TEXTS:
            try:
                batch.append(self._jobs.get_nowait())
            except queue.Empty:
                break
        return batch

    @staticmethod
    def _encode_batch(model: Model, batch: list[Job]) -> None:
        try:
            vectors = model([text for job in batch for text in job.texts])
        except Exception as error:
            for job in batch:
                job.vectors.set_exception(error)
            return
        start = 0
        for job in batch:
            job.vectors.set_result(vectors[start : start + len(job.texts)])
            start += len(job.texts)


class BadRequest(ValueError):
    """A request that cannot be served. The message says why."""


def make_application(encoder: Encoder) -> Callable[[dict[str, Any], StartResponse], Iterable[bytes]]:
    """Return the WSGI application over `encoder`."""

    def application(environ: dict[str, Any], start_response: StartResponse) -> Iterable[bytes]:
        status, answer = _respond(encoder, environ)
        body = json.dumps(answer).encode()
        start_response(status, [("Content-Type", "application/json"), ("Content-Length", str(len(body)))])
        return [body]

    return application


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
    except BadRequest as error:
        return "400 Bad Request", _error(str(error))
    vectors = encoder.encode(texts, model)
    as_base64 = request.get("encoding_format") == "base64"
    data = [
        {"object": "embedding", "index": index, "embedding": _pack(vector, as_base64)}
        for index, vector in enumerate(vectors)
    ]
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


def _model(encoder: Encoder, request: dict[str, Any]) -> str:
    """An adapted model must be there: plain vectors in its place would be judged by the wrong heads."""
    name = request.get("model")
    if isinstance(name, str) and name in encoder.names:
        return name
    if isinstance(name, str) and "+" in name:
        raise BadRequest(f"there is no model “{name}” here")
    return encoder.name


def _pack(vector: Vectors, as_base64: bool) -> str | list[float]:
    if as_base64:
        return base64.b64encode(vector.astype("<f4").tobytes()).decode()
    return [float(number) for number in vector]


def _error(message: str) -> dict[str, Any]:
    return {"error": {"message": message, "type": "encoder"}}
