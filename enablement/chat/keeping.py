"""Conversations kept, put away and forgotten: by their owner, and by age."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.conf import settings
from django.db.models import Q, QuerySet
from django.utils import timezone

from enablement import audit
from enablement.chat.shape import answer_json, line_number
from enablement.models import Conversation, Person
from enablement.texts import clean_text

MAX_TITLE = 120
# A deleted conversation can be brought back for so long.
UNDO_FOR = timedelta(days=7)
# So long before a conversation is forgotten by age, its owner is shown that it will be.
SOON = timedelta(days=7)


def rename(conversation: Conversation, title: str) -> None:
    """Give a conversation another title. Raises BadText."""
    conversation.title = " ".join(clean_text(title, what="title", limit=MAX_TITLE).split())
    # Not `save`: a new title is no new question, and does not move it up.
    Conversation.objects.filter(pk=conversation.pk).update(title=conversation.title)


def put_away(conversation: Conversation) -> None:
    """Delete a conversation; for a week it can be brought back."""
    Conversation.objects.filter(pk=conversation.pk).update(deleted_at=timezone.now())


def bring_back(conversation: Conversation) -> None:
    Conversation.objects.filter(pk=conversation.pk).update(deleted_at=None)


def put_away_by(person: Person) -> QuerySet[Conversation]:
    """Conversations that `person` deleted and may still bring back, the last deleted first."""
    since = timezone.now() - UNDO_FOR
    return Conversation.objects.filter(person=person, deleted_at__gte=since).order_by("-deleted_at")


def find_conversations(person: Person, words: str) -> QuerySet[Conversation]:
    """Conversations of `person` in which `words` stand, as `holding` looks for them."""
    return holding(Conversation.objects.visible_to(person), words)


def holding(found: QuerySet[Conversation], words: str) -> QuerySet[Conversation]:
    """Those of `found` whose title, a question, a line or an answer holds `words`; all of them without."""
    if not words:
        return found
    holds = (
        Q(title__icontains=words)
        | Q(turns__question__icontains=words)
        | Q(turns__say__icontains=words)
        | Q(turns__answer__icontains=words)
    )
    return found.filter(holds).distinct()


def take_along(conversation: Conversation, person: Person) -> str:
    """Return a conversation of `person`'s as a Markdown file, and put on record that it was taken."""
    audit.record(person, "export_conversation", conversation)
    return as_markdown(conversation)


def as_markdown(conversation: Conversation) -> str:
    """A conversation as a text file: questions, answers, and the lines that these rest on."""
    parts = [f"# {conversation.title}"]
    for turn in conversation.turns.prefetch_related("citations"):
        parts.append(f"## {' '.join(turn.question.split())}")
        parts += [f"> {turn.say} {line_number(answer_json(turn))}".rstrip()] if turn.say else []
        parts += [turn.answer] if turn.answer else []
        parts += [f"_{turn.note}_"] if turn.note else []
        parts += [
            f"[{cited.n}] {cited.title}: “{' '.join(cited.quote.split())}”" for cited in turn.citations.all()
        ]
    return "\n\n".join(parts) + "\n"


def soon_forgotten(person: Person, now: datetime) -> QuerySet[Conversation]:
    """Conversations of `person` that `forget` will delete within a week unless they are gone on with."""
    coming = to_be_forgotten(now + SOON)
    return coming.filter(person=person, deleted_at=None).order_by("updated_at")


def to_be_forgotten(now: datetime) -> QuerySet[Conversation]:
    """What `forget` would delete at `now`: put away long enough, or not gone on with for the days set."""
    old = Q(deleted_at__lt=now - UNDO_FOR)
    if settings.CONVERSATION_DAYS:
        old |= Q(updated_at__lt=now - timedelta(days=settings.CONVERSATION_DAYS))
    return Conversation.objects.filter(old)


def forget(now: datetime) -> int:
    """Delete for good what is too old. Return how many conversations."""
    _, by_kind = to_be_forgotten(now).delete()
    return int(by_kind.get(Conversation._meta.label, 0))
