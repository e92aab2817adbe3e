"""The approved line: what editors wrote to be said aloud about just this."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from enablement.chat.relevance import closeness_of, coverage_of
from enablement.models import Passage, Person
from enablement.retrieval.search import Hit

# How near (relevance.py) a line must be. Lines further off are about a neighbour of what was asked; a wrong
# line said aloud is worse than none. Set on tests/chat/questions.yaml.
NEAR_ENOUGH = 0.78
# And this part of the question's words must be in the line, its reason or what it replaces: a line about the
# same subject that answers another question is not it.
COVERED_ENOUGH = 0.7
# A spoken answer to a question is worth this much more than a line of the guide.
SCRIPT_COUNTS = 0.05
LEAD_TO_LINE = ("guide_entry", "script")


def find_approved_line(
    question: str, hits: Sequence[Hit], contexts: Mapping[int, str], person: Person
) -> Hit | None:
    """Return the passage whose text is to be said, or None where no line is near enough.

    A spoken answer, or a guide entry's line (found by the line or by its reason). An outcome's line answers
    a buyer's statement, not a question.
    """
    lines = [(_nearness(question, hit, contexts), hit) for hit in hits if hit.kind in LEAD_TO_LINE]
    near = [
        (nearness, hit)
        for nearness, hit in lines
        if nearness >= NEAR_ENOUGH and coverage_of(question, hit, contexts) >= COVERED_ENOUGH
    ]
    if not near:
        return None
    _, best = max(near, key=lambda pair: pair[0])
    return best if best.field != "why" else _line_of_entry(best, person)


def _nearness(question: str, hit: Hit, contexts: Mapping[int, str]) -> float:
    return closeness_of(question, hit, contexts) + SCRIPT_COUNTS * (hit.kind == "script")


def _line_of_entry(hit: Hit, person: Person) -> Hit | None:
    key = f"guide_entry:{hit.slug}:do_say"
    row = (
        Passage.objects.visible_to(person)
        .filter(key=key)
        .values("key", "field", "title", "url", "text")
        .first()
    )
    return replace(hit, quote=row["text"], **row) if row else None
