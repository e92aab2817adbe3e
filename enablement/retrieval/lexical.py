"""BM25 inside pgvector: weights as sparse vectors over PostgreSQL's `english` lexemes.

A passage carries the saturated term frequency tf / (tf + k1 · (1 − b + b · length / mean length)), a query
the inverse document frequency ln(1 + (N − df + ½) / (df + ½)); their inner product is the BM25 score in
the form of Lucene (Robertson and Zaragoza 2009, with Lucene's non-negative idf).
"""

from __future__ import annotations

from django.db import connection, transaction

K1 = 1.5
B = 0.75

_WORDS = """
    SELECT p.id AS passage_id, w.lexeme, cardinality(w.positions) AS tf
    FROM enablement_passage p,
         unnest(to_tsvector('english', p.title || ' ' || p.context || ' ' || p.text)) w
"""

_STEPS = (
    f"""
    INSERT INTO enablement_lexeme (word, passages)
    SELECT DISTINCT lexeme, 0 FROM ({_WORDS}) words
    WHERE NOT EXISTS (SELECT 1 FROM enablement_lexeme known WHERE known.word = words.lexeme)
    """,
    f"""
    UPDATE enablement_lexeme l SET passages = coalesce(c.n, 0)
    FROM enablement_lexeme m
    LEFT JOIN (SELECT lexeme, count(*) AS n FROM ({_WORDS}) words GROUP BY lexeme) c ON c.lexeme = m.word
    WHERE l.id = m.id AND l.passages IS DISTINCT FROM coalesce(c.n, 0)
    """,
    "DELETE FROM enablement_collection",
    f"""
    INSERT INTO enablement_collection (passages, mean_length)
    SELECT count(*), coalesce(avg(length), 0)
    FROM (SELECT passage_id, sum(tf) AS length FROM ({_WORDS}) words GROUP BY passage_id) lengths
    """,
    f"""
    WITH words AS ({_WORDS}),
    lengths AS (SELECT passage_id, sum(tf) AS length FROM words GROUP BY passage_id),
    weights AS (
        SELECT w.passage_id, l.id,
               w.tf / (w.tf + %(k1)s * (1 - %(b)s + %(b)s * n.length / c.mean_length)) AS weight
        FROM words w
        JOIN lengths n USING (passage_id)
        JOIN enablement_lexeme l ON l.word = w.lexeme
        CROSS JOIN enablement_collection c
    )
    UPDATE enablement_passage p SET lexical = v.vector
    FROM (
        SELECT passage_id,
               ('{{' || string_agg(id || ':' || weight::real, ',' ORDER BY id) || '}}/1000000')::sparsevec
               AS vector
        FROM weights GROUP BY passage_id
    ) v
    WHERE p.id = v.passage_id AND p.lexical IS DISTINCT FROM v.vector
    """,
)


def take_turn() -> None:
    """Wait until nobody else changes the index, until the end of this transaction.

    A refresh writes to passages of every lesson, so whoever writes passages takes the turn first: taken
    after that, two runs could each hold rows that the other one waits for.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext('lexical-index'))")


def refresh_lexical_index() -> None:
    """Weigh every passage anew: document frequencies and the mean length depend on all of them."""
    with transaction.atomic(), connection.cursor() as cursor:
        take_turn()
        for step in _STEPS:
            cursor.execute(step, {"k1": K1, "b": B})
