"""A gap is closed only when its original questions are answered now: they are asked again to find out."""

from __future__ import annotations

from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone

from enablement import audit
from enablement.chat.draft import Draft
from enablement.chat.gaps import Cluster
from enablement.chat.writing import write_answer
from enablement.models import Gap, GapReason, GapState, Person, TurnState


@dataclass(frozen=True, slots=True)
class Recheck:
    """The gaps whose questions are answered now, and those whose questions are not."""

    closed: list[Gap]
    left: list[Gap]


def recheck(cluster: Cluster, by: Person) -> Recheck:
    """Ask the questions again, each as the person who asked it; close those that are answered."""
    found = Recheck([], [])
    for gap in cluster.gaps:
        (found.closed if is_answered_now(gap) else found.left).append(gap)
    with transaction.atomic():
        for gap in found.closed:
            gap.state, gap.closed_at = GapState.CLOSED, timezone.now()
            gap.save(update_fields=["state", "closed_at"])
        audit.record(
            by, "recheck_gap", cluster.head, after={"closed": len(found.closed), "left": len(found.left)}
        )
    return found


def is_answered_now(gap: Gap) -> bool:
    """Whether the question of `gap` gets an answer, without a model and without storing it.

    Where it had one that did not help, it must rest on other lines than it did.
    """
    draft = Draft()
    for _ in write_answer(gap.question, gap.turn.conversation.person, draft):
        pass
    if draft.state != TurnState.DONE:
        return False
    if gap.reason == GapReason.REFUSED:
        return True
    before = set(gap.turn.citations.values_list("quote", flat=True))
    return {cited.quote for cited in draft.citations.values()} != before
