"""A search that always finds the doors, a language model on a local port, and a question to answer."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from dataclasses import replace
from importlib import import_module
from typing import Any

import pytest

from enablement.chat import turns, writing
from enablement.chat.breaker import Breaker
from enablement.chat.limits import Limits
from enablement.models import Person, Surface, Turn
from enablement.retrieval.search import Found, Hit
from tests.chat.model_server import ModelServer
from tests.chat.passages import door_hits

QUESTION = "What does a hinge do?"
# An answer that comes may take its time on a busy machine; only what never comes is not waited for.
QUICK = Limits(connect=10.0, first_token=10.0, whole=10.0, pause=0.01, tick=0.02)
NO_WORD = replace(QUICK, first_token=0.5)
NO_END = replace(QUICK, whole=0.5)


@pytest.fixture
def doors(monkeypatch: pytest.MonkeyPatch) -> list[Hit]:
    """What the search finds, whatever is asked. Change the list to find something else."""
    hits = door_hits()
    monkeypatch.setattr(writing, "search", lambda *_, **__: Found(hits))
    monkeypatch.setattr(writing, "question_vector", lambda _: None)
    monkeypatch.setattr(writing, "find_verdict", lambda *_: None)
    return hits


@pytest.fixture
def model(settings: Any) -> Iterator[ModelServer]:
    """A language model that is configured and answers well until its mode is changed."""
    # Takes a second the first time, more than the limits of a test may be.
    import_module("openai.resources.chat")
    server = ModelServer()
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    settings.OPENAI_API_KEY, settings.OPENAI_MODEL, settings.OPENAI_BASE_URL = "key", "stand-in", server.url
    yield server
    server.go_on.set()
    server.shutdown()
    server.server_close()


@pytest.fixture
def quick(monkeypatch: pytest.MonkeyPatch) -> Limits:
    """Short pauses, and a breaker of its own, for everything that answers."""
    breaker = Breaker()
    real = turns.answer
    monkeypatch.setattr(turns, "answer", lambda turn: real(turn, limits=QUICK, breaker=breaker))
    return QUICK


@pytest.fixture
def asked(ada: Person) -> Turn:
    """Ada's question, not yet answered."""
    return turns.ask(ada, QUESTION, Surface.BROWSER)
