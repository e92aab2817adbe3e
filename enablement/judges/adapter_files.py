"""The adapters that come with the product: their files, what they were made from, whether they still fit.

One adapter for each task. A file holds the low-rank matrices in half precision, the keys of the texts it was
trained on (so that figures and calibration keep to the others), and the hashes of its data, of the code that
made it and of the encoder's weights. This module imports neither torch nor Django.
"""

from __future__ import annotations

import functools
import hashlib
import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

import numpy as np
import numpy.typing as npt
from safetensors import safe_open

from enablement.judges.weights import PACKAGED

Matrix = npt.NDArray[np.float32]

FOLDER = Path(__file__).with_name("shipped_adapters")
SEEN = "seen"
# A line over the adapted vector, where an adapter has one: d weights, and the bias last.
LINE = "line"
# One text in this many is held back from an adapter's training: for calibration, and for honest figures.
HOLD_BACK = 8
# An adapter is stale when more than this share of its examples has changed.
MAX_DRIFT = 0.05


class Task(StrEnum):
    """What an adapter is for. The value is the end of the model's name: `all-MiniLM-L6-v2+sorting`."""

    SORTING = "sorting"
    WORDING = "wording"
    ANSWERS = "answers"
    # An answer read together with what it should say.
    PAIRS = "pairs"


ANSWER_TASKS = (Task.ANSWERS, Task.PAIRS)
ANSWER_CODE = ("lowrank.py", "answer_adapting.py", "answer_exercises.py", "text_reader.py", "text_pairs.py")
TRAINING_CODE = {
    Task.SORTING: ("lowrank.py", "adapting.py", "text_reader.py"),
    Task.WORDING: ("lowrank.py", "adapting.py", "text_reader.py"),
    Task.ANSWERS: ANSWER_CODE,
    Task.PAIRS: ANSWER_CODE,
}


@dataclass(frozen=True, slots=True)
class Adapter:
    """One shipped adapter, without its matrices."""

    task: Task
    encoder: str
    base_hash: str
    data_hash: str
    code_hash: str
    examples: int
    scale: float
    file_hash: str
    seen: npt.NDArray[np.uint64]

    def has_seen(self, texts: Iterable[str]) -> npt.NDArray[np.bool_]:
        """Return whether each of the texts was trained on."""
        return np.isin(np.array([text_key(text) for text in texts], dtype=np.uint64), self.seen)


def text_key(text: str) -> int:
    """Return a number of 64 bits for a text, whatever its white space."""
    return int.from_bytes(hashlib.sha256(" ".join(text.split()).encode()).digest()[:8])


def is_held_back(text: str) -> bool:
    """Whether training leaves this text out."""
    return text_key(text) % HOLD_BACK == 0


def adapter_path(task: Task) -> Path:
    return FOLDER / f"{task}.safetensors"


@functools.cache
def shipped_adapter(task: Task) -> Adapter | None:
    """Return the adapter that comes for `task`, if there is one."""
    path = adapter_path(task)
    if not path.exists():
        return None
    with safe_open(path, framework="np") as file:
        about = json.loads(file.metadata()["about"])
        seen = file.get_tensor(SEEN).view(np.uint64)
    file_hash = hashlib.sha256(path.read_bytes()).hexdigest()
    return Adapter(task=task, file_hash=file_hash, seen=seen, **about)


def load_matrices(task: Task) -> dict[str, tuple[Matrix, Matrix]]:
    """Return the matrices A and B of every adapted layer of the encoder, by the layer's name."""
    with safe_open(adapter_path(task), framework="np") as file:
        names = sorted({key.removesuffix(".a") for key in file.keys() if key.endswith(".a")})  # noqa: SIM118
        return {
            name: (
                file.get_tensor(f"{name}.a").astype(np.float32),
                file.get_tensor(f"{name}.b").astype(np.float32),
            )
            for name in names
        }


@functools.cache
def load_line(task: Task) -> Matrix:
    """Return the (d + 1,) line over the vectors of `task`. Raises KeyError where its adapter has none."""
    with safe_open(adapter_path(task), framework="np") as file:
        if LINE not in file.keys():  # noqa: SIM118
            raise KeyError(task)
        return np.asarray(file.get_tensor(LINE), dtype=np.float32)


def data_hash(examples: Iterable[Sequence[str]]) -> str:
    """Return a SHA-256 over what an adapter is trained on, whatever its order."""
    lines = sorted("\x00".join(" ".join(part.split()) for part in example) for example in examples)
    return hashlib.sha256("\x01".join(lines).encode()).hexdigest()


def code_hash(task: Task) -> str:
    """Return a SHA-256 over the code that trains the adapter of `task`."""
    folder = Path(__file__).parent
    return hashlib.sha256(b"".join((folder / name).read_bytes() for name in TRAINING_CODE[task])).hexdigest()


def drift(adapter: Adapter, texts: Iterable[str]) -> float:
    """Return how many of the texts to train on are new or gone, as a share of those it was trained on."""
    keys = {text_key(text) for text in texts if not is_held_back(text)}
    return len(keys ^ set(adapter.seen.tolist())) / len(adapter.seen)


def staleness(task: Task, texts: Iterable[str]) -> list[str]:
    """Say what the adapter of `task` no longer fits (`data`, `code`, `weights`); nothing if it fits.

    A few new examples do not make it stale: the heads learn them without it.
    """
    adapter = shipped_adapter(task)
    if adapter is None:
        return ["there is none"]
    signs = {
        "data": drift(adapter, texts) > MAX_DRIFT,
        "code": adapter.code_hash != code_hash(task),
        "weights": adapter.base_hash != PACKAGED.get(adapter.encoder, ("", ""))[1],
    }
    return [name for name, is_stale in signs.items() if is_stale]
