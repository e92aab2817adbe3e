"""The gate's weights: a logistic model over the figures, read from the file that `fit_gate` wrote."""

from __future__ import annotations

import functools
import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt

from enablement.chat.gate.evidence import Vector
from enablement.chat.gate.likeness import Known, Likeness

PATH = Path(__file__).with_name("weights.json")
VECTORS = Path(__file__).with_name("known_questions.npz")


class StaleGate(Exception):
    """The gate's files do not belong together. The message says what to do."""


@dataclass(frozen=True, slots=True)
class Weights:
    """bias + Σ weight · (figure - mean) / spread + manner · beyond: answered where it is at least 0.

    `manner` are the weights of the vector of what a question asks beyond the passages; empty without vectors.
    """

    names: Sequence[str]
    means: Sequence[float]
    spreads: Sequence[float]
    weights: Sequence[float]
    bias: float
    manner: Sequence[float] = ()

    def strength(self, figures: Mapping[str, float], rest: Vector | None = None) -> float:
        """Return how far the figures are on the side of an answer; 0 is the threshold."""
        weighed = float(self.standard(figures) @ np.asarray(self.weights))
        return self.bias + weighed + (float(np.dot(self.manner, rest)) if rest is not None else 0.0)

    def standard(self, figures: Mapping[str, float]) -> npt.NDArray[np.float32]:
        """Return the figures (m,) less their means, in spreads."""
        values = zip(self.names, self.means, self.spreads, strict=True)
        return np.array([(figures[name] - mean) / spread for name, mean, spread in values], dtype=np.float32)


@dataclass(frozen=True, slots=True)
class Gate:
    """The weights with vectors (`meaning`) and without (`words`), and the questions that were learnt from.

    With vectors, what `likeness` says is added to what the figures do. Its questions are those of the
    calibration, the first `answered` of them with an answer, their vectors made by `encoder`; `data` is the
    hash of the questions and the code.
    """

    meaning: Weights
    words: Weights
    likeness: Likeness
    answered: int
    encoder: str
    data: str

    @property
    def yes(self) -> npt.NDArray[np.float32]:
        """The (n, d) vectors of known questions that are answered."""
        return self.likeness.known.vectors[: self.answered]

    @property
    def no(self) -> npt.NDArray[np.float32]:
        """The (n, d) vectors of known questions that are refused."""
        return self.likeness.known.vectors[self.answered :]


@functools.cache
def shipped_gate() -> Gate:
    """Return the gate that comes with the product. Raises StaleGate where its files are of two fits."""
    written = json.loads(PATH.read_text("utf-8"))
    if hashlib.sha256(VECTORS.read_bytes()).hexdigest() != written["vectors"]:
        raise StaleGate("The gate’s weights and its questions are of two fits: run manage.py fit_gate.")
    with np.load(VECTORS, allow_pickle=False) as kept:
        known = Known(kept["vectors"].astype(np.float32), kept["figures"].astype(np.float32))
        likeness, answered = Likeness(known, kept["counts"]), int(kept["answered"])
    return Gate(
        Weights(**written["meaning"]),
        Weights(**written["words"]),
        likeness,
        answered,
        written["encoder"],
        written["data"],
    )


def save_gate(gate: Gate, figures: Mapping[str, object]) -> None:
    """Write the gate, with the figures of its fit beside the weights."""
    known = gate.likeness.known
    np.savez_compressed(
        VECTORS,
        vectors=known.vectors.astype(np.float16),
        figures=known.figures.astype(np.float16),
        counts=gate.likeness.counts,
        answered=np.array(gate.answered),
    )
    written = {
        "data": gate.data,
        "encoder": gate.encoder,
        "vectors": hashlib.sha256(VECTORS.read_bytes()).hexdigest(),
        "figures": figures,
        "meaning": asdict(gate.meaning),
        "words": asdict(gate.words),
    }
    PATH.write_text(json.dumps(written, indent=1) + "\n", "utf-8")
    shipped_gate.cache_clear()
