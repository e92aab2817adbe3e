"""Answers that did not help although nobody said so: asked again at once, cards opened right after."""

from __future__ import annotations

import logging
from datetime import timedelta

from django.core.cache import cache
from redis.exceptions import RedisError

from enablement.chat.gaps import open_gap
from enablement.models import GapReason, Person, Turn, TurnState
from enablement.words import content_words

log = logging.getLogger(__name__)

# The same question again, or cards opened, within this time after an answer say that it did not help.
AT_ONCE = timedelta(seconds=90)
CARDS = 3
# So much of their content words two questions share that are the same one in other words.
SAME_SHARE = 0.5


def note_answered(turn: Turn) -> None:
    """Remember that `turn` was just answered, for the cards that are opened next."""
    try:
        cache.set(_key(turn.conversation.person), {"turn": turn.pk.hex, "opened": []}, AT_ONCE.seconds)
    except RedisError as error:
        log.warning("what is opened after turn %s is not watched: %s", turn.pk, type(error).__name__)


def note_opened(person: Person, slug: str) -> None:
    """Note that a card was opened; the third one right after an answer makes a gap of its question."""
    try:
        watched = cache.get(_key(person))
        if watched is None or slug in watched["opened"]:
            return
        watched["opened"].append(slug)
        cache.set(_key(person), watched, AT_ONCE.seconds)
    except RedisError:
        return
    if len(watched["opened"]) == CARDS:
        turn = Turn.objects.filter(pk=watched["turn"], conversation__person=person).first()
        if turn is not None:
            open_gap(turn, GapReason.READ_ON)


def note_asked_again(turn: Turn) -> None:
    """Where `turn` asks again what was answered a moment ago, that answer did not help."""
    before = (
        Turn.objects.filter(
            conversation__person=turn.conversation.person,
            asked_at__lt=turn.asked_at,
            finished_at__gte=turn.asked_at - AT_ONCE,
            state=TurnState.DONE,
        )
        .order_by("asked_at")
        .last()
    )
    if before is not None and is_same(before.question, turn.question):
        open_gap(before, GapReason.ASKED_AGAIN)


def is_same(one: str, other: str) -> bool:
    """Whether two questions are one in other words."""
    first, second = set(content_words(one)), set(content_words(other))
    return bool(first | second) and len(first & second) >= SAME_SHARE * len(first | second)


def _key(person: Person) -> str:
    return f"answered-{person.pk}"
