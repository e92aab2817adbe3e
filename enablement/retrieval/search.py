"""A question to hits: two arms, fused, what is vouched for first among equals."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from enablement.models import Person
from enablement.retrieval.asking import Asked, read_question
from enablement.retrieval.candidates import Filters, Row, arm_scores, candidates
from enablement.retrieval.fusion import fuse_scores
from enablement.retrieval.quotes import best_sentence
from enablement.retrieval.standing import vouched_first
from enablement.trust.facts import Pair, Trust, trust_of
from enablement.trust.states import TrustState


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

    @property
    def pair(self) -> Pair:
        """The piece it stands in, by kind and slug: a card and an entry of the guide may share a slug."""
        return self.kind, self.slug


@dataclass(frozen=True, slots=True)
class Found:
    """Hits, best first, and a note for people where the search could not do all it should.

    `corrected` are words that were taken for misspelt, each with the word that was looked for instead.
    """

    hits: list[Hit]
    note: str = ""
    corrected: Mapping[str, str] = field(default_factory=dict)


def search(text: str, person: Person, *, limit: int = 10, kinds: Collection[str] = ()) -> Found:
    """Find the passages that `person` may see and that answer `text` best.

    While the encoder is away the search goes by words alone, and the note says so.
    """
    asked = read_question(text, person)
    return found_among(candidates_for(asked, person, Filters(kinds=kinds)), asked, limit)


def candidates_for(asked: Asked, person: Person, filters: Filters) -> list[Row]:
    """Return the rows that either arm finds for a question that was read."""
    return candidates(asked.text, asked.vector, person, filters, also=asked.also)


def found_among(
    rows: Sequence[Row], asked: Asked, limit: int, trust: Mapping[Pair, Trust] | None = None
) -> Found:
    """Rank the rows of both arms. `trust` is that of their pieces, where it was looked up already."""
    scores = dict(fuse_scores(arm_scores(rows, "dense"), arm_scores(rows, "lexical")))
    trust = trust_in(rows) if trust is None else trust
    by_id = {row["id"]: row | {"trust": trust[row["kind"], row["slug"]].state} for row in rows}
    expired = {passage for passage, row in by_id.items() if row["trust"] == TrustState.EXPIRED}
    matches = {passage: (row["dense_score"], row["lexical_score"]) for passage, row in by_id.items()}
    ranked = vouched_first(list(scores), matches, expired)[:limit]
    hits = [_hit(by_id[passage], scores[passage]) for passage in ranked]
    quoted = [replace(hit, quote=best_sentence(hit.text, asked.text)) for hit in hits]
    return Found(quoted, asked.note, asked.corrected)


def trust_in(rows: Sequence[Row]) -> Mapping[Pair, Trust]:
    """Return the trust of the pieces that `rows` stand in, in one query."""
    return trust_of((row["kind"], row["slug"]) for row in rows)


def _hit(row: dict[str, Any], score: float) -> Hit:
    return Hit(
        passage_id=row["id"],
        score=score,
        quote="",
        lexical=row["lexical_score"],
        dense=row["dense_score"],
        **{name: row[name] for name in ("key", "kind", "slug", "field", "title", "url", "text", "trust")},
    )
