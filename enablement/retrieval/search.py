"""A question to hits: one round trip to PostgreSQL, two arms, fused.

What a person may not see is left out by the SQL of both arms, before any limit.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from typing import Any

from django.db import connection
from pgvector import HalfVector

from enablement.judges.encoder import EncoderUnavailable, encode
from enablement.models import Passage, Person
from enablement.retrieval.fusion import fuse_scores
from enablement.retrieval.quotes import best_sentence
from enablement.retrieval.standing import vouched_first
from enablement.trust.facts import trust_of
from enablement.trust.states import TrustState

# How deep each arm is read before fusion.
ARM_DEPTH = 50
# A query is read to this many characters: the encoder cuts at 256 word pieces anyway.
QUERY_CHARACTERS = 2_000

_SQL = """
WITH allowed AS MATERIALIZED ({allowed}),
words AS (
    SELECT l.id, cardinality(w.positions) * ln(1 + (c.passages - l.passages + 0.5) / (l.passages + 0.5))
           AS idf
    FROM unnest(to_tsvector('english', %s)) w
    JOIN enablement_lexeme l ON l.word = w.lexeme
    CROSS JOIN enablement_collection c
    WHERE l.passages > 0
),
query AS (
    SELECT ('{{' || string_agg(id || ':' || idf::real, ',' ORDER BY id) || '}}/1000000')::sparsevec
           AS lexical, %s::halfvec AS dense
    FROM words
),
lexical AS (
    SELECT p.id FROM enablement_passage p, query q
    WHERE p.id IN (SELECT id FROM allowed) AND p.lexical <#> q.lexical < 0
    ORDER BY p.lexical <#> q.lexical, p.id LIMIT {depth}
),
dense AS (
    SELECT p.id FROM enablement_passage p, query q
    WHERE p.id IN (SELECT id FROM allowed) AND p.dense IS NOT NULL AND q.dense IS NOT NULL
    ORDER BY p.dense <=> q.dense, p.id LIMIT {depth}
)
SELECT p.id, p.key, p.kind, p.slug, p.field, p.title, p.url, p.text,
       -(p.lexical <#> q.lexical) AS lexical_score, 1 - (p.dense <=> q.dense) AS dense_score,
       p.id IN (SELECT id FROM lexical) AS in_lexical, p.id IN (SELECT id FROM dense) AS in_dense
FROM enablement_passage p, query q
WHERE p.id IN (SELECT id FROM lexical UNION SELECT id FROM dense)
ORDER BY p.id
"""


@dataclass(frozen=True, slots=True)
class Hit:
    """A passage that was found. `lexical` is its BM25 score, `dense` its cosine similarity, where known.

    `trust` is the state of the piece it stands in: verified, due, expired or unowned.
    """

    passage_id: int
    key: str
    kind: str
    slug: str
    field: str
    title: str
    url: str
    text: str
    score: float
    quote: str
    lexical: float | None
    dense: float | None
    trust: str = ""


@dataclass(frozen=True, slots=True)
class Found:
    """Hits, best first, and a note for people where the search could not do all it should."""

    hits: list[Hit]
    note: str = ""


def search(text: str, person: Person, *, limit: int = 10, kinds: Collection[str] = ()) -> Found:
    """Find the passages that `person` may see and that answer `text` best.

    While the encoder is away the search goes by words alone, and the note says so.
    """
    text = text[:QUERY_CHARACTERS]
    try:
        vector, note = encode([text])[0], ""
    except EncoderUnavailable as error:
        vector, note = None, f"Found by words only. {error}"
    rows = candidates(text, vector, person, kinds)
    fused = fuse_scores(arm_scores(rows, "dense"), arm_scores(rows, "lexical"))
    trust = trust_of((row["kind"], row["slug"]) for row in rows)
    by_id = {row["id"]: row | {"trust": trust[row["kind"], row["slug"]].state} for row in rows}
    expired = {passage_id for passage_id, row in by_id.items() if row["trust"] == TrustState.EXPIRED}
    scores, matches = (
        dict(fused),
        {key: (row["dense_score"], row["lexical_score"]) for key, row in by_id.items()},
    )
    ranked = vouched_first(list(scores), matches, expired)
    hits = [_hit(by_id[passage_id], scores[passage_id]) for passage_id in ranked[:limit]]
    return Found([replace(hit, quote=best_sentence(hit.text, text)) for hit in hits], note)


def candidates(
    text: str, vector: Any | None, person: Person, kinds: Collection[str] = (), depth: int = ARM_DEPTH
) -> Sequence[dict[str, Any]]:
    """Return the rows that either arm finds, each arm read to `depth`. No text or no vector: no such arm."""
    passages = Passage.objects.visible_to(person)
    if kinds:
        passages = passages.filter(kind__in=kinds)
    allowed, parameters = passages.order_by().values("id").query.sql_with_params()
    sql = _SQL.format(allowed=allowed, depth=depth)
    dense = HalfVector(vector).to_text() if vector is not None else None
    with connection.cursor() as cursor:
        cursor.execute(sql, (*parameters, text, dense))
        names = [column.name for column in cursor.description or ()]
        return [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]


def arm_scores(rows: Sequence[dict[str, Any]], arm: str) -> dict[int, float]:
    """Return the scores of the rows that `arm` (`dense` or `lexical`) found, best first, by passage id."""
    inside = [row for row in rows if row[f"in_{arm}"]]
    return {row["id"]: row[f"{arm}_score"] for row in sorted(inside, key=lambda row: -row[f"{arm}_score"])}


def _hit(row: dict[str, Any], score: float) -> Hit:
    return Hit(
        passage_id=row["id"],
        score=score,
        quote="",
        lexical=row["lexical_score"],
        dense=row["dense_score"],
        **{name: row[name] for name in ("key", "kind", "slug", "field", "title", "url", "text", "trust")},
    )
