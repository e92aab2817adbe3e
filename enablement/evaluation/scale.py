"""How search grows: made-up passages in tables of their own, searched as the product searches.

A passage is two halves of sentences of the released content and a few made-up words, so that common and rare
words are spread as in one field's texts. Its vector is the mean of the halves' vectors with some noise:
encoding a hundred thousand texts would take ten minutes and show nothing more about the search.
"""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import dataclass
from random import Random
from typing import Any

import numpy as np
import numpy.typing as npt
import psutil
from django.db import connection
from pgvector import HalfVector

from enablement.evaluation.metrics import percentile
from enablement.evaluation.shadow import shadow_tables
from enablement.judges.encoder import PATIENCE, encode, forget_texts
from enablement.models import Lesson, Passage, Person
from enablement.retrieval.asking import read_question
from enablement.retrieval.candidates import Filters, arm_scores, candidates
from enablement.retrieval.embedding import embed_passages
from enablement.retrieval.indexing import replace_passages
from enablement.retrieval.lexical import refresh_lexical_index, take_turn
from enablement.retrieval.passages import PassageText
from enablement.retrieval.search import candidates_for, found_among, search

HALF_WORDS = 11
MOST_HALVES = 500
MADE_UP_WORDS = 20_000
# How far a vector strays from the mean of its halves: as much again as a third of its length.
NOISE = 0.3
TOP = 10
WARM_UP = 5
Vectors = npt.NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class MadeUp:
    """Halves of sentences with their vectors, and words that stand nowhere else, the first the commonest."""

    halves: list[str]
    vectors: Vectors
    words: list[str]

    def passages(self, count: int, seed: int = 0) -> tuple[list[str], Vectors]:
        """Return `count` texts of about 25 words, and their unit-length vectors (count, 384)."""
        rng = np.random.default_rng(seed)
        pairs = rng.integers(len(self.halves), size=(count, 2))
        rare = np.minimum(rng.zipf(1.3, size=(count, 3)) - 1, len(self.words) - 1)
        texts = [
            " ".join([self.halves[a], *(self.words[word] for word in row), self.halves[b]])
            for (a, b), row in zip(pairs, rare, strict=True)
        ]
        vectors = self.vectors[pairs].mean(axis=1)
        vectors += rng.normal(0, NOISE / np.sqrt(vectors.shape[1]), vectors.shape).astype(np.float32)
        return texts, vectors / np.linalg.norm(vectors, axis=1, keepdims=True)


def made_up() -> MadeUp:
    """Return what passages are made of, from the released content. Raises EncoderUnavailable."""
    words = [text.split() for text in Passage.objects.order_by("key").values_list("text", flat=True)]
    halves = sorted(
        {" ".join(text[at : at + HALF_WORDS]) for text in words for at in range(0, len(text) - 5, HALF_WORDS)}
    )
    random = Random(0)
    sounds = [a + b for a in "bdfgklmnprstvz" for b in "aeiou"]
    halves = random.sample(halves, min(MOST_HALVES, len(halves)))
    invented = ["".join(random.choices(sounds, k=4)) for _ in range(MADE_UP_WORDS)]
    return MadeUp(halves, encode(halves, patience=PATIENCE), invented)


def measure_growth(
    sizes: Sequence[int], questions: Sequence[str], person: Person, runs: int
) -> dict[str, dict[str, Any]]:
    """Return figures of search by number of passages. Raises EncoderUnavailable."""
    made = made_up()
    figures = {}
    for size in sizes:
        with shadow_tables() as lesson:
            texts, vectors = made.passages(size)
            start = time.perf_counter()
            _fill(lesson, texts, vectors)
            figures[str(size)] = {
                **_times(questions, person, runs),
                **_recall(questions, vectors, person),
                "seconds_to_fill": round(time.perf_counter() - start, 1),
            }
    return figures


def measure_indexing(count: int) -> dict[str, Any]:
    """Return how fast passages of 25 words are written, weighed and embedded, and the memory that it took."""
    texts, _ = made_up().passages(count, seed=1)
    with shadow_tables() as lesson:
        wanted = [
            PassageText(f"made:{at}", "document", "made", "text", "", "/", text)
            for at, text in enumerate(texts)
        ]
        before, start = psutil.Process().memory_info().rss, time.perf_counter()
        take_turn()
        replace_passages(lesson, wanted)
        written = time.perf_counter()
        embed_passages(lesson)
        ended = time.perf_counter()
        grown = psutil.Process().memory_info().rss - before
    return {
        "passages": count,
        "passages_a_second": round(count / (ended - start), 1),
        "seconds_without_encoder": round(written - start, 2),
        "memory_grown_mib": round(grown / 2**20, 1),
    }


def _fill(lesson: Lesson, texts: Sequence[str], vectors: Vectors) -> None:
    """Write passages in bulk; the graph index is made at the end, as after a restore."""
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL maintenance_work_mem = '1GB'")
        cursor.execute(
            "SELECT c.oid::regclass::text FROM pg_index i JOIN pg_class c ON c.oid = i.indexrelid "
            "JOIN pg_am a ON a.oid = c.relam "
            "WHERE i.indrelid = 'enablement_passage'::regclass AND a.amname = 'hnsw'"
        )
        for (index,) in cursor.fetchall():
            cursor.execute(f"DROP INDEX {index}")
        columns = "lesson_id, key, kind, slug, field, title, url, text, context, text_hash, embedded_hash"
        with cursor.copy(f"COPY enablement_passage ({columns}, next_hash, dense) FROM STDIN") as copy:
            for at, (text, vector) in enumerate(zip(texts, vectors, strict=True)):
                fixed = (lesson.pk, f"made:{at}", "document", "made", "text", "", "/", text, "", "", "", "")
                copy.write_row((*fixed, HalfVector(vector).to_text()))
        refresh_lexical_index()
        cursor.execute("CREATE INDEX ON enablement_passage USING hnsw (dense halfvec_cosine_ops)")
        cursor.execute("ANALYZE enablement_passage")


def _times(questions: Sequence[str], person: Person, runs: int) -> dict[str, float]:
    """Milliseconds of a whole search, and of what it is without its encoding: database and ranking."""
    asked = [read_question(question, person) for question in questions]
    whole, beside = [], []
    for run in range(-WARM_UP, runs):
        at = run % len(questions)
        forget_texts()
        start = time.perf_counter()
        found_among(candidates_for(asked[at], person, Filters()), asked[at], TOP)
        middle = time.perf_counter()
        search(questions[at], person)
        if run >= 0:
            beside.append((middle - start) * 1000)
            whole.append((time.perf_counter() - middle) * 1000)
    return {
        "p50": round(percentile(whole, 50), 1),
        "p95": round(percentile(whole, 95), 1),
        "without_encoding_p50": round(percentile(beside, 50), 1),
        "without_encoding_p95": round(percentile(beside, 95), 1),
    }


def _recall(questions: Sequence[str], vectors: Vectors, person: Person) -> dict[str, float]:
    """The share of the exact first ten that each arm has among its first ten."""
    kept = np.asarray(vectors, dtype=np.float16).astype(np.float32)
    asked = encode(questions)
    found = {"dense": 0.0, "lexical": 0.0}
    for question, vector in zip(questions, asked, strict=True):
        rows = candidates(question, vector, person)
        scores = kept @ vector
        floor = np.partition(scores, -TOP)[-TOP] - 1e-3
        names = {row["id"]: int(row["key"].removeprefix("made:")) for row in rows}
        first = list(arm_scores(rows, "dense"))[:TOP]
        found["dense"] += sum(scores[names[one]] >= floor for one in first) / TOP
        found["lexical"] += _lexical_recall(question, [*arm_scores(rows, "lexical").values()][:TOP])
    return {f"recall_{arm}": round(total / len(questions), 4) for arm, total in found.items()}


def _lexical_recall(question: str, scores: Sequence[float]) -> float:
    """Compare with the scores of a scan over every passage: equal texts tie, so scores and not ids count."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT -(p.lexical <#> q.vector) FROM enablement_passage p, ("
            "  SELECT ('{' || string_agg(l.id || ':' || (cardinality(w.positions)"
            "    * ln(1 + (c.passages - l.passages + 0.5) / (l.passages + 0.5)))::real, ',' ORDER BY l.id)"
            "    || '}/1000000')::sparsevec AS vector"
            "  FROM unnest(to_tsvector('english', %s)) w JOIN enablement_lexeme l ON l.word = w.lexeme"
            "  CROSS JOIN enablement_collection c WHERE l.passages > 0) q "
            "WHERE q.vector IS NOT NULL ORDER BY 1 DESC LIMIT %s",
            [question, TOP],
        )
        exact = [score for (score,) in cursor.fetchall() if score > 0]
    if not exact:
        return 1.0
    return float(np.mean([score >= exact[-1] - 1e-4 for score in scores[: len(exact)]] or [0.0]))
