"""Reading texts with an encoder that is being trained. Imports torch."""

from __future__ import annotations

import random
from collections.abc import Sequence
from typing import Any

import numpy as np
import torch
from torch import Tensor
from torch.nn import functional

from enablement.judges.encoder_app import Vectors
from enablement.judges.pooling import MAX_TOKENS

# Texts of like length that are read together: little is spent on padding. A GPU reads more at once.
READ_TOGETHER = {"cpu": 24, "cuda": 256}
# The share of a text's tokens that is left out, others each time: no single word decides.
WORD_DROP = 0.1
MIN_DROPPED_FROM = 6


class TextReader:
    """Turns n texts into (n, d) unit vectors: the mean over a text's tokens, as the encoder takes it.

    It reads with the BERT inside `model`, as that is at the time; `order` decides which tokens are left out.
    """

    def __init__(self, model: Any, order: random.Random) -> None:
        self.device = torch.device("cuda" if torch.cuda.is_available() else "cpu")
        self._bert = model[0].auto_model.to(self.device)
        self._tokenizer, self._order = model.tokenizer, order
        self.dimensions: int = self._bert.config.hidden_size

    def learning(self, texts: Sequence[str]) -> Tensor:
        """Read to learn from: the vectors carry gradients, and some tokens are left out."""
        return self._vectors([self._thinned(ids) for ids in self._tokens(texts)])

    def read(self, texts: Sequence[str]) -> Vectors:
        """Read as it is served."""
        with torch.inference_mode():
            return np.asarray(self._vectors(self._tokens(texts)).cpu().numpy(), dtype=np.float32)

    def _tokens(self, texts: Sequence[str]) -> list[list[int]]:
        return [ids[:MAX_TOKENS] for ids in self._tokenizer(list(texts))["input_ids"]]

    def _thinned(self, ids: list[int]) -> list[int]:
        """The tokens without some of those between the encoder's own marks, which stay."""
        if len(ids) < MIN_DROPPED_FROM:
            return ids
        own = {ids[0], ids[-1]}
        return [token for token in ids if token in own or self._order.random() > WORD_DROP]

    def _vectors(self, tokens: Sequence[Sequence[int]]) -> Tensor:
        by_length = sorted(range(len(tokens)), key=lambda index: len(tokens[index]))
        step = READ_TOGETHER[self.device.type]
        parts = [by_length[start : start + step] for start in range(0, len(by_length), step)]
        read = torch.cat([self._some([tokens[index] for index in part]) for part in parts])
        return read[torch.tensor(np.argsort(by_length), device=self.device)]

    def _some(self, tokens: Sequence[Sequence[int]]) -> Tensor:
        longest = max(map(len, tokens))
        ids = torch.tensor([[*row, *[0] * (longest - len(row))] for row in tokens], device=self.device)
        mask = torch.tensor(
            [[1] * len(row) + [0] * (longest - len(row)) for row in tokens], device=self.device
        )
        fast = self.device.type == "cuda" or bool(torch.cpu.get_capabilities().get("avx512_bf16"))
        with torch.autocast(self.device.type, torch.bfloat16, enabled=fast):
            hidden = self._bert(input_ids=ids, attention_mask=mask).last_hidden_state
        weights = mask[..., None].float()
        return functional.normalize((hidden.float() * weights).sum(1) / weights.sum(1), dim=1)
