"""What people wait for, over the model's own time: the first sentence of a streamed answer, and its stop.

DOSAY_SPEED=1 python -m pytest -s tests/chat/test_speed.py
"""

from __future__ import annotations

import os
import time
from typing import Any

import pytest
from django.test import Client

from enablement.chat import turns
from enablement.evaluation.metrics import percentile
from enablement.models import Person, Surface, Turn
from tests.chat import model_server
from tests.chat.model_server import ModelServer, claim

QUESTIONS = [
    "What is retrieval?",
    "What is LoRA?",
    "Is prompting free?",
    "Do citations prove that an answer is right?",
    "How fresh are the answers of an index?",
    "Can a system prompt keep secrets?",
    "What does fine-tuning cost?",
    "When is a long prompt enough?",
    "What is an embedding?",
    "How much training data does fine-tuning need?",
]
# Seconds: the whole way from the question to the first sentence, less what the model takes (nothing here).
FIRST_SENTENCE, STOP = 0.3, 2.0


@pytest.mark.skipif(not os.environ.get("DOSAY_SPEED"), reason="times of a quiet machine: DOSAY_SPEED=1")
@pytest.mark.django_db
def test_the_first_sentence_and_the_stop_are_quick(
    starter_lessons: None,
    ada: Person,
    ada_client: Client,
    model: ModelServer,
    settings: Any,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    model.mode = "stall"
    first, stopped = [], []
    for question in QUESTIONS:
        settings.OPENAI_API_KEY = ""
        quote = turns.answer_now(ada, question, Surface.API).citations.get(n=1).quote
        settings.OPENAI_API_KEY = "key"
        monkeypatch.setattr(model_server, "CARRIES", claim(" ".join(quote.split()), 1, quote))
        model.left.clear()
        asked = time.perf_counter()
        stream = iter(ada_client.post("/ask/stream/", {"text": question}))
        assert any(b"event: token" in piece for piece in stream)
        first.append(time.perf_counter() - asked)
        pressed = time.perf_counter()
        turns.stop(Turn.objects.latest("asked_at"))
        assert b"stopped" in b"".join(stream)
        assert model.left.wait(5)
        stopped.append(time.perf_counter() - pressed)
    print(f"\nfirst sentence, 95th percentile: {1000 * percentile(first[1:], 95):.0f} ms")
    print(f"stop, longest: {1000 * max(stopped):.0f} ms")
    assert percentile(first[1:], 95) <= FIRST_SENTENCE, first
    assert max(stopped) <= STOP, stopped
