"""The encoder's own process: `python -m enablement.judges.encoder_server --socket PATH`.

It is the only process that imports torch (about 510 MiB, 4 to 9 seconds to load).
"""

from __future__ import annotations

import argparse
import copy
import os
from collections.abc import Callable, Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np
from gunicorn.app.base import BaseApplication

from config.allocator import return_large_buffers, share_arenas
from config.logs import PLAIN, logging_settings
from enablement.judges import before_torch  # noqa: F401  torch reads it when pooling loads it
from enablement.judges.adapter_files import Adapter, Task, load_matrices, shipped_adapter
from enablement.judges.encoder_app import BATCH, Encoded, Encoder, Model, Span, make_application
from enablement.judges.pooling import MeanPooling, number_type
from enablement.judges.weights import PACKAGED, weights_folder


def load_models(name: str) -> Mapping[str, Model]:
    """Load the weights of `name`, and the shipped adapters that were made for them; return what encodes."""
    folder = weights_folder(name)
    from sentence_transformers import SentenceTransformer

    loaded = SentenceTransformer(str(folder), device="cpu")
    if name not in PACKAGED:
        return {name: _as_made(loaded)}
    tokenizer, plain, numbers = loaded.tokenizer, loaded[0].auto_model, number_type()
    berts = {name: plain}
    for task in Task:
        adapter = shipped_adapter(task)
        if adapter and adapter.encoder == name:
            berts[f"{name}+{task}"] = with_adapter(plain, adapter)
    return {model: MeanPooling(tokenizer, bert.to(numbers)) for model, bert in berts.items()}


def load_other(name: str, folders: bool) -> Model | None:
    """Load another model besides the one set, since the index may still be one of its making.

    It is a packaged one, or with `folders` one in a folder: whoever can open a socket of this machine's could
    read the folder as well. Return None for any other name.
    """
    if name not in PACKAGED and not (folders and (Path(name) / "config.json").is_file()):
        return None
    from sentence_transformers import SentenceTransformer

    return _as_made(SentenceTransformer(str(weights_folder(name)), device="cpu"))


def with_adapter(bert: Any, adapter: Adapter) -> Any:
    """Return a copy of the encoder with an adapter added in; the word embeddings are shared."""
    twin = copy.deepcopy(bert, memo={id(bert.embeddings): bert.embeddings})
    for name, (a, b) in load_matrices(adapter.task).items():
        weight = twin.encoder.layer.get_submodule(name).weight.data
        weight += weight.new_tensor(adapter.scale * (b @ a))
    return twin


def _as_made(model: Any) -> Model:
    """A model of another maker, with the pooling that its own files name."""

    def encode(texts: Sequence[str], spans: Sequence[Sequence[Span]] = ()) -> Encoded:
        vectors = model.encode(
            list(texts), batch_size=BATCH, normalize_embeddings=True, show_progress_bar=False
        )
        return Encoded(np.asarray(vectors, dtype=np.float32))

    return encode


class EncoderServer(BaseApplication):
    """One gunicorn worker with threads; the model lives in the worker and nowhere else."""

    def __init__(self, options: dict[str, Any], encoder: Encoder) -> None:
        self.options = options
        self.encoder = encoder
        super().__init__()

    def load_config(self) -> None:
        for name, value in self.options.items():
            self.cfg.set(name, value)

    def load(self) -> Callable[..., Any]:
        self.encoder.start()
        return make_application(self.encoder)


def main() -> None:
    """Serve until stopped."""
    parser = argparse.ArgumentParser(description=__doc__)
    where = parser.add_mutually_exclusive_group(required=True)
    where.add_argument("--socket", help="path of a Unix socket to listen on")
    where.add_argument("--bind", help="host:port to listen on")
    options = parser.parse_args()
    share_arenas()
    return_large_buffers()
    name = os.environ.get("EMBEDDING_MODEL") or "all-MiniLM-L6-v2"
    # Whoever starts the site has checked them (config/env.py), which would load Django here.
    log_level = os.environ.get("DOSAY_LOG_LEVEL", "").strip().upper() or "INFO"
    log_format = os.environ.get("DOSAY_LOG_FORMAT", "").strip().upper() or PLAIN
    settings = {
        "bind": f"unix:{options.socket}" if options.socket else options.bind,
        "workers": 1,
        "threads": 16,
        "worker_class": "gthread",
        "timeout": 120,
        "umask": 0o077,
        "proc_name": "dosay-encoder",
        "control_socket_disable": True,
        "logconfig_dict": logging_settings(log_level, log_format),
    }
    others = partial(load_other, folders=bool(options.socket))
    EncoderServer(settings, Encoder(name, lambda: load_models(name), others)).run()


if __name__ == "__main__":
    main()
