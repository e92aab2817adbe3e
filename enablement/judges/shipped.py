"""The heads that come with the product: fitted on the starter lessons, so that a first start is quick.

They are used only for the very examples they were fitted on: the hash of the examples and of the encoder's
name is kept with each. `train_judges --save` writes the file anew.
"""

from __future__ import annotations

import functools
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import numpy as np

from enablement.models import Head

PATH = Path(__file__).with_name("shipped_heads.npz")
FIGURES = ("bias", "threshold", "precision", "recall", "examples")


def adopt_heads(names: Iterable[str], digest: str) -> bool:
    """Take the shipped heads of `names` if they were fitted on the examples of `digest`; say whether so."""
    shipped = _shipped()
    wanted = list(names)
    if not all(shipped.get(name, {}).get("examples_hash") == digest for name in wanted):
        return False
    for name in wanted:
        Head.objects.update_or_create(name=name, defaults=shipped[name])
    return True


def save_heads() -> int:
    """Write all heads of the database to the file that is shipped. Return how many."""
    heads = list(Head.objects.order_by("name"))
    columns: dict[str, Any] = {
        field: np.array([_number(getattr(head, field)) for head in heads]) for field in FIGURES
    }
    np.savez_compressed(
        PATH,
        names=np.array([head.name for head in heads]),
        models=np.array([head.model for head in heads]),
        hashes=np.array([head.examples_hash for head in heads]),
        weights=np.stack([np.frombuffer(bytes(head.weights), dtype="<f4") for head in heads]),
        **columns,
    )
    return len(heads)


@functools.cache
def _shipped() -> dict[str, dict[str, Any]]:
    if not PATH.exists():
        return {}
    with np.load(PATH, allow_pickle=False) as data:
        rows = {name: data[name] for name in data.files}
    return {
        str(name): {
            "weights": rows["weights"][k].astype("<f4").tobytes(),
            "model": str(rows["models"][k]),
            "examples_hash": str(rows["hashes"][k]),
            "bias": float(rows["bias"][k]),
            "threshold": float(rows["threshold"][k]),
            "precision": _figure(rows["precision"][k]),
            "recall": _figure(rows["recall"][k]),
            "examples": int(rows["examples"][k]),
        }
        for k, name in enumerate(rows["names"])
    }


def _number(value: float | None) -> float:
    return np.nan if value is None else float(value)


def _figure(value: float) -> float | None:
    return None if np.isnan(value) else float(value)
