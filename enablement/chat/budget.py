"""What a day's answers may cost: set aside before a call, put right after it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, time

from django.conf import settings
from django.db import connection, models, transaction
from django.utils import timezone

from enablement.chat.limits import Limits
from enablement.meters import MODEL_CALLS, MODEL_CENTS, MODEL_TOKENS
from enablement.models import ModelCall, Person, Team, Turn

# Characters of English to a token, for what the server does not count; low, so that we rather count too many.
CHARACTERS_PER_TOKEN = 3
SPENT = "The day’s budget for the language model is used up ({whose}); it begins again at midnight."

SWITCHED_OFF = "Your team uses no language model."


class BudgetSpent(Exception):
    """There is no room for the call today. The message says whose budget is used up."""


class ModelSwitchedOff(BudgetSpent):
    """A team of the person uses no language model: nothing of theirs is sent."""


@dataclass(frozen=True, slots=True)
class Usage:
    """Tokens as the server counted them."""

    read: int
    written: int


def set_aside(turn: Turn, messages: Sequence[dict[str, str]], limits: Limits) -> ModelCall:
    """Set aside the most that a call can take. Raises BudgetSpent, before anything is sent.

    One at a time: two calls at once cannot both take the last of a budget.
    """
    return set_aside_for(turn.conversation.person, messages, limits, turn)


def set_aside_for(
    person: Person, messages: Sequence[dict[str, str]], limits: Limits, turn: Turn | None = None
) -> ModelCall:
    """As `set_aside`, for a call that may belong to no turn. Raises BudgetSpent."""
    read = estimate("".join(message["content"] for message in messages))
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(hashtext('model-budget'))")
        _check(person, read + limits.most_tokens)
        return ModelCall.objects.create(
            turn=turn,
            person=person,
            model=settings.OPENAI_MODEL[:100],
            tokens_read=read,
            tokens_written=limits.most_tokens,
        )


def settle(call: ModelCall, usage: Usage | None, written: str) -> None:
    """Put down what the call took: as the server counted, else as the texts have it."""
    call.measured = usage is not None
    if usage is not None:
        call.tokens_read, call.tokens_written = usage.read, usage.written
    elif written:
        call.tokens_written = estimate(written)
    else:
        # Nothing came: a call that failed is not billed.
        call.tokens_read = call.tokens_written = 0
    read, wrote = settings.MODEL_CENTS_READ, settings.MODEL_CENTS_WRITTEN
    call.cost = call.tokens_read * read + call.tokens_written * wrote
    call.save(update_fields=["tokens_read", "tokens_written", "measured", "cost"])
    MODEL_CALLS.labels("answered" if written or usage else "failed").inc()
    MODEL_TOKENS.labels("read").inc(call.tokens_read)
    MODEL_TOKENS.labels("written").inc(call.tokens_written)
    MODEL_CENTS.inc(call.cost / 1_000_000)


def estimate(text: str) -> int:
    """Return about how many tokens a text has."""
    return len(text) // CHARACTERS_PER_TOKEN + 1


def _check(person: Person, tokens: int) -> None:
    if Team.objects.filter(members=person, may_ask_model=False).exists():
        raise ModelSwitchedOff(SWITCHED_OFF)
    today = ModelCall.objects.filter(at__gte=_midnight())
    if _is_over(today.filter(person=person), tokens, settings.MODEL_TOKENS_PERSON):
        raise BudgetSpent(SPENT.format(whose="yours"))
    for team in Team.objects.filter(members=person):
        if _is_over(today.filter(person__in=team.members.all()), tokens, settings.MODEL_TOKENS_TEAM):
            raise BudgetSpent(SPENT.format(whose=f"team {team.name}"))
    if _is_over(today, tokens, settings.MODEL_TOKENS_DAY):
        raise BudgetSpent(SPENT.format(whose="everybody together"))


def _is_over(calls: models.QuerySet[ModelCall], tokens: int, limit: int) -> bool:
    if not limit:
        return False
    spent = calls.aggregate(sum=models.Sum(models.F("tokens_read") + models.F("tokens_written")))["sum"] or 0
    return bool(spent + tokens > limit)


def _midnight() -> datetime:
    return timezone.make_aware(datetime.combine(timezone.localdate(), time.min))
