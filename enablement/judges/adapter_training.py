"""Train the adapters that are shipped: `python -m enablement.judges.adapter_training sorting wording`.

Reads the lesson folders of fixtures/ and nothing else; writes shipped_adapters/. It imports torch, so it runs
in a process of its own: `manage.py train_judges --adapters` starts it.
"""

from __future__ import annotations

import argparse
import json
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import torch
from safetensors.torch import save_file
from sentence_transformers import SentenceTransformer

from enablement.judges import adapter_files
from enablement.judges.adapter_files import Task
from enablement.judges.adapting import Lesson, train_adapter
from enablement.judges.examples import Example
from enablement.judges.lowrank import SCALE, LowRank, tensors_of
from enablement.judges.starter_examples import starter_examples
from enablement.judges.weights import PACKAGED, weights_folder

ENCODER = "all-MiniLM-L6-v2"
FIXTURES = Path(__file__).resolve().parents[2] / "fixtures"
# Chosen on held-back texts; docs/judges.md has the table.
EPOCHS = {Task.SORTING: 10, Task.WORDING: 10}
TOPIC_WEIGHT = {Task.SORTING: 0.0, Task.WORDING: 0.5}
CONTRAST_WEIGHT = {Task.SORTING: 0.3, Task.WORDING: 0.2}


def make_adapter(task: Task, examples: Sequence[Example], say: Callable[[str], None]) -> None:
    """Train the adapter of `task` on the examples that are not held back, and write its file."""
    used = [example for example in examples if not adapter_files.is_held_back(example.text)]
    save_adapter(task, train_adapter(load_encoder(), _lesson(task, used), say), examples)


def save_adapter(
    task: Task, learnt: Mapping[str, LowRank], examples: Sequence[Example], line: torch.Tensor | None = None
) -> None:
    """Write the file of an adapter that learnt from the examples that are not held back.

    `line`: (d + 1,), where one over the vectors was learnt with it.
    """
    used = [example for example in examples if not adapter_files.is_held_back(example.text)]
    about = {
        "encoder": ENCODER,
        "base_hash": PACKAGED[ENCODER][1],
        "data_hash": adapter_files.data_hash(example.as_row() for example in examples),
        "code_hash": adapter_files.code_hash(task),
        "examples": len(used),
        "scale": SCALE,
    }
    keys = np.array(sorted({adapter_files.text_key(example.text) for example in used}), dtype=np.uint64)
    tensors = tensors_of(learnt) | {adapter_files.SEEN: torch.from_numpy(keys.view(np.int64))}
    if line is not None:
        tensors[adapter_files.LINE] = line
    adapter_files.FOLDER.mkdir(exist_ok=True)
    save_file(
        tensors, adapter_files.adapter_path(task), metadata={"about": json.dumps(about, sort_keys=True)}
    )


def load_encoder() -> Any:
    """Return the plain encoder. Raises BadWeights."""
    return SentenceTransformer(str(weights_folder(ENCODER)), device="cpu")


def _lesson(task: Task, examples: Sequence[Example]) -> Lesson:
    topics = sorted({example.topic for example in examples} - {""})
    kinds = sorted({example.kind for example in examples})
    return Lesson(
        texts=[example.text for example in examples],
        flags=np.array([example.flags for example in examples], dtype=np.bool_),
        topics=np.array([topics.index(e.topic) if e.topic else -1 for e in examples], dtype=np.int64),
        kinds=np.array([kinds.index(example.kind) for example in examples], dtype=np.int64),
        epochs=EPOCHS[task],
        topic_weight=TOPIC_WEIGHT[task],
        contrast_weight=CONTRAST_WEIGHT[task],
    )


def main() -> None:
    """Train the adapters that are named; progress goes to standard error."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("tasks", nargs="+", choices=[str(task) for task in EPOCHS])
    start = time.monotonic()
    for task in map(Task, parser.parse_args().tasks):

        def say(message: str, task: Task = task) -> None:
            print(f"{task}, {time.monotonic() - start:.0f} s: {message}", file=sys.stderr, flush=True)

        make_adapter(task, starter_examples(task, FIXTURES), say)


if __name__ == "__main__":
    main()
