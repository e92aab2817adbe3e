"""A question to an answer, as events: search, gate, approved line, a model's checked sentences or our own."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from django.conf import settings
from django.db import connection

from enablement.chat.approved import find_approved_line
from enablement.chat.breaker import Breaker
from enablement.chat.compose import compose, pieces_of
from enablement.chat.contested import contested_note, find_dispute, house_position
from enablement.chat.draft import LOCAL, REFUSAL, Draft, target_json
from enablement.chat.events import Event
from enablement.chat.evidence import weigh
from enablement.chat.limits import Limits
from enablement.chat.model import ModelUnavailable, has_model, stream_text
from enablement.chat.prompt import NOT_COVERED, build_messages
from enablement.chat.sentences import SentenceBuffer
from enablement.chat.standing import expired_note
from enablement.chat.verify import check_sentence
from enablement.models import Passage, Person, TurnState
from enablement.retrieval.search import Hit, search
from enablement.words import spell_out

SEARCHED = 12
# Passages that a model is given. More of them make it wander; the right one is nearly always among these.
OFFERED = 8
OWN_WORDS = "This answer is in the knowledge base’s own sentences."
LEFT_OUT = "Some sentences of the language model were left out: the passages do not say what they said."
WITHDRAWN = f"The language model’s text was not what the passages say. {OWN_WORDS}"


@dataclass(frozen=True, slots=True)
class Means:
    """What an answer is written with, and how it hears that it is to stop."""

    limits: Limits
    breaker: Breaker
    stopped: Callable[[], bool]


def write_answer(question: str, person: Person, draft: Draft, means: Means) -> Iterator[Event]:
    """Write the answer to `question` into `draft`, telling what happens. Ends with a final state in it."""
    found = search(spell_out(question), person, limit=SEARCHED)
    contexts = _contexts(found.hits)
    if found.note:
        yield _note(draft, found.note)
    if not weigh(question, found.hits, contexts).enough:
        yield _refuse(draft, found.hits)
        return
    draft.say = find_approved_line(question, found.hits, contexts, person)
    if draft.say is not None:
        yield Event("say", {"text": draft.say.text, **target_json(draft.say)})
    if has_model():
        yield from _write_with_model(question, found.hits[:OFFERED], draft, means)
    if draft.state == TurnState.STREAMING and not draft.sentences:
        yield from _write_ourselves(question, found.hits, contexts, draft)
    if draft.state == TurnState.STREAMING:
        yield from _say_that_it_is_contested(found.hits, draft)
        draft.state = TurnState.DONE
    if expired := expired_note(draft):
        yield _note(draft, expired)


def _say_that_it_is_contested(hits: Sequence[Hit], draft: Draft) -> Iterator[Event]:
    dispute = find_dispute(hits)
    if dispute is None:
        return
    for piece in house_position(dispute, draft):
        yield from _add(draft, piece.text, [(piece.hit, piece.start, piece.end)])
    yield _note(draft, contested_note(dispute))


def let_go_of_database() -> None:
    """Give the connection back while nothing needs it: a model may talk for a minute."""
    if not connection.in_atomic_block:
        connection.close()


def _contexts(hits: Sequence[Hit]) -> dict[int, str]:
    ids = [hit.passage_id for hit in hits]
    return dict(Passage.objects.filter(pk__in=ids).values_list("pk", "context"))


def _write_ourselves(
    question: str, hits: Sequence[Hit], contexts: dict[int, str], draft: Draft
) -> Iterator[Event]:
    draft.engine = LOCAL
    pieces = compose(question, hits, contexts, said=draft.say)
    if not pieces and draft.say is not None:
        # Nothing but the line itself: then that is the answer, with its source.
        pieces = pieces_of(draft.say)
    if not pieces:
        yield _refuse(draft, hits)
    for piece in pieces:
        yield from _add(draft, piece.text, [(piece.hit, piece.start, piece.end)])


def _write_with_model(question: str, hits: Sequence[Hit], draft: Draft, means: Means) -> Iterator[Event]:
    """Write what the model says and the passages support. Where that is nothing, we write ourselves."""
    let_go_of_database()
    draft.engine = settings.OPENAI_MODEL
    offered = dict(enumerate(hits, 1))
    passages = {number: (hit.title, hit.text) for number, hit in offered.items()}
    left_out = 0
    try:
        for sentence in _sentences(build_messages(question, passages), means):
            if sentence.strip(" .*") == NOT_COVERED and not draft.sentences:
                yield _refuse(draft, hits)
                return
            checked = check_sentence(sentence, passages)
            if checked is None:
                left_out += 1
                continue
            yield from _add(draft, checked.text, [(offered[n], *span) for n, span in checked.spans.items()])
    except ModelUnavailable as error:
        yield from _withdraw(draft, f"{error} {OWN_WORDS}")
        return
    if means.stopped():
        draft.state = TurnState.STOPPED
    elif not draft.sentences:
        yield from _withdraw(draft, WITHDRAWN)
    elif left_out:
        yield _note(draft, LEFT_OUT)


def _sentences(messages: list[dict[str, str]], means: Means) -> Iterator[str]:
    buffer = SentenceBuffer()
    for piece in stream_text(messages, limits=means.limits, breaker=means.breaker, stopped=means.stopped):
        yield from buffer.feed(piece)
    if not means.stopped():
        yield from buffer.flush()


def _add(draft: Draft, text: str, spans: Sequence[tuple[Hit, int, int]]) -> Iterator[Event]:
    before = draft.citations_json()
    blank = " " if draft.sentences else ""
    sentence = draft.add(text, spans)
    if draft.citations_json() != before:
        yield Event("citations", {"citations": draft.citations_json()})
    yield Event("token", {"text": blank + sentence})


def _withdraw(draft: Draft, why: str) -> Iterator[Event]:
    if draft.sentences:
        yield Event("withdrawn")
    draft.withdraw()
    yield _note(draft, why)


def _note(draft: Draft, text: str) -> Event:
    draft.notes.append(text)
    return Event("note", {"text": text})


def _refuse(draft: Draft, hits: Sequence[Hit]) -> Event:
    draft.refuse(hits)
    return Event("refused", {"text": REFUSAL, "nearest": draft.nearest})
