"""How likely each piece that was found is to answer a question, by kind and slug."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from enablement.chat.answered_by import NOTHING, Foretold
from enablement.chat.relevance import match_passages, rank_passages
from enablement.chat.to_the_point import chances, shipped_model
from enablement.retrieval.search import Hit
from enablement.trust.facts import Pair


def likely_pieces(
    question: str, hits: Sequence[Hit], contexts: Mapping[int, str], told: Foretold
) -> Mapping[Pair, float]:
    """Return by kind and slug the chance that a piece answers, the likeliest first; {} where nothing is told.

    Known questions name a slug and no kind. Of two pieces with one slug, a card and an entry of the guide,
    the chance is that of the one that was weighed: whichever has the best passage.
    """
    if told is NOTHING:
        return {}
    matched = match_passages(question, hits, contexts)
    found = chances(question, hits, matched, contexts, told, shipped_model())
    kinds: dict[str, str] = {}
    for hit in rank_passages(matched, told.shares()):
        kinds.setdefault(hit.slug, hit.kind)
    return {(kinds[slug], slug): chance for slug, chance in found.items()}
