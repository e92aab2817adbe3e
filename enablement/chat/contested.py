"""Questions on which sources contradict one another: the answer says so, and gives our own position."""

from __future__ import annotations

from collections.abc import Sequence

from enablement.chat.compose import Piece, pieces_of
from enablement.chat.draft import Draft
from enablement.retrieval.search import Hit

# A question is about a dispute if its passage is among this many of the best hits, and this near in meaning.
# Of twenty questions on the starter lessons, half of them about a dispute, one was on the wrong side.
AMONG_FIRST = 2
NEAR = 0.55
# So much of our position is said where the answer would not say it of itself.
SENTENCES = 2


def find_dispute(hits: Sequence[Hit]) -> Hit | None:
    """Return the dispute that a question is about, or None."""
    near = (hit for hit in hits[:AMONG_FIRST] if hit.kind == "disagreement" and (hit.dense or 0.0) >= NEAR)
    return next(near, None)


def cited_dispute(draft: Draft) -> Hit | None:
    """Return the dispute that an answer cites, or None: what is quoted from it is contested all the same."""
    return next((known.hit for known in draft.citations.values() if known.hit.kind == "disagreement"), None)


def house_position(dispute: Hit, draft: Draft) -> list[Piece]:
    """Return the sentences of our position that the answer lacks: none where it cites the dispute."""
    cited = {(known.hit.kind, known.hit.slug) for known in draft.citations.values()}
    return [] if (dispute.kind, dispute.slug) in cited else pieces_of(dispute)[:SENTENCES]


def contested_note(dispute: Hit) -> str:
    """Return the sentence that says that sources disagree."""
    point = dispute.title.rpartition(" › ")[2]
    return f"Sources disagree on this (“{point}”). The answer gives our position; its page names every other."
