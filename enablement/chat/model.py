"""The language model: any server that speaks the OpenAI protocol. However it fails, one error says so."""

from __future__ import annotations

import functools
import logging
import queue
import random
import socket
import threading
import time
from collections.abc import Callable, Generator, Iterator, Sequence
from importlib import import_module
from typing import Any

from django.conf import settings
from django.db import connection

from enablement.chat.breaker import Breaker
from enablement.chat.budget import Usage
from enablement.chat.known_names import known_names
from enablement.chat.limits import Limits
from enablement.chat.masks import Masks
from enablement.in_turn import leave

log = logging.getLogger(__name__)

# Worth another try before the first word: the server was busy or out of order, or the way to it was.
RETRY_STATUS = frozenset({408, 409, 429, 500, 502, 503, 504})


class ModelUnavailable(Exception):
    """The model gave no whole answer. The message says why, as a sentence for people."""


def has_model() -> bool:
    """Whether a language model is configured. Without one every answer is the knowledge base's own."""
    return bool(settings.OPENAI_API_KEY)


def stream_text(
    messages: Sequence[dict[str, str]],
    *,
    limits: Limits,
    breaker: Breaker,
    stopped: Callable[[], bool],
    on_usage: Callable[[Usage], None] = lambda usage: None,
) -> Generator[str, None, None]:
    """Yield the model's answer in pieces. Raises ModelUnavailable, before or between pieces.

    An empty piece says that nothing came for a moment, so that whoever listens can look whether it is wanted.
    Names and addresses of people leave as placeholders (masks.py), and are back in what is yielded.
    Ends early, and hangs up on the model, when `stopped()` says so or when nobody listens any more.
    """
    if not breaker.lets_pass():
        raise ModelUnavailable("The language model failed several times and is left alone for a moment.")
    masks, sent = Masks.over(messages, known_names())
    let_go_of_database()
    leave()
    call = _Call(sent, limits)
    call.start()
    try:
        for piece in _listen(call, limits, stopped):
            shown = masks.show_piece(piece)
            if shown or not piece:
                yield shown
        if rest := masks.rest():
            yield rest
    except ModelUnavailable as error:
        breaker.note_failure()
        log.warning("the language model gave no whole answer: %s", error)
        raise
    finally:
        call.hang_up()
        if call.usage is not None:
            on_usage(call.usage)
    if not stopped():
        breaker.note_success()


def request_body(messages: Sequence[dict[str, str]], limits: Limits) -> dict[str, Any]:
    """Return what is sent to the model, whoever asks: nothing in it says who."""
    return {
        "model": settings.OPENAI_MODEL,
        "messages": messages,
        "temperature": 0,
        "max_tokens": limits.most_tokens,
        "stream": True,
        "stream_options": {"include_usage": True},
    }


def let_go_of_database() -> None:
    """Give the connection back while nothing needs it: a model may talk for a minute."""
    if not connection.in_atomic_block:
        connection.close()


def _listen(call: _Call, limits: Limits, stopped: Callable[[], bool]) -> Iterator[str]:
    began = heard = time.monotonic()
    until, length = began + limits.first_token, 0
    while not stopped():
        piece = call.next_piece(limits.tick)
        if isinstance(piece, Exception):
            raise piece
        if piece is _END:
            return
        if isinstance(piece, str):
            until, length = began + limits.whole, length + len(piece)
            heard = time.monotonic()
            yield piece
        elif time.monotonic() - heard > limits.quiet:
            heard = time.monotonic()
            yield ""
        if length > limits.most_text:
            raise ModelUnavailable("The language model wrote far more than an answer.")
        if time.monotonic() > until:
            raise ModelUnavailable("The language model did not answer in time.")


_END = object()


class _Call(threading.Thread):
    """One call, in a thread of its own: neither a silent server nor a slow one holds up the listener."""

    def __init__(self, messages: Sequence[dict[str, str]], limits: Limits) -> None:
        super().__init__(name="language-model", daemon=True)
        self._messages, self._limits = messages, limits
        self._pieces: queue.Queue[Any] = queue.Queue()
        self._over = threading.Event()
        self._response: Any = None
        self.usage: Usage | None = None

    def next_piece(self, patience: float) -> Any:
        """Return the next piece of text, an exception, _END, or None when nothing came within `patience`."""
        try:
            return self._pieces.get(timeout=patience)
        except queue.Empty:
            return None

    def hang_up(self) -> None:
        """Close the connection to the model, even while the thread waits for it to say something."""
        self._over.set()
        if self._response is not None:
            _shut(self._response)

    def run(self) -> None:
        try:
            self._pieces.put(self._read() or _END)
        except Exception as error:
            self._pieces.put(ModelUnavailable(_reason(error)))

    def _read(self) -> ModelUnavailable | None:
        """Hand on the pieces of the answer. Return what is wrong with its end, or None."""
        finish = None
        with self._open() as stream:
            for chunk in stream:
                if self._over.is_set():
                    return None
                self.usage = _usage_of(chunk) or self.usage
                for choice in chunk.choices[:1]:
                    finish = choice.finish_reason or finish
                    if choice.delta and isinstance(choice.delta.content, str) and choice.delta.content:
                        self._pieces.put(choice.delta.content)
        return None if finish in ("stop", "length") else ModelUnavailable("The language model broke off.")

    def _open(self) -> Any:
        for attempt in range(self._limits.retries + 1):
            try:
                client = _client(settings.OPENAI_API_KEY, settings.OPENAI_BASE_URL, self._limits)
                stream = client.chat.completions.create(**request_body(self._messages, self._limits))
                self._response = stream.response
                if self._over.is_set():
                    _shut(self._response)
                return stream
            except Exception as error:
                pause = self._pause(error, attempt)
                if pause is None or self._over.wait(pause):
                    raise
        raise AssertionError("the last attempt returns or raises")

    def _pause(self, error: Exception, attempt: int) -> float | None:
        """Return how long to wait before the next attempt, or None where there is to be none."""
        status = getattr(error, "status_code", None)
        again = status in RETRY_STATUS or type(error).__name__ == "APIConnectionError"
        if attempt >= self._limits.retries or not again:
            return None
        asked = _retry_after(error)
        pause = max(asked, self._limits.pause * 2**attempt * random.uniform(0.75, 1.25))
        # No use in waiting past the time by which the first word must be there.
        return pause if pause < self._limits.first_token else None


@functools.cache
def _client(key: str, url: str, limits: Limits) -> Any:
    """Return the client. Its import takes most of a second, so it is left until a model is asked."""
    openai = import_module("openai")
    timeout = openai.Timeout(limits.whole, connect=limits.connect, read=limits.first_token)
    return openai.OpenAI(api_key=key, base_url=url or None, timeout=timeout, max_retries=0)


def _usage_of(chunk: Any) -> Usage | None:
    """Return the tokens that a chunk counts; nonsense counts as nothing."""
    counted = getattr(chunk, "usage", None)
    read, written = (getattr(counted, name, None) for name in ("prompt_tokens", "completion_tokens"))
    if type(read) is not int or type(written) is not int or not (0 <= read < 10**8 and 0 <= written < 10**8):
        return None
    return Usage(read, written)


def _retry_after(error: Exception) -> float:
    """Return the seconds that a server asks to be left alone for; 0 where it does not say."""
    try:
        return max(0.0, float(getattr(error, "response", None).headers["retry-after"]))  # type: ignore[union-attr]
    except (AttributeError, KeyError, ValueError):
        return 0.0


def _reason(error: Exception) -> str:
    """Word a failure for people; what a server says of itself stays out of it."""
    name, status = type(error).__name__, getattr(error, "status_code", None)
    if status == 429:
        return "The language model has too much to do."
    if status in (401, 403):
        return "The language model does not accept the key (OPENAI_API_KEY)."
    if status is not None:
        return f"The language model reported an error (status {status})."
    if "Timeout" in name:
        return "The language model did not answer in time."
    if name == "APIConnectionError":
        return "The language model could not be reached."
    return "The language model sent something that is not an answer."


def _shut(response: Any) -> None:
    """Close a response's socket under a reader: closing the file alone would leave it waiting."""
    network = response.extensions.get("network_stream")
    wire = network.get_extra_info("socket") if network is not None else None
    try:
        if wire is not None:
            wire.shutdown(socket.SHUT_RDWR)
    except OSError:
        pass  # The other side was faster.
