"""What the knowledge base could not answer: open until the same question is answered.

A gap shows itself in a refusal, in a thumb that points down, in the same question asked again at once, and in
three cards opened right after an answer. Gaps that ask about the same are one piece of work.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.db import transaction
from django.db.models import Count, Expression, F, Func, Q, QuerySet, TextField, Value
from django.db.models.functions import Lower, Trim
from django.utils import timezone
from pgvector import HalfVector
from pgvector.django import CosineDistance

from enablement import audit
from enablement.chat.passages import question_vector
from enablement.lessons.revising import new_draft
from enablement.models import Gap, GapReason, GapState, Lesson, Person, Revision, Turn

# Questions whose vectors are this near are taken to ask about the same. A guess, not a measurement.
ALIKE = 0.8
MOST_SHOWN = 200


@dataclass(frozen=True, slots=True)
class Cluster:
    """Open gaps that ask about the same: the first of them, all of them, and how often it was asked."""

    head: Gap
    gaps: Sequence[Gap]

    @property
    def times(self) -> int:
        return len(self.gaps)


def open_gap(turn: Turn, reason: str = GapReason.REFUSED) -> Gap:
    """Note that the question of `turn` was not answered well. A turn has one gap, however often it shows."""
    question = turn.understood or turn.question
    vector = question_vector(question)
    dense = HalfVector(vector) if vector is not None else None
    gap, made = Gap.objects.get_or_create(
        turn=turn,
        defaults={"question": question, "reason": reason, "dense": dense, "like": _like(question, dense)},
    )
    if not made and gap.state == GapState.CLOSED:
        gap.state, gap.closed_at, gap.reason = GapState.OPEN, None, reason
        gap.save(update_fields=["state", "closed_at", "reason"])
    return gap


def close_gaps(question: str) -> int:
    """Close the open refusals of `question`, whoever asked: it is answered now. Return how many.

    Where it cannot be answered for somebody after all (another team's lesson did), asking opens a gap anew.
    """
    gaps = open_gaps().filter(reason=GapReason.REFUSED).annotate(asked=_words(F("question")))
    same = gaps.filter(asked=_words(Value(question, output_field=TextField())))
    return same.update(closed_at=timezone.now(), state=GapState.CLOSED)


def open_gaps() -> QuerySet[Gap]:
    return Gap.objects.exclude(state=GapState.CLOSED)


def clusters() -> list[Cluster]:
    """Return the open gaps by what they ask about, the most asked first; so many as a page shows."""
    return [cluster_of(head) for head in gap_heads()[:MOST_SHOWN]]


def gap_heads() -> QuerySet[Gap]:
    """Return the first gap of each cluster, the most asked first."""
    return (
        open_gaps()
        .annotate(open_others=Count("others", filter=~Q(others__state=GapState.CLOSED)))
        .filter(Q(like=None) | Q(like__state=GapState.CLOSED))
        .select_related("assignee", "draft")
        .prefetch_related("others")
        .order_by("-open_others", "-found_at", "pk")
    )


def cluster_of(head: Gap) -> Cluster:
    """Return a gap with the open ones that ask about the same."""
    return Cluster(head, [head, *(gap for gap in head.others.all() if gap.state != GapState.CLOSED)])


@transaction.atomic
def assign_gap(head: Gap, to: Person | None, by: Person) -> None:
    """Give a gap, and those like it, to somebody; None takes it back."""
    state = GapState.ASSIGNED if to else GapState.OPEN
    for gap in cluster_of(head).gaps:
        if gap.state != GapState.DRAFTED:
            gap.state = state
        gap.assignee = to
        gap.save(update_fields=["state", "assignee"])
    audit.record(by, "assign_gap", head, after={"assignee": to.pk if to else None})


@transaction.atomic
def draft_card(head: Gap, lesson: Lesson, slug: str, by: Person) -> Revision:
    """Begin a card for a gap, with its question as the title. Raises RevisingError, BadItem."""
    draft = new_draft(lesson, "card", {"slug": slug, "title": head.question[:120]}, by, reason="For a gap")
    for gap in cluster_of(head).gaps:
        gap.state, gap.draft = GapState.DRAFTED, draft
        gap.save(update_fields=["state", "draft"])
    audit.record(by, "draft_for_gap", head, after={"revision": draft.pk})
    return draft


def _like(question: str, dense: HalfVector | None) -> Gap | None:
    """Return the first open gap that asks about the same, None where there is none."""
    heads = open_gaps().filter(like=None)
    same = heads.annotate(asked=_words(F("question"))).filter(
        asked=_words(Value(question, output_field=TextField()))
    )
    found = same.order_by("found_at").first()
    if found is not None or dense is None:
        return found
    nearest = heads.exclude(dense=None).annotate(far=CosineDistance("dense", dense)).order_by("far").first()
    return nearest if nearest is not None and nearest.far <= 1 - ALIKE else None


def _words(text: Expression | F) -> Expression:
    """The words of `text` in lower case, one blank between: case and signs make no other question of it.

    Both sides of a comparison go through PostgreSQL, so that they agree on what a letter is.
    """
    apart = Func(
        text, Value(r"\W+"), Value(" "), Value("g"), function="regexp_replace", output_field=TextField()
    )
    return Trim(Lower(apart))
