"""Search measured on a collection in the layout of BEIR: each arm alone, and both fused.

The product's own index and search run on tables of their own (shadow.py). nDCG takes linear gains and
recall counts every relevant document, as trec_eval does.
"""

from __future__ import annotations

import csv
import math
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from enablement.evaluation.metrics import percentile
from enablement.evaluation.rows import BadRows, Row, read_rows
from enablement.evaluation.shadow import shadow_tables
from enablement.judges.encoder import PATIENCE, encode
from enablement.models import Lesson, Passage, Person
from enablement.retrieval.asking import QUERY_CHARACTERS
from enablement.retrieval.candidates import arm_scores, candidates
from enablement.retrieval.fusion import fuse_scores
from enablement.retrieval.lexical import refresh_lexical_index
from enablement.retrieval.pieces import split_pieces

# Deep enough for recall at 100 where several pieces of one document are found.
DEPTH = 400
KEPT = 100
BATCH = 512
# A longer first line is no title: the collection has none, and its texts begin here.
LONGEST_TITLE = 50
Ranking = list[str]


@dataclass(frozen=True, slots=True)
class Collected:
    """A collection: texts of documents, questions, and which documents answer which question how well."""

    documents: dict[str, str]
    questions: dict[str, str]
    relevant: dict[str, dict[str, int]]


def read_collection(folder: Path) -> Collected:
    """Read corpus.jsonl, queries.jsonl and qrels.tsv (or qrels/test.tsv). Raises BadRows."""
    corpus = read_rows(folder / "corpus.jsonl", ("text",))
    questions = read_rows(folder / "queries.jsonl", ("text",))
    documents = {_id(row): f"{row.get('title') or ''}\n{row['text']}".strip() for row in corpus}
    path = next((p for p in (folder / "qrels.tsv", folder / "qrels" / "test.tsv") if p.is_file()), None)
    if path is None:
        raise BadRows(f"{folder} has neither qrels.tsv nor qrels/test.tsv.")
    relevant = _read_judgements(path)
    asked = {_id(row): row["text"] for row in questions if _id(row) in relevant}
    if not asked:
        raise BadRows(f"{path} judges none of the questions in queries.jsonl.")
    return Collected(documents, asked, relevant)


def evaluate_retrieval(folder: Path, person: Person) -> tuple[dict[str, Any], list[Row]]:
    """Return the figures of each arm, and a row a question with what each arm found.

    Raises BadRows, EncoderUnavailable.
    """
    collected = read_collection(folder)
    with shadow_tables() as lesson:
        pieces = _index(collected.documents, lesson)
        arms = {name: _ask_all(arm, collected.questions, person) for name, arm in ARMS.items()}
    figures: dict[str, Any] = {
        "documents": len(collected.documents),
        "passages": pieces,
        "n": len(collected.questions),
    }
    for name, (rankings, seconds) in arms.items():
        figures[name] = arm_figures(rankings, collected.relevant) | {
            "ms_p50": round(percentile(seconds, 50) * 1000, 1),
            "ms_p95": round(percentile(seconds, 95) * 1000, 1),
        }
    rows = [
        {"id": question, **{name: rankings[question][:10] for name, (rankings, _) in arms.items()}}
        for question in collected.questions
    ]
    return figures, rows


def ndcg(ranking: Sequence[str], gains: Mapping[str, int], depth: int = 10) -> float:
    """Return the normalised discounted cumulative gain at `depth` (Järvelin and Kekäläinen 2002), 0 to 1."""
    found = sum(gains.get(key, 0) / math.log2(at + 2) for at, key in enumerate(ranking[:depth]))
    best = sorted(gains.values(), reverse=True)[:depth]
    ideal = sum(gain / math.log2(at + 2) for at, gain in enumerate(best))
    return found / ideal if ideal else 0.0


def recall(ranking: Sequence[str], gains: Mapping[str, int], depth: int) -> float:
    """Return the share of the relevant documents among the first `depth`."""
    wanted = {key for key, gain in gains.items() if gain > 0}
    return len(wanted.intersection(ranking[:depth])) / len(wanted) if wanted else 0.0


def arm_figures(
    rankings: Mapping[str, Ranking], relevant: Mapping[str, Mapping[str, int]]
) -> dict[str, float]:
    """Return nDCG@10, and recall at 10 and 100, as means over the questions."""

    def mean(of: Callable[[Ranking, Mapping[str, int]], float]) -> float:
        return round(float(np.mean([of(ranking, relevant[key]) for key, ranking in rankings.items()])), 4)

    return {
        "ndcg_at_10": mean(lambda ranking, gains: ndcg(ranking, gains)),
        "recall_at_10": mean(lambda ranking, gains: recall(ranking, gains, 10)),
        "recall_at_100": mean(lambda ranking, gains: recall(ranking, gains, 100)),
    }


def _id(row: Row) -> str:
    key = row.get("id", row.get("_id"))
    if key is None:
        raise BadRows("A row has neither id nor _id.")
    return str(key)


def _read_judgements(path: Path) -> dict[str, dict[str, int]]:
    relevant: dict[str, dict[str, int]] = {}
    with path.open(encoding="utf-8", newline="") as lines:
        for number, row in enumerate(csv.reader(lines, delimiter="\t"), 1):
            if number == 1 and len(row) == 3 and not row[-1].lstrip("-").isdigit():
                continue
            if len(row) != 3 or not row[2].lstrip("-").isdigit():
                raise BadRows(
                    f"{path}, line {number}: not “question, document, relevance” with tabs between."
                )
            if int(row[2]) > 0:
                relevant.setdefault(row[0], {})[row[1]] = int(row[2])
    return relevant


def _index(documents: Mapping[str, str], lesson: Lesson) -> int:
    """Index every document: whole for its words, in pieces for its meaning. Return the number of pieces."""
    whole = [_passage(lesson, f"whole:{key}", key, text) for key, text in documents.items()]
    Passage.objects.bulk_create(whole, batch_size=BATCH)
    refresh_lexical_index()
    pieces = [(key, piece) for key, text in documents.items() for piece in titled_pieces(text)]
    for start in range(0, len(pieces), BATCH):
        batch = pieces[start : start + BATCH]
        vectors = encode([text for _, text in batch], patience=PATIENCE)
        Passage.objects.bulk_create(
            _passage(lesson, f"piece:{start + at}:{key}", key, text, dense=vector)
            for at, ((key, text), vector) in enumerate(zip(batch, vectors, strict=True))
        )
    return len(pieces)


def titled_pieces(text: str) -> list[str]:
    """Each piece under the document's title, its first line, as the product's passages stand under theirs."""
    title, _, body = text.partition("\n")
    if not body or len(title.split()) > LONGEST_TITLE:
        return split_pieces(text)
    return [f"{title}\n{piece}" for piece in split_pieces(body)]


def _passage(lesson: Lesson, key: str, document: str, text: str, **values: Any) -> Passage:
    return Passage(
        lesson=lesson, key=key[:255], kind="document", slug="", field=document[:200], text=text, **values
    )


def _lexical(text: str, person: Person) -> list[tuple[str, float]]:
    return _found(text, None, person, "lexical")


def _dense(text: str, person: Person) -> list[tuple[str, float]]:
    return _found("", encode([text])[0], person, "dense")


def _hybrid(text: str, person: Person) -> list[tuple[str, float]]:
    rows = candidates(text, encode([text])[0], person, depth=DEPTH)
    return fuse_scores(_by_document(rows, "dense"), _by_document(rows, "lexical"))


ARMS: dict[str, Callable[[str, Person], list[tuple[str, float]]]] = {
    "lexical": _lexical,
    "dense": _dense,
    "hybrid": _hybrid,
}


def _found(text: str, vector: Any | None, person: Person, arm: str) -> list[tuple[str, float]]:
    rows = candidates(text, vector, person, depth=DEPTH)
    return list(_by_document(rows, arm).items())


def _by_document(rows: Sequence[dict[str, Any]], arm: str) -> dict[str, float]:
    """Each document by its best piece, best first, as deep as a ranking is kept."""
    documents = {row["id"]: row["field"] for row in rows}
    best: dict[str, float] = {}
    for passage, score in arm_scores(rows, arm).items():
        best.setdefault(documents[passage], score)
        if len(best) == KEPT:
            break
    return best


def _ask_all(
    arm: Callable[[str, Person], list[tuple[str, float]]], questions: Mapping[str, str], person: Person
) -> tuple[dict[str, Ranking], list[float]]:
    rankings, seconds = {}, []
    for key, text in questions.items():
        start = time.perf_counter()
        found = arm(text[:QUERY_CHARACTERS], person)
        seconds.append(time.perf_counter() - start)
        rankings[key] = [document for document, _ in found[:KEPT]]
    return rankings, seconds
