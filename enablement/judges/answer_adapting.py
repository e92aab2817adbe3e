"""Train the adapter of the answer check: an answer comes to lie near what it says. Imports torch.

The cosine of an answer and a way to say it, scaled, is the log odds that the answer says it. Where there are
several ways, the nearest counts, as it does when the check judges (multiple-instance learning). Answers to
one question share a batch, so that its ways are read once, and only the answers tell right from wrong.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import torch
from torch import Tensor, nn
from torch.nn import functional

from enablement.judges.encoder_app import Vectors
from enablement.judges.lowrank import LowRank, freeze_and_adapt
from enablement.judges.pooling import MAX_TOKENS
from enablement.judges.short_answers import AnsweredQuestion

LEARNING_RATE, SCALE_RATE = 7e-4, 1e-2
WEIGHT_DECAY = 0.01
WARM_UP = 0.1
EPOCHS = 2
# Answers to one question that stand together, and such groups in a batch.
TOGETHER, GROUPS = 16, 4
# Texts of like length that are read together: little is spent on padding.
READ_TOGETHER = 24
SMOOTHING = 0.05
# The share of a text's tokens that is left out, others each time: no single word decides.
WORD_DROP = 0.1
MIN_DROPPED_FROM = 6
# How often another right answer stands in for the ways to say it, where all right answers say the same.
STAND_IN = 0.4
FIRST_SCALE, FIRST_BIAS = 4.0, -2.4
SEED = 7


def train_on_answers(
    model: Any, questions: Sequence[AnsweredQuestion], say: Callable[[str], None]
) -> dict[str, LowRank]:
    """Adapt the sentence encoder `model` in place and return its adapters. `say` is told of the progress."""
    torch.manual_seed(SEED)
    order = random.Random(SEED)
    bert = model[0].auto_model
    for parameter in bert.parameters():
        parameter.requires_grad_(False)
    adapters = freeze_and_adapt(bert.encoder.layer)
    line = nn.Parameter(torch.tensor([FIRST_SCALE, FIRST_BIAS]))
    learnt = [parameter for parameter in bert.parameters() if parameter.requires_grad]
    optimizer = torch.optim.AdamW(
        [{"params": learnt, "lr": LEARNING_RATE}, {"params": [line], "lr": SCALE_RATE, "weight_decay": 0.0}],
        weight_decay=WEIGHT_DECAY,
    )
    steps = EPOCHS * len(list(_batches(questions, random.Random(0))))
    schedule = torch.optim.lr_scheduler.LambdaLR(
        optimizer, lambda step: min(1.0, (step + 1) / (WARM_UP * steps)) * max(0.0, 1 - step / steps)
    )
    bert.train()
    for epoch in range(EPOCHS):
        losses = []
        for batch in _batches(questions, order):
            loss = _loss(bert, model.tokenizer, line, batch, order)
            optimizer.zero_grad()
            loss.backward()  # type: ignore[no-untyped-call]
            nn.utils.clip_grad_norm_(learnt, 1.0)
            optimizer.step()
            schedule.step()
            losses.append(loss.item())
            if len(losses) % 20 == 0:
                done = f"{len(losses)} of {steps // EPOCHS} batches"
                say(f"epoch {epoch + 1} of {EPOCHS}, {done}, loss {np.mean(losses):.3f}")
    bert.eval()
    return adapters


def read_texts(model: Any, texts: Sequence[str]) -> Vectors:
    """Return (n, d) unit vectors by the encoder as it is now."""
    with torch.inference_mode():
        tokens = _tokens(model.tokenizer, texts)
        return np.asarray(_vectors(model[0].auto_model, tokens).numpy(), dtype=np.float32)


@dataclass(frozen=True, slots=True)
class _Exercise:
    ways: tuple[str, ...]
    answer: str
    correct: bool


def _batches(questions: Sequence[AnsweredQuestion], order: random.Random) -> Iterator[list[_Exercise]]:
    """Every answer once, in an order that changes."""
    groups = [group for question in questions for group in _groups(question, order)]
    order.shuffle(groups)
    for start in range(0, len(groups), GROUPS):
        yield [exercise for group in groups[start : start + GROUPS] for exercise in group]


def _groups(question: AnsweredQuestion, order: random.Random) -> Iterator[list[_Exercise]]:
    answers = order.sample(question.answers, len(question.answers))
    right = [text for text, correct in answers if correct]
    for start in range(0, len(answers), TOGETHER):
        stands_in = question.alike and bool(right) and order.random() < STAND_IN
        other = order.choice(right) if stands_in else ""
        yield [
            _Exercise((other,) if stands_in and other != text else question.says, text, correct)
            for text, correct in answers[start : start + TOGETHER]
        ]


def _loss(
    bert: Any, tokenizer: Any, line: Tensor, batch: Sequence[_Exercise], order: random.Random
) -> Tensor:
    texts = list(dict.fromkeys(text for one in batch for text in (one.answer, *one.ways)))
    place = {text: index for index, text in enumerate(texts)}
    vectors = _vectors(bert, [_thinned(ids, order) for ids in _tokens(tokenizer, texts)])
    nearest = torch.stack(
        [(vectors[[place[way] for way in one.ways]] @ vectors[place[one.answer]]).max() for one in batch]
    )
    wanted = torch.tensor([float(one.correct) for one in batch]) * (1 - 2 * SMOOTHING) + SMOOTHING
    return functional.binary_cross_entropy_with_logits(line[0] * nearest + line[1], wanted)


def _tokens(tokenizer: Any, texts: Sequence[str]) -> list[list[int]]:
    return [ids[:MAX_TOKENS] for ids in tokenizer(list(texts))["input_ids"]]


def _thinned(ids: list[int], order: random.Random) -> list[int]:
    """The tokens without some of those between the first and the last, which are the encoder's own marks."""
    if len(ids) < MIN_DROPPED_FROM:
        return ids
    return [ids[0], *(token for token in ids[1:-1] if order.random() > WORD_DROP), ids[-1]]


def _vectors(bert: Any, tokens: Sequence[Sequence[int]]) -> Tensor:
    """Return (n, d) unit vectors: the mean over a text's tokens, as the sentence encoder takes it."""
    by_length = sorted(range(len(tokens)), key=lambda index: len(tokens[index]))
    parts = [by_length[start : start + READ_TOGETHER] for start in range(0, len(by_length), READ_TOGETHER)]
    read = torch.cat([_read(bert, [tokens[index] for index in part]) for part in parts])
    return read[torch.tensor(np.argsort(by_length))]


def _read(bert: Any, tokens: Sequence[Sequence[int]]) -> Tensor:
    longest = max(map(len, tokens))
    ids = torch.tensor([[*row, *[0] * (longest - len(row))] for row in tokens])
    mask = torch.tensor([[1] * len(row) + [0] * (longest - len(row)) for row in tokens])
    fast = bool(torch.cpu.get_capabilities().get("avx512_bf16"))
    with torch.autocast("cpu", torch.bfloat16, enabled=fast):
        hidden = bert(input_ids=ids, attention_mask=mask).last_hidden_state
    weights = mask[..., None].float()
    return functional.normalize((hidden.float() * weights).sum(1) / weights.sum(1), dim=1)
