"""BM25 inside pgvector: weights as sparse vectors over PostgreSQL's `english` lexemes.

A passage carries the saturated term frequency tf / (tf + k1 · (1 − b + b · length / mean length)), a query
the inverse document frequency ln(1 + (N − df + ½) / (df + ½)); their inner product is the BM25 score in
the form of Lucene (Robertson and Zaragoza 2009, with Lucene's non-negative idf).

How many passages hold a lexeme is kept up to date by what changes. The mean length is followed only when it
has moved by a tenth: until then what did not change keeps its weights.
"""

from __future__ import annotations

from collections.abc import Collection as Ids

from django.db import connection, transaction

K1 = 1.5
B = 0.75
# A mean length that is off by a tenth moves a passage's weights by less than a twentieth.
DRIFT = 0.1

_COUNT = """
    SELECT w.lexeme, count(*) AS n FROM enablement_passage p, unnest(p.words) w
    WHERE p.id = ANY(%s) GROUP BY w.lexeme
"""
_LENGTH = """
    SELECT count(DISTINCT p.id), coalesce(sum(cardinality(w.positions)), 0)
    FROM enablement_passage p LEFT JOIN unnest(p.words) w ON true
"""
_WEIGH = """
    UPDATE enablement_passage p SET lexical = v.vector
    FROM (
        SELECT t.id, ('{' || string_agg(
                   t.lexeme || ':'
                   || (t.tf / (t.tf + %(k1)s * (1 - %(b)s + %(b)s * t.length / c.mean_length)))::real,
                   ',' ORDER BY t.lexeme) || '}/1000000')::sparsevec AS vector
        FROM enablement_collection c, (
            SELECT p.id, l.id AS lexeme, cardinality(w.positions) AS tf,
                   sum(cardinality(w.positions)) OVER (PARTITION BY p.id) AS length
            FROM enablement_passage p, unnest(p.words) w JOIN enablement_lexeme l ON l.word = w.lexeme
            WHERE %(ids)s::bigint[] IS NULL OR p.id = ANY(%(ids)s)
        ) t
        GROUP BY t.id
    ) v
    WHERE p.id = v.id AND p.lexical IS DISTINCT FROM v.vector
"""


def take_turn() -> None:
    """Wait until nobody else changes the index, until the end of this transaction.

    Weighing may write to passages of every lesson, so whoever writes passages takes the turn first: taken
    after that, two runs could each hold rows that the other one waits for. The turn is the table's own, so
    whoever measures on tables of their own keeps nobody waiting.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock('enablement_passage'::regclass::oid::bigint)")


def count_out(ids: Ids[int]) -> None:
    """Take the words of passages that will change or go out of the counts. The caller has the turn."""
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE enablement_lexeme l SET passages = greatest(l.passages - c.n, 0) "
            f"FROM ({_COUNT}) c WHERE l.word = c.lexeme",
            [list(ids)],
        )
        cursor.execute(f"{_LENGTH} WHERE p.id = ANY(%s)", [list(ids)])
        _add_to_collection(-1, *cursor.fetchone())


def count_in(ids: Ids[int]) -> None:
    """Count the words of passages that were written, and weigh them. The caller has the turn.

    Everything is weighed anew when the mean length has moved too far, and counted anew when the counts no
    longer fit the table: passages go without notice when their lesson is deleted.
    """
    with connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO enablement_lexeme (word, passages) SELECT lexeme, n FROM ({_COUNT}) c "
            "ON CONFLICT (word) DO UPDATE SET passages = enablement_lexeme.passages + excluded.passages",
            [list(ids)],
        )
        cursor.execute(f"{_LENGTH} WHERE p.id = ANY(%s)", [list(ids)])
        _add_to_collection(1, *cursor.fetchone())
        cursor.execute(
            "SELECT passages = (SELECT count(*) FROM enablement_passage), "
            "abs(lexemes::float / greatest(passages, 1) - mean_length) > %s * mean_length "
            "FROM enablement_collection",
            [DRIFT],
        )
        is_whole, has_moved = cursor.fetchone()
        if not is_whole:
            refresh_lexical_index()
        elif has_moved:
            _weigh_all()
        else:
            cursor.execute(_WEIGH, {"k1": K1, "b": B, "ids": list(ids)})


def refresh_lexical_index() -> None:
    """Count and weigh every passage anew."""
    with transaction.atomic(), connection.cursor() as cursor:
        take_turn()
        cursor.execute("UPDATE enablement_lexeme SET passages = 0 WHERE passages <> 0")
        cursor.execute(
            "INSERT INTO enablement_lexeme (word, passages) "
            "SELECT w.lexeme, count(*) FROM enablement_passage p, unnest(p.words) w GROUP BY w.lexeme "
            "ON CONFLICT (word) DO UPDATE SET passages = excluded.passages"
        )
        cursor.execute(_LENGTH)
        passages, lexemes = cursor.fetchone()
        _add_to_collection(0, 0, 0)
        cursor.execute("UPDATE enablement_collection SET passages = %s, lexemes = %s", [passages, lexemes])
        _weigh_all()


def _weigh_all() -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE enablement_collection SET mean_length = lexemes::float / greatest(passages, 1)"
        )
        cursor.execute(_WEIGH, {"k1": K1, "b": B, "ids": None})


def _add_to_collection(sign: int, passages: int, lexemes: int) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO enablement_collection (passages, lexemes, mean_length, encoder) "
            "SELECT 0, 0, 0, '' WHERE NOT EXISTS (SELECT 1 FROM enablement_collection)"
        )
        cursor.execute(
            "UPDATE enablement_collection SET passages = greatest(passages + %s, 0), "
            "lexemes = greatest(lexemes + %s, 0)",
            [sign * passages, sign * lexemes],
        )
