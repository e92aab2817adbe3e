"""Other people's search on the same collection and the same vectors. Needs requirements/benchmark.txt."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from importlib import import_module
from pathlib import Path
from typing import Any

from enablement.evaluation.metrics import percentile
from enablement.evaluation.retrieval import KEPT, arm_figures, read_collection, titled_pieces
from enablement.evaluation.rows import BadRows
from enablement.judges.encoder import PATIENCE, encode

# Pieces that are asked for, so that KEPT documents are among them.
DEPTH = 400
Search = Callable[[str], Iterable[str]]


def evaluate_peers(folder: Path) -> dict[str, Any]:
    """Return the figures of bm25s and of txtai's hybrid. Raises BadRows, EncoderUnavailable."""
    collected = read_collection(folder)
    figures = {}
    for name, build in {"bm25s": _bm25s, "txtai_hybrid": _txtai}.items():
        search = build(collected.documents)
        rankings, seconds = {}, []
        for key, text in collected.questions.items():
            start = time.perf_counter()
            found = dict.fromkeys(search(text))
            seconds.append(time.perf_counter() - start)
            rankings[key] = list(found)[:KEPT]
        figures[name] = arm_figures(rankings, collected.relevant) | {
            "ms_p50": round(percentile(seconds, 50) * 1000, 1),
            "ms_p95": round(percentile(seconds, 95) * 1000, 1),
        }
    return figures


def _bm25s(documents: Mapping[str, str]) -> Search:
    """BM25 over whole documents, with the package's own words and stop words, as it comes."""
    bm25s = _installed("bm25s")
    keys = list(documents)
    index = bm25s.BM25()
    index.index(bm25s.tokenize(list(documents.values()), show_progress=False), show_progress=False)

    def search(text: str) -> Iterable[str]:
        tokens = bm25s.tokenize(text, show_progress=False)
        found, scores = index.retrieve(tokens, k=min(KEPT, len(keys)), show_progress=False)
        return (keys[at] for at, score in zip(found[0], scores[0], strict=True) if score > 0)

    return search


def _txtai(documents: Mapping[str, str]) -> Search:
    """Hybrid search as txtai's documentation sets it up, over the pieces that we embed, by our encoder."""
    txtai = _installed("txtai")
    pieces = [(key, piece) for key, text in documents.items() for piece in titled_pieces(text)]
    embeddings = txtai.Embeddings(method="external", transform=_transform, hybrid=True)
    embeddings.index((at, piece, None) for at, (_, piece) in enumerate(pieces))
    return lambda text: (pieces[at][0] for at, _ in embeddings.search(text, DEPTH))


def _transform(texts: Sequence[str]) -> Any:
    return encode(list(texts), patience=PATIENCE)


def _installed(name: str) -> Any:
    try:
        return import_module(name)
    except ImportError as error:
        raise BadRows(f"{name} is not installed: pip install -r requirements/benchmark.txt.") from error
