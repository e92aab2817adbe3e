"""A question to the passages that either arm finds: one round trip to PostgreSQL.

What a person may not see, and what does not fit the filters, is left out by the SQL of both arms, before any
limit. Up to EXACT passages are compared one by one. Beyond that the vectors are reached by their graph index
(HNSW), which goes on until enough passages pass the filters, and the words by the rarest of the question's.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import EmptyResultSet
from django.db import connection
from pgvector import HalfVector

from enablement.models import DENSE_DIMENSIONS, Lesson, Passage, Person, State
from enablement.trust.facts import Pair, trust_of
from enablement.trust.states import TrustState

# How deep each arm is read before fusion.
ARM_DEPTH = 50
# So many passages are compared one by one in a few milliseconds.
EXACT = 5_000
# Of the question's words, rarest first, so many passages are looked at: what holds none of these words but
# only commoner ones is hardly ever among the first fifty.
WORD_PASSAGES = 2_500
# What a name counts that the question does not use itself (a synonym), beside one that it does.
ALSO = 0.5

Row = dict[str, Any]

_SQL = """
SET LOCAL hnsw.iterative_scan = strict_order;
SET LOCAL hnsw.max_scan_tuples = 40000;
SET LOCAL hnsw.ef_search = {breadth};
WITH mine AS MATERIALIZED ({mine}),
asked AS (
    SELECT lexeme, sum(n) AS n FROM (
        SELECT lexeme, cardinality(positions)::float AS n FROM unnest(to_tsvector('english', %(text)s))
        UNION ALL
        SELECT lexeme, %(share)s FROM unnest(to_tsvector('english', %(also)s))
        WHERE lexeme <> ALL (tsvector_to_array(to_tsvector('english', %(text)s)))
    ) every GROUP BY lexeme
),
words AS (
    SELECT l.id, l.word, a.n * ln(1 + (c.passages - l.passages + 0.5) / (l.passages + 0.5)) AS idf,
           sum(l.passages) OVER (ORDER BY l.passages, l.id) - l.passages AS before
    FROM asked a
    JOIN enablement_lexeme l ON l.word = a.lexeme
    CROSS JOIN enablement_collection c
    WHERE l.passages BETWEEN 1 AND c.passages
),
query AS MATERIALIZED (
    SELECT ('{{' || string_agg(id || ':' || idf::real, ',' ORDER BY id) || '}}/1000000')::sparsevec
               AS lexical,
           string_agg('''' || replace(replace(word, '\\', '\\\\'), '''', '''''') || '''', ' | ')
               FILTER (WHERE before < {word_passages})::tsquery AS any_word
    FROM words
),
few AS MATERIALIZED (
    SELECT count(*) <= {exact} AS yes FROM (
        SELECT FROM enablement_passage p WHERE {allowed} LIMIT {exact} + 1
    ) seen
),
lexical AS MATERIALIZED (
    SELECT p.id FROM enablement_passage p
    WHERE p.words @@ (SELECT any_word FROM query) AND p.lexical IS NOT NULL AND {allowed}
    ORDER BY p.lexical <#> (SELECT lexical FROM query), p.id LIMIT {depth}
),
dense AS MATERIALIZED (
    (
        SELECT p.id FROM enablement_passage p
        WHERE (SELECT yes FROM few) AND p.dense IS NOT NULL AND %(dense)s::text IS NOT NULL AND {allowed}
        ORDER BY (p.dense <=> %(dense)s::halfvec({dimensions})) + 0, p.id LIMIT {depth}
    ) UNION ALL (
        SELECT p.id FROM enablement_passage p
        WHERE NOT (SELECT yes FROM few) AND %(dense)s::text IS NOT NULL AND {allowed}
        ORDER BY p.dense <=> %(dense)s::halfvec({dimensions}) LIMIT {depth}
    )
)
SELECT p.id, p.key, p.kind, p.slug, p.field, p.title, p.url, p.text, p.lesson_id,
       -(p.lexical <#> q.lexical) AS lexical_score, 1 - (p.dense <=> %(dense)s::halfvec) AS dense_score,
       p.id IN (SELECT id FROM lexical) AS in_lexical, p.id IN (SELECT id FROM dense) AS in_dense
FROM enablement_passage p, query q
WHERE p.id IN (SELECT id FROM lexical UNION SELECT id FROM dense)
ORDER BY p.id
"""


@dataclass(frozen=True, slots=True)
class Filters:
    """What to search within: slugs of lessons, kinds of content, states of trust, phrases word for word.

    What is not given sets no limit.
    """

    lessons: Collection[str] = ()
    kinds: Collection[str] = ()
    states: Collection[TrustState] = ()
    phrases: Sequence[str] = ()


def candidates(
    text: str,
    vector: Any | None,
    person: Person,
    filters: Filters | None = None,
    *,
    also: str = "",
    depth: int = ARM_DEPTH,
) -> list[Row]:
    """Return the rows that either arm finds, each arm read to `depth`. No text or no vector: no such arm.

    `also` are further names of what the text speaks of, for the words' arm.
    """
    mine = Lesson.objects.visible_to(person).filter(state=State.RELEASED)
    if filters and filters.lessons:
        mine = mine.filter(slug__in=filters.lessons)
    try:
        visible, visible_parameters = mine.order_by().values("id").query.sql_with_params()
    except EmptyResultSet:
        return []
    named = {f"mine_{number}": value for number, value in enumerate(visible_parameters)}
    allowed, parameters = _allowed(filters or Filters())
    sql = _SQL.format(
        mine=visible % tuple(f"%({name})s" for name in named),
        allowed=allowed,
        depth=depth,
        breadth=min(1000, 2 * depth),
        exact=EXACT,
        word_passages=WORD_PASSAGES,
        dimensions=DENSE_DIMENSIONS,
    )
    values = {
        **named,
        **parameters,
        "text": text,
        "also": also,
        "share": ALSO,
        "dense": HalfVector(vector).to_text() if vector is not None else None,
    }
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        while cursor.description is None and cursor.nextset():
            pass
        names = [column.name for column in cursor.description or ()]
        return [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]


def _allowed(filters: Filters) -> tuple[str, dict[str, Any]]:
    """The condition on a passage `p` in SQL, and its parameters."""
    parts = ["p.lesson_id = ANY (ARRAY(SELECT id FROM mine))"]
    values: dict[str, Any] = {}
    if filters.kinds:
        parts.append("p.kind = ANY (%(kinds)s)")
        values["kinds"] = list(filters.kinds)
    if filters.states:
        pieces = _pieces_in(filters.states)
        parts.append(
            "(p.kind, p.slug) IN (SELECT * FROM unnest(%(piece_kinds)s::text[], %(piece_slugs)s::text[]))"
        )
        values["piece_kinds"] = [kind for kind, _ in pieces]
        values["piece_slugs"] = [slug for _, slug in pieces]
    for number, phrase in enumerate(filters.phrases):
        query = f"phraseto_tsquery('english', %(phrase_{number})s)"
        parts.append(f"(numnode({query}) = 0 OR p.words @@ {query})")
        values[f"phrase_{number}"] = phrase
    return " AND ".join(parts), values


def _pieces_in(states: Collection[TrustState]) -> list[Pair]:
    """The pieces with passages that are in one of `states`."""
    pieces = trust_of(Passage.objects.order_by().values_list("kind", "slug").distinct())
    return [piece for piece, trust in pieces.items() if trust.state in states]


def arm_scores(rows: Sequence[Row], arm: str) -> dict[int, float]:
    """Return the scores of the rows that `arm` (`dense` or `lexical`) found, best first, by passage id."""
    inside = [row for row in rows if row[f"in_{arm}"]]
    return {row["id"]: row[f"{arm}_score"] for row in sorted(inside, key=lambda row: -row[f"{arm}_score"])}
