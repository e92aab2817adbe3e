"""Train an adapter: the encoder learns what one task needs to tell apart. Imports torch.

The loss is the sum of three: every flag yes or no (binary cross-entropy); the topic (cross-entropy); and
texts of one kind together, of different kinds apart (supervised contrastive learning, Khosla et al. 2020).
Texts of like length share a batch, so that little is spent on padding.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
import torch
from torch import Tensor, nn
from torch.nn import functional

from enablement.judges.lowrank import LowRank, freeze_and_adapt
from enablement.judges.pooling import MAX_TOKENS
from enablement.judges.text_reader import TextReader

LEARNING_RATE, HEAD_RATE = 7e-4, 1e-2
WEIGHT_DECAY = 0.01
WARM_UP = 0.1
BATCH_TOKENS = 1500
# What a unit vector is multiplied by before the linear head: the sharpness of its judgement.
SHARPNESS = 10.0
SMOOTHING = 0.05
TEMPERATURE = 0.1
SEED = 7
# Batches between two signs of life.
TELL_EVERY = 10


@dataclass(frozen=True, slots=True)
class Lesson:
    """n texts to learn from, and how.

    `flags` (n, m): yes or no each; `topics` (n,): a number from 0, or -1 for none; `kinds` (n,): texts of
    one kind belong together.
    """

    texts: Sequence[str]
    flags: npt.NDArray[np.bool_]
    topics: npt.NDArray[np.int64]
    kinds: npt.NDArray[np.int64]
    epochs: int
    topic_weight: float
    contrast_weight: float


def train_adapter(model: Any, lesson: Lesson, say: Callable[[str], None]) -> dict[str, LowRank]:
    """Adapt the sentence encoder `model` in place and return its adapters. `say` is told of the progress."""
    torch.manual_seed(SEED)
    order = random.Random(SEED)
    bert = model[0].auto_model
    for parameter in bert.parameters():
        parameter.requires_grad_(False)
    adapters = freeze_and_adapt(bert.encoder.layer)
    outputs = lesson.flags.shape[1] + int(lesson.topics.max(initial=0)) + 1
    reader = TextReader(model, order)
    head = nn.Linear(reader.dimensions, outputs).to(reader.device)
    learnt = [parameter for parameter in bert.parameters() if parameter.requires_grad]
    optimizer = torch.optim.AdamW(
        [{"params": learnt, "lr": LEARNING_RATE}, {"params": head.parameters(), "lr": HEAD_RATE}],
        weight_decay=WEIGHT_DECAY,
    )
    lengths = [min(len(ids), MAX_TOKENS) for ids in model.tokenizer(list(lesson.texts))["input_ids"]]
    schedule = _schedule(optimizer, lesson.epochs * len(_batches(lengths, random.Random(0))))
    for epoch in range(lesson.epochs):
        bert.train()
        total = 0.0
        batches = _batches(lengths, order)
        for number, batch in enumerate(batches, 1):
            vectors = reader.learning([lesson.texts[i] for i in batch])
            loss = _loss(head(vectors * SHARPNESS), vectors, lesson, batch)
            optimizer.zero_grad()
            loss.backward()  # type: ignore[no-untyped-call]
            nn.utils.clip_grad_norm_(learnt, 1.0)
            optimizer.step()
            schedule.step()
            total += loss.item() * len(batch)
            if number % TELL_EVERY == 0:
                say(f"epoch {epoch + 1} of {lesson.epochs}, batch {number} of {len(batches)}")
        say(f"epoch {epoch + 1} of {lesson.epochs}: loss {total / len(lengths):.3f}")
    bert.eval()
    return adapters


def _schedule(optimizer: Any, steps: int) -> Any:
    """The rate rises over the first tenth of the steps and falls to nothing at the last."""

    def factor(step: int) -> float:
        return min(1.0, (step + 1) / (WARM_UP * steps)) * max(0.0, 1 - step / steps)

    return torch.optim.lr_scheduler.LambdaLR(optimizer, factor)


def _batches(lengths: Sequence[int], order: random.Random) -> list[list[int]]:
    """Texts of like length together, BATCH_TOKENS a batch with padding, in an order that changes."""
    by_length = sorted(
        range(len(lengths)), key=lambda i: lengths[i] * (1 + 0.25 * order.random()) + 3 * order.random()
    )
    batches: list[list[int]] = [[]]
    longest = 0
    for index in by_length:
        longest = max(longest, lengths[index])
        if batches[-1] and longest * (len(batches[-1]) + 1) > BATCH_TOKENS:
            batches.append([])
            longest = lengths[index]
        batches[-1].append(index)
    order.shuffle(batches)
    return batches


def _loss(logits: Tensor, vectors: Tensor, lesson: Lesson, batch: Sequence[int]) -> Tensor:
    count = lesson.flags.shape[1]
    flags = torch.tensor(lesson.flags[batch], dtype=torch.float32, device=logits.device)
    softened = flags * (1 - 2 * SMOOTHING) + SMOOTHING
    loss = functional.binary_cross_entropy_with_logits(logits[:, :count], softened)
    topics = torch.tensor(lesson.topics[batch], device=logits.device)
    if lesson.topic_weight and bool((topics >= 0).any()):
        named = topics >= 0
        loss = loss + lesson.topic_weight * functional.cross_entropy(
            logits[named, count:], topics[named], label_smoothing=SMOOTHING
        )
    kinds = torch.tensor(lesson.kinds[batch], device=logits.device)
    return loss + lesson.contrast_weight * _contrast(vectors, kinds)


def _contrast(vectors: Tensor, kinds: Tensor) -> Tensor:
    """Supervised contrastive loss over one batch; 0 where no two texts are of one kind."""
    itself = torch.eye(len(vectors), dtype=torch.bool, device=vectors.device)
    likeness = (vectors @ vectors.T / TEMPERATURE).masked_fill(itself, -1e9)
    same = (kinds[:, None] == kinds[None]) & ~itself
    chances = likeness - torch.logsumexp(likeness, 1, keepdim=True)
    counts = same.sum(1)
    paired = counts > 0
    if not bool(paired.any()):
        return vectors.sum() * 0
    return -((chances * same).sum(1)[paired] / counts[paired]).mean()
