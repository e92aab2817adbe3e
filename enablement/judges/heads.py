"""Fitted heads in and out of the database."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable

import numpy as np

from enablement.judges.adapter_files import Task
from enablement.judges.adapters import fingerprint
from enablement.judges.encoder import EncoderUnavailable
from enablement.judges.linear import Regression
from enablement.models import Head


class NotTrained(EncoderUnavailable):
    """There is no head for what is asked yet. The message is a sentence for people."""


def examples_hash(examples: Iterable[tuple[str, str]], task: Task | None) -> str:
    """Return a SHA-256 over what makes the vectors and (label, text) examples, whatever their order."""
    lines = sorted(f"{label}\x00{text}" for label, text in examples)
    return hashlib.sha256("\x01".join([fingerprint(task), *lines]).encode()).hexdigest()


def store_head(
    name: str, regression: Regression, *, digest: str, model: str, examples: int, **figures: float
) -> None:
    """Keep a head that was fitted on vectors of `model` under `name`, replacing the one before."""
    values = {
        "model": model,
        "weights": regression.weights.astype("<f4").tobytes(),
        "bias": regression.bias,
        "examples": examples,
        "examples_hash": digest,
        **figures,
    }
    Head.objects.update_or_create(name=name, defaults=values)


def regression_of(head: Head) -> Regression:
    """Return the regression that is kept in `head`."""
    return Regression(np.frombuffer(bytes(head.weights), dtype="<f4").astype(np.float64), head.bias)


def is_current(names: Iterable[str], digest: str) -> bool:
    """Whether every head of `names` was fitted on just the examples of `digest`."""
    wanted = set(names)
    return Head.objects.filter(name__in=wanted, examples_hash=digest).count() == len(wanted)
