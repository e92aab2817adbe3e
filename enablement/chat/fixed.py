"""Fixed answers: pinned to a question by an editor, given word for word to near-identical questions."""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone
from pgvector import HalfVector
from pgvector.django import CosineDistance

from enablement import audit
from enablement.chat.passages import question_vector
from enablement.models import FixedAnswer, Lesson, Person
from enablement.models.fixed import VERIFIED_FOR
from enablement.retrieval.search import Hit
from enablement.texts import MAX_QUESTION, clean_text
from enablement.words import content_words, is_negated, numbers_of

# Two questions are one in other words where their vectors are this near, they share this part of their
# content words, and neither has a number or a “not” that the other lacks.
NEAR = 0.85
SHARED = 0.6
CANDIDATES = 5
MAX_ANSWER = 3_000
ENGINE = "approved wording"


def find_fixed(question: str, person: Person) -> FixedAnswer | None:
    """Return the answer pinned to `question`, or to one that differs in nothing that counts."""
    pinned = FixedAnswer.objects.visible_to(person).verified().select_related("owner")
    if not pinned.exists():
        return None
    vector = question_vector(question)
    if vector is None:
        return next((one for one in pinned if content_words(one.question) == content_words(question)), None)
    near = pinned.exclude(dense=None).annotate(far=CosineDistance("dense", HalfVector(vector)))
    nearest = near.filter(far__lte=1 - NEAR).order_by("far")[:CANDIDATES]
    return next((one for one in nearest if is_one_question(one.question, question)), None)


def is_one_question(one: str, other: str) -> bool:
    """Whether two questions that are near in meaning differ in nothing that counts."""
    first, second = set(content_words(one)), set(content_words(other))
    shared = len(first & second) >= SHARED * len(first | second)
    return shared and numbers_of(one) == numbers_of(other) and is_negated(one) == is_negated(other)


def as_hit(fixed: FixedAnswer) -> Hit:
    """A fixed answer as the line that the answer stands on: itself, with its owner."""
    return Hit(
        passage_id=-fixed.pk,
        key=f"fixed_answer:{fixed.pk}:answer",
        kind="fixed_answer",
        slug=str(fixed.pk),
        field="answer",
        title=f"Approved wording › {fixed.question[:200]}",
        url=fixed.get_absolute_url(),
        text=fixed.answer,
        score=1.0,
        quote=fixed.answer,
        lexical=None,
        dense=None,
    )


@transaction.atomic
def pin_answer(
    lesson: Lesson, question: str, answer: str, by: Person, fixed: FixedAnswer | None = None
) -> FixedAnswer:
    """Pin an answer to a question, or change one; who does it vouches for it from now. Raises BadText."""
    fixed = fixed or FixedAnswer()
    fixed.lesson, fixed.owner = lesson, by
    fixed.question = clean_text(question, what="question", limit=MAX_QUESTION)
    fixed.answer = clean_text(answer, what="answer", limit=MAX_ANSWER)
    vector = question_vector(fixed.question)
    fixed.dense = HalfVector(vector) if vector is not None else None
    _vouch(fixed)
    audit.record(by, "pin_answer", fixed, after={"lesson": lesson.slug})
    return fixed


@transaction.atomic
def verify_fixed(fixed: FixedAnswer, by: Person) -> None:
    """Vouch for a fixed answer anew."""
    fixed.owner = by
    _vouch(fixed)
    audit.record(by, "verify_fixed_answer", fixed)


@transaction.atomic
def unpin_answer(fixed: FixedAnswer, by: Person) -> None:
    """Take a fixed answer out: its question is answered from the content again."""
    audit.record(by, "unpin_answer", fixed, before={"lesson": fixed.lesson.slug})
    fixed.delete()


def _vouch(fixed: FixedAnswer) -> None:
    fixed.verified_at = timezone.now()
    fixed.verified_until = fixed.verified_at + VERIFIED_FOR
    fixed.save()
