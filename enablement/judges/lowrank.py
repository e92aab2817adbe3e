"""Low-rank adapters (Hu et al. 2021, LoRA) on every linear layer of a BERT encoder. Imports torch.

An adapted layer computes Wx + (alpha / rank) · B(Ax). While an adapter is trained, A and B stand beside the
frozen W; to serve it, their product is added to a copy of W (see encoder_server.py), so that an adapted text
costs what a plain one does.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping

import torch
from torch import Tensor, nn
from torch.nn import functional

RANK = 16
SCALE = 2.0
DROPOUT = 0.1


class LowRank(nn.Module):
    """A frozen linear layer and what is learnt beside it."""

    def __init__(self, base: nn.Linear) -> None:
        super().__init__()
        self.base = base
        self.a = nn.Parameter(torch.randn(RANK, base.in_features) / math.sqrt(base.in_features))
        self.b = nn.Parameter(torch.zeros(base.out_features, RANK))

    def forward(self, given: Tensor) -> Tensor:
        inner = functional.linear(functional.dropout(given, DROPOUT, self.training), self.a)
        return self.base(given) + functional.linear(inner, self.b) * SCALE  # type: ignore[no-any-return]


def linear_layers(layers: nn.Module) -> Iterator[tuple[str, nn.Module, str]]:
    """Yield name, parent and attribute of every linear layer below `layers`."""
    for name, module in list(layers.named_modules()):
        if isinstance(module, nn.Linear):
            parent, _, attribute = name.rpartition(".")
            yield name, layers.get_submodule(parent), attribute


def freeze_and_adapt(layers: nn.Module) -> dict[str, LowRank]:
    """Put a fresh adapter beside every linear layer, freeze the rest; return the adapters by layer name."""
    for parameter in layers.parameters():
        parameter.requires_grad_(False)
    adapters = {}
    for name, parent, attribute in list(linear_layers(layers)):
        adapters[name] = LowRank(getattr(parent, attribute))
        setattr(parent, attribute, adapters[name])
    return adapters


def tensors_of(adapters: Mapping[str, LowRank]) -> dict[str, Tensor]:
    """Return what was learnt, in half precision, as it is kept in a file."""
    found = {}
    for name, adapter in adapters.items():
        found[f"{name}.a"] = adapter.a.detach().half().cpu().contiguous()
        found[f"{name}.b"] = adapter.b.detach().half().cpu().contiguous()
    return found
