"""One turn: a question stored, its answer as a generator of events, the end stored whatever happens."""

from __future__ import annotations

import logging
import uuid
from collections.abc import Generator, Iterator
from datetime import timedelta

from django.conf import settings
from django.core.cache import cache
from django.db import models, transaction
from django.utils import timezone
from redis.exceptions import RedisError

from enablement.chat.at_once import TooManyAtOnce, check_room
from enablement.chat.breaker import Breaker
from enablement.chat.draft import LOCAL, Draft
from enablement.chat.events import Event
from enablement.chat.following import Telling, follow, is_deserted, note_left
from enablement.chat.followup import Earlier
from enablement.chat.gaps import close_gaps, open_gap
from enablement.chat.limits import LIMITS, Limits
from enablement.chat.model import has_model
from enablement.chat.shape import answer_json
from enablement.chat.silent import note_answered, note_asked_again
from enablement.chat.verdicts import verdict_json
from enablement.chat.writing import Means, Stop, write_answer
from enablement.deliveries import record_deliveries
from enablement.models import Citation, Conversation, Person, Surface, Turn, TurnState
from enablement.texts import MAX_QUESTION, clean_text

log = logging.getLogger(__name__)

BREAKER = Breaker()
# An answer takes at most a minute (limits.py). One still unwritten after this has lost its writer.
GIVEN_UP_AFTER = timedelta(seconds=90)
FAILED = "Something went wrong while this was answered. Ask again."
TITLE_LENGTH = 80
# Citations of these have a title that begins with the name of a subject.
NAMED_KINDS = ("card", "fit", "term")


def ask(
    person: Person,
    text: str,
    surface: Surface,
    conversation: Conversation | None = None,
    *,
    turn_id: uuid.UUID | None = None,
) -> Turn:
    """Store a question with an answer to be written. Raises BadText, TooManyAtOnce.

    With a `turn_id` of the asker's making, sending the same twice stores it once and returns that turn.
    """
    question = clean_text(text, what="question", limit=MAX_QUESTION)
    with transaction.atomic():
        if turn_id is not None:
            _lock(str(turn_id))
            known = Turn.objects.filter(pk=turn_id).select_related("conversation").first()
            if known is not None and known.conversation.person_id == person.pk:
                return known
            if known is not None:
                turn_id = None  # Somebody else's: it opens nothing.
        check_room(person, timezone.now() - GIVEN_UP_AFTER)
        if conversation is None:
            conversation = Conversation.objects.create(person=person, title=_title(question), surface=surface)
        else:
            conversation.save(update_fields=["updated_at"])
        return Turn.objects.create(pk=turn_id or uuid.uuid4(), conversation=conversation, question=question)


def answer(
    turn: Turn, *, limits: Limits = LIMITS, breaker: Breaker = BREAKER
) -> Generator[Event, None, None]:
    """Answer `turn`, event by event. The last one is `done` or `failed`; see events.py.

    A turn is answered once: where somebody else is at it, or it is over, one event `elsewhere` says so.
    When the listener leaves, the answer comes to an end and is stored all the same. A model is stopped for it
    where nobody takes the answer up again (following.py).
    """
    draft = Draft()
    try:
        if not _claim(turn):
            yield Event("elsewhere")
            return
    except TooManyAtOnce as error:
        draft.fail(str(error))
        _store(turn, draft)
        yield _last_event(turn)
        return
    means = Means(limits, breaker, lambda: _why_stopped(turn), turn)
    events, telling = _write(turn, draft, means), Telling(turn)
    try:
        # Not `yield from`: a listener that leaves would end the writing too.
        for event in events:
            telling.tell(event)
            yield event
    except GeneratorExit:
        note_left(turn)
        raise
    finally:
        for event in events:
            telling.tell(event)
        _store(turn, draft)
        telling.tell(_last_event(turn))
        if turn.state == TurnState.DONE:
            note_answered(turn)
    yield _last_event(turn)


def listen(turn: Turn) -> Generator[Event, None, None]:
    """Answer `turn`; where it is being written already, tell what was said so far and go on from there."""
    for event in answer(turn):
        if event.name != "elsewhere" or not _is_being_written(turn):
            yield event
            continue
        yield from follow(turn)


def answer_now(person: Person, text: str, surface: Surface, conversation: Conversation | None = None) -> Turn:
    """Ask and answer, waiting for the end. Raises BadText; how it ended is the turn's state."""
    turn = ask(person, text, surface, conversation)
    for _ in answer(turn):
        pass
    return turn


def stop(turn: Turn) -> None:
    """Stop the answer: at once where nobody has begun it, else within a moment, keeping what is written.

    Raises RedisError when the writer cannot be told.
    """
    waiting = Turn.objects.filter(pk=turn.pk, state=TurnState.STREAMING, engine="")
    if not waiting.update(state=TurnState.STOPPED, finished_at=timezone.now()):
        cache.set(_stop_key(turn), True, timeout=2 * GIVEN_UP_AFTER.seconds)


def is_given_up(turn: Turn) -> bool:
    """Whether a turn that is still being written has lost its writer."""
    return turn.state == TurnState.STREAMING and turn.asked_at < timezone.now() - GIVEN_UP_AFTER


def is_waiting(turn: Turn) -> bool:
    """Whether nobody has begun to answer `turn`."""
    return turn.state == TurnState.STREAMING and not turn.engine and not is_given_up(turn)


def _is_being_written(turn: Turn) -> bool:
    return Turn.objects.filter(pk=turn.pk, state=TurnState.STREAMING).exists()


def _last_event(turn: Turn) -> Event:
    if turn.state == TurnState.FAILED:
        return Event("failed", {"message": turn.note, "turn": str(turn.pk), "state": turn.state})
    return Event("done", answer_json(turn) | {"turn": str(turn.pk), "state": turn.state, "note": turn.note})


def _claim(turn: Turn) -> bool:
    """Take the turn, unless it is over or somebody living is at it. Of two at once, one gets it.

    Raises TooManyAtOnce: whoever sends many questions at the same time has none written when they are asked.
    """
    engine = settings.OPENAI_MODEL if has_model() else LOCAL
    since, person = timezone.now() - GIVEN_UP_AFTER, turn.conversation.person
    unclaimed = models.Q(engine="") | models.Q(asked_at__lt=since)
    free = Turn.objects.filter(unclaimed, pk=turn.pk, state=TurnState.STREAMING)
    with transaction.atomic():
        _lock(f"answers to {person.pk}")
        if not free.exists():
            return False
        check_room(person, since)
        return bool(free.update(engine=engine[:100]))


def _write(turn: Turn, draft: Draft, means: Means) -> Iterator[Event]:
    """Write the answer. Whatever goes wrong becomes the state of the draft."""
    try:
        earlier = _earlier(turn)
        yield from write_answer(turn.question, turn.conversation.person, draft, means, earlier)
    except Exception:
        log.exception("turn %s failed", turn.pk)
        draft.fail(FAILED)


@transaction.atomic
def _store(turn: Turn, draft: Draft) -> None:
    """Store the end of a turn: text, state, citations, deliveries and gap. The first to end it wins."""
    current = Turn.objects.select_for_update().get(pk=turn.pk)
    if current.state == TurnState.STREAMING:
        current.state, current.engine, current.answer = draft.state, draft.engine[:100], draft.text
        current.say = draft.say.text if draft.say else ""
        current.note, current.nearest = " ".join(draft.notes), draft.nearest
        current.understood = draft.understood
        current.verdict = verdict_json(draft.verdict) if draft.verdict else {}
        current.finished_at = timezone.now()
        current.save()
        _store_citations(current, draft)
        if draft.state == TurnState.REFUSED:
            open_gap(current)
        elif draft.state == TurnState.DONE:
            close_gaps(current.understood or current.question)
            note_asked_again(current)
        conversation = turn.conversation
        record_deliveries(conversation.person, Surface(conversation.surface), "answer", draft.lines())
    fields = ("state", "engine", "answer", "say", "note", "nearest", "understood", "verdict", "finished_at")
    turn.refresh_from_db(fields=fields)


def _store_citations(turn: Turn, draft: Draft) -> None:
    Citation.objects.bulk_create(
        Citation(turn=turn, passage_key=cited.hit.key, **cited.as_json())
        for cited in draft.citations.values()
    )


def _earlier(turn: Turn) -> Earlier | None:
    """The last answered turn before this one, as far as a question may lean on it."""
    before = Turn.objects.filter(
        conversation_id=turn.conversation_id, asked_at__lt=turn.asked_at, state=TurnState.DONE
    ).last()
    if before is None:
        return None
    cited = before.citations.filter(kind__in=NAMED_KINDS).order_by("n")
    subjects = [title.split(" › ")[0] for title in cited.values_list("title", flat=True)]
    return Earlier(before.understood or before.question, subjects)


def _why_stopped(turn: Turn) -> Stop | None:
    try:
        if cache.get(_stop_key(turn)):
            return Stop.ASKED
        return Stop.DESERTED if is_deserted(turn) else None
    except RedisError as error:
        # The answer goes on: it ends by itself within a minute.
        log.warning("whether turn %s was stopped cannot be asked: %s", turn.pk, type(error).__name__)
        return None


def _stop_key(turn: Turn) -> str:
    return f"stop-turn-{turn.pk}"


def _lock(what: str) -> None:
    """Let one at a time go on, to the end of the transaction: storing a question, beginning an answer."""
    with transaction.get_connection().cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext(%s))", [what])


def _title(question: str) -> str:
    line = " ".join(question.split())
    return line if len(line) <= TITLE_LENGTH else line[: TITLE_LENGTH - 1].rsplit(" ", 1)[0] + "…"
