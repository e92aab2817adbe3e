"""Train the two adapters of the answer check. Imports torch.

By the one, an answer comes to lie near what it says: the cosine of an answer and a way to say it, scaled, is
the log odds that it says it. By the other, an answer is read together with a way to say it, and a line over
the vector of both is the log odds. Where there are several ways the likeliest counts, as it does when the
check judges (multiple-instance learning).
"""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence
from typing import Any, TypeVar

import numpy as np
import torch
from torch import Tensor, nn
from torch.nn import functional

from enablement.judges.answer_exercises import Exercise, batches
from enablement.judges.lowrank import LowRank, freeze_and_adapt
from enablement.judges.short_answers import AnsweredQuestion
from enablement.judges.text_pairs import joined
from enablement.judges.text_reader import TextReader

LEARNING_RATE, HEAD_RATE = 7e-4, 1e-2
WEIGHT_DECAY = 0.01
WARM_UP = 0.1
SMOOTHING = 0.05
FIRST_SCALE, FIRST_BIAS = 4.0, -2.4
# What a unit vector is multiplied by before the line over it: the sharpness of its judgement.
SHARPNESS = 10.0
# More ways than this are not read together with one answer at a time.
MOST_WAYS = 4
SEED = 7
# Batches between two signs of life.
TELL_EVERY = 20


class Likeness(nn.Module):
    """An answer and the ways to say it, each read alone."""

    EPOCHS, DECAY = 4, 0.0

    def __init__(self, reader: TextReader, order: random.Random) -> None:
        super().__init__()
        self.reader = reader
        self.line = nn.Parameter(torch.tensor([FIRST_SCALE, FIRST_BIAS], device=reader.device))

    def forward(self, batch: Sequence[Exercise]) -> Tensor:
        texts = list(dict.fromkeys(text for one in batch for text in (one.answer, *one.ways)))
        place = {text: index for index, text in enumerate(texts)}
        vectors = self.reader.learning(texts)
        pairs = [(place[one.answer], place[way]) for one in batch for way in one.ways]
        answers, ways = zip(*pairs, strict=True)
        likeness = (vectors[list(answers)] * vectors[list(ways)]).sum(1)
        return self.line[0] * _likeliest(likeness, [len(one.ways) for one in batch]) + self.line[1]


class Together(nn.Module):
    """An answer read together with each of the ways to say it."""

    EPOCHS, DECAY = 6, WEIGHT_DECAY

    def __init__(self, reader: TextReader, order: random.Random) -> None:
        super().__init__()
        self.reader, self._order = reader, order
        self.line = nn.Linear(reader.dimensions, 1, device=reader.device)

    def forward(self, batch: Sequence[Exercise]) -> Tensor:
        ways = [self._order.sample(one.ways, min(len(one.ways), MOST_WAYS)) for one in batch]
        texts = [joined(way, one.answer) for one, some in zip(batch, ways, strict=True) for way in some]
        logits = self.line(self.reader.learning(texts) * SHARPNESS)[:, 0]
        return _likeliest(logits, [len(some) for some in ways])

    @property
    def weights(self) -> Tensor:
        """The line over a unit vector: d weights, and the bias last."""
        with torch.no_grad():
            return torch.cat([self.line.weight[0] * SHARPNESS, self.line.bias]).float().cpu()


Head = Likeness | Together
H = TypeVar("H", Likeness, Together)


def train_on_answers(
    make_head: type[H], model: Any, questions: Sequence[AnsweredQuestion], say: Callable[[str], None]
) -> tuple[dict[str, LowRank], H]:
    """Adapt the sentence encoder `model` in place; return its adapters, and the head learnt with them.

    `say` is told of the progress.
    """
    torch.manual_seed(SEED)
    order = random.Random(SEED)
    bert = model[0].auto_model
    for parameter in bert.parameters():
        parameter.requires_grad_(False)
    adapters = freeze_and_adapt(bert.encoder.layer)
    head = make_head(TextReader(model, order), order)
    learnt = [parameter for parameter in bert.parameters() if parameter.requires_grad]
    groups = [
        {"params": learnt, "lr": LEARNING_RATE},
        {"params": list(head.parameters()), "lr": HEAD_RATE, "weight_decay": head.DECAY},
    ]
    optimizer = torch.optim.AdamW(groups, weight_decay=WEIGHT_DECAY)
    steps = head.EPOCHS * len(list(batches(questions, random.Random(0))))
    schedule = torch.optim.lr_scheduler.LambdaLR(
        optimizer, lambda step: min(1.0, (step + 1) / (WARM_UP * steps)) * max(0.0, 1 - step / steps)
    )
    bert.train()
    for epoch in range(head.EPOCHS):
        losses = []
        for batch in batches(questions, order):
            loss = _loss(head(batch), batch)
            optimizer.zero_grad()
            loss.backward()  # type: ignore[no-untyped-call]
            nn.utils.clip_grad_norm_(learnt, 1.0)
            optimizer.step()
            schedule.step()
            losses.append(loss.item())
            if len(losses) % TELL_EVERY == 0:
                done = f"{len(losses)} of {steps // head.EPOCHS} batches"
                say(f"epoch {epoch + 1} of {head.EPOCHS}, {done}, loss {np.mean(losses):.3f}")
    bert.eval()
    return adapters, head


def _loss(logits: Tensor, batch: Sequence[Exercise]) -> Tensor:
    wanted = torch.tensor([float(one.correct) for one in batch], device=logits.device)
    return functional.binary_cross_entropy_with_logits(logits, wanted * (1 - 2 * SMOOTHING) + SMOOTHING)


def _likeliest(values: Tensor, counts: Sequence[int]) -> Tensor:
    """The largest of each answer's values, of which there are `counts`."""
    return torch.stack([part.max() for part in torch.split(values, list(counts))])
