"""The environment that torch and its companions read when they are loaded: import this before them."""

from __future__ import annotations

import os

os.environ.setdefault("HF_HUB_OFFLINE", "1")
os.environ.setdefault("TOKENIZERS_PARALLELISM", "false")
# Threads that spin while they wait take the processor from whoever they wait for: with more work than
# processors, a text took ten times as long.
os.environ.setdefault("OMP_WAIT_POLICY", "PASSIVE")
# Of what oneDNN builds for products of one shape it keeps 1024 by default. With 256 no text takes longer.
os.environ.setdefault("ONEDNN_PRIMITIVE_CACHE_CAPACITY", "256")
