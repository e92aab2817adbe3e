"""Texts to vectors with BERT: the mean over the tokens of a text, and of spans of it. Imports torch."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import torch
from torch import Tensor
from torch.nn import functional

from enablement.judges.encoder_app import Encoded, Span, Vectors

MAX_TOKENS = 256
# Texts are read as long as the next multiple of this. For every length that comes torch and oneDNN build code
# and keep it: 1.7 MiB each, and a moment in which somebody waits.
STEP = 8


def number_type() -> torch.dtype:
    """Return the numbers to compute in: half as wide where the processor multiplies them itself.

    On such a processor they take less than half the time; a vector differs by a cosine of less than 0.0001.
    """
    return torch.bfloat16 if torch.cpu.get_capabilities().get("avx512_bf16") else torch.float32


class MeanPooling:
    """Encodes with the tokens' mean, as all-MiniLM-L6-v2 is made to be used."""

    def __init__(self, tokenizer: Any, bert: Any) -> None:
        self._tokenizer, self._bert = tokenizer, bert

    def __call__(self, texts: Sequence[str], spans: Sequence[Sequence[Span]] = ()) -> Encoded:
        """Return (n, d) unit vectors, and for each text one of (k, d) for its k spans of characters.

        A span is read in its place in the text. One that lies past MAX_TOKENS, or holds no token, is zeros.
        """
        tokens = self._tokenizer(
            list(texts),
            padding=True,
            pad_to_multiple_of=STEP,
            truncation=True,
            max_length=MAX_TOKENS,
            return_offsets_mapping=bool(spans),
            return_tensors="pt",
        )
        offsets = tokens.pop("offset_mapping", None)
        mask = tokens["attention_mask"]
        longest = int(mask.sum(1).max())
        with torch.inference_mode():
            hidden = self._bert(**tokens).last_hidden_state[:, :longest].float()
            whole = _mean(hidden, mask[:, None, :longest])[:, 0]
            parts = [
                _mean(hidden[index], _within(offsets[index, :longest], text_spans))
                for index, text_spans in enumerate(spans)
            ]
        return Encoded(_numbers(whole), tuple(map(_numbers, parts)))


def _within(offsets: Tensor, spans: Sequence[Span]) -> Tensor:
    """(k, tokens): which tokens lie in each span; the encoder's own marks, of no length, lie in none."""
    start, end = offsets[:, 0], offsets[:, 1]
    rows = [(start >= first) & (end <= last) & (end > start) for first, last in spans]
    return torch.stack(rows) if rows else torch.zeros((0, len(offsets)), dtype=torch.bool)


def _mean(hidden: Tensor, chosen: Tensor) -> Tensor:
    """Unit means over the chosen tokens: hidden (…, tokens, d) and chosen (…, k, tokens) give (…, k, d)."""
    return functional.normalize(chosen.float() @ hidden, dim=-1)


def _numbers(vectors: Tensor) -> Vectors:
    return np.ascontiguousarray(vectors.numpy(), dtype=np.float32)
