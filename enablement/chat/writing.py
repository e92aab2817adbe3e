"""A question to an answer, as events: search, gate, approved line, a model's checked sentences or our own."""

from __future__ import annotations

import time
from collections.abc import Callable, Generator, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from django.conf import settings

from enablement import outbox
from enablement.chat.aloud import is_spoken
from enablement.chat.answered_by import answered_by
from enablement.chat.approved import find_approved_line, likely_line, lines_among
from enablement.chat.breaker import Breaker
from enablement.chat.budget import BudgetSpent, Usage, set_aside, settle
from enablement.chat.compose import Piece, compose, pieces_of
from enablement.chat.contested import cited_dispute, contested_note, find_dispute, house_position
from enablement.chat.draft import LOCAL, REFUSAL, Draft, target_json
from enablement.chat.events import ALIVE, Event
from enablement.chat.fixed import ENGINE, as_hit, find_fixed
from enablement.chat.followup import Earlier, stand_alone
from enablement.chat.gate.asks import plainly
from enablement.chat.gate.deciding import WEIGHED, decide
from enablement.chat.gate.model import shipped_gate
from enablement.chat.given import Given, read_given
from enablement.chat.likely import likely_pieces
from enablement.chat.limits import Limits
from enablement.chat.lines import LineBuffer
from enablement.chat.model import ModelUnavailable, has_model, stream_text
from enablement.chat.passages import about, question_vector
from enablement.chat.points import points_of
from enablement.chat.prompt import NOT_COVERED, OFFERED, build_messages
from enablement.chat.relayed import without_frame
from enablement.chat.standing import expired_note
from enablement.chat.verdicts import find_verdict, lines_of, verdict_json
from enablement.chat.verify import check_claim, read_claim
from enablement.judges.reading import is_foreign
from enablement.models import FixedAnswer, Lesson, Person, Turn, TurnState
from enablement.retrieval.search import Hit, search
from enablement.retrieval.spelling import correct
from enablement.words import spell_out

# Passages that are looked for. The first few decide whether there is an answer, as the gate was fitted; it
# may stand on any.
SEARCHED = 40
OWN_WORDS = "This answer is in the knowledge base’s own sentences."
LEFT_OUT = "Some sentences of the language model were left out: the passages do not say what they said."
DRAFT_GIVEN = (
    "This reads like a draft. “Check wording” on the home page goes through it sentence by sentence."
)
BEING_READ_IN = "The lessons are still being read in, so there is no answer yet. Ask again in a minute."
ENGLISH = "The knowledge base is in English, and so are its answers: ask in English."
DESERTED = "The page was left, so the language model was stopped."
# What models put around lines of JSON.
FENCES = ("```", "```json", "```jsonl", "[", "]")
WITHDRAWN = f"The language model’s text was not what the passages say. {OWN_WORDS}"


class Stop(StrEnum):
    """Why an answer is to end early: the asker said so, or nobody listens any more."""

    ASKED = "asked"
    DESERTED = "deserted"


@dataclass(frozen=True, slots=True)
class Means:
    """What an answer is written with, and how it hears that it is to stop."""

    limits: Limits
    breaker: Breaker
    stopped: Callable[[], Stop | None]
    turn: Turn


def write_answer(
    question: str,
    person: Person,
    draft: Draft,
    means: Means | None = None,
    earlier: Earlier | None = None,
) -> Iterator[Event]:
    """Write the answer to `question` into `draft`, telling what happens. Ends with a final state in it.

    Without `means` no model is asked. `earlier` is the turn before, for a question that leans on it.
    """
    asked, question = question, stand_alone(question, earlier)
    if question != asked:
        draft.understood = question
        yield Event("understood", {"text": question})
    if fixed := find_fixed(question, person):
        yield from _give_fixed(fixed, draft)
        return
    if is_foreign(asked):
        yield _note(draft, ENGLISH)
    yield from _read_what_was_given(asked, person, draft)
    question = without_frame(question)
    plain = plainly(question)
    found = search(spell_out(plain), person, limit=SEARCHED)
    known, hits = about(found.hits), found.hits[:WEIGHED]
    contexts = known.contexts
    if found.note:
        yield _note(draft, found.note)
    vector = None if found.note else question_vector(plain)
    question = correct(question, dict(found.corrected))
    if not decide(question, vector, hits, known, shipped_gate()).enough:
        yield from _fall_back(person, hits, draft)
        return
    points = points_of(found.hits, person)
    told = answered_by(vector)
    likely = likely_pieces(question, found.hits, contexts, told)
    lines = lines_among(found.hits, points, person)
    line = find_approved_line(question, vector, hits, contexts, lines)
    line = line or likely_line(question, contexts, lines, likely)
    if line is not None:
        yield from _give_line(line, draft)
    pieces = compose(question, found.hits, contexts, told, draft.say, points, likely)
    if means is not None and has_model():
        yield from _write_with_model(question, _offered(pieces, hits), draft, means)
    if draft.state == TurnState.STREAMING and not draft.sentences:
        yield from _write_ourselves(pieces, hits, draft)
    if draft.state == TurnState.STREAMING:
        yield from _say_that_it_is_contested(hits, draft)
        draft.state = TurnState.DONE
    if expired := expired_note(draft):
        yield _note(draft, expired)


def _give_line(line: Hit, draft: Draft) -> Iterator[Event]:
    draft.give_line(line)
    yield Event("say", {"text": line.text, **target_json(line)})
    yield Event("citations", {"citations": draft.citations_json()})


def _offered(pieces: Sequence[Piece], hits: Sequence[Hit]) -> list[Hit]:
    """Return the passages that a model is given: what we would answer from, then what was found."""
    first = {piece.hit.passage_id: piece.hit for piece in pieces}
    return list((first | {hit.passage_id: first.get(hit.passage_id, hit) for hit in hits}).values())[:OFFERED]


def _give_fixed(fixed: FixedAnswer, draft: Draft) -> Iterator[Event]:
    """Give an editor's answer word for word; each sentence stands on it."""
    draft.engine = ENGINE
    for piece in pieces_of(as_hit(fixed)):
        yield from _add(draft, piece.text, [(piece.hit, piece.start, piece.end)])
    draft.state = TurnState.DONE


def _read_what_was_given(text: str, person: Person, draft: Draft) -> Iterator[Event]:
    """Tell the verdict on a buyer's statement; point out where a draft is looked through."""
    draft.verdict = find_verdict(text, person)
    if draft.verdict is not None:
        yield Event("verdict", verdict_json(draft.verdict))
    elif read_given(text) == Given.DRAFT:
        yield _note(draft, DRAFT_GIVEN)


def _fall_back(person: Person, hits: Sequence[Hit], draft: Draft) -> Iterator[Event]:
    """Without evidence: what the verdict stands on, where there is one, else no answer."""
    for hit in lines_of(draft.verdict, person) if draft.verdict else ():
        for piece in pieces_of(hit):
            yield from _add(draft, piece.text, [(piece.hit, piece.start, piece.end)])
    if draft.sentences:
        draft.state = TurnState.DONE
    elif _are_being_read_in(person):
        draft.fail(BEING_READ_IN)
    else:
        yield _refuse(draft, hits)


def _are_being_read_in(person: Person) -> bool:
    """Whether a released lesson that `person` may read has no passages yet, and soon will have."""
    waiting = outbox.waiting().filter(name="index_lesson").values_list("arguments__lesson", flat=True)
    lessons = Lesson.objects.visible_to(person).released().filter(passages=None)
    return lessons.filter(pk__in=list(waiting)).exists()


def _say_that_it_is_contested(hits: Sequence[Hit], draft: Draft) -> Iterator[Event]:
    dispute = find_dispute(hits) or cited_dispute(draft)
    if dispute is None:
        return
    for piece in house_position(dispute, draft):
        yield from _add(draft, piece.text, [(piece.hit, piece.start, piece.end)])
    yield _note(draft, contested_note(dispute))


def _write_ourselves(pieces: Sequence[Piece], hits: Sequence[Hit], draft: Draft) -> Iterator[Event]:
    draft.engine = LOCAL
    if not pieces and draft.say is not None:
        # Nothing but the line itself: then that is the answer, with its source.
        pieces = pieces_of(draft.say)
    if not pieces:
        yield _refuse(draft, hits)
    for piece in pieces:
        yield from _add(draft, piece.text, [(piece.hit, piece.start, piece.end)])


def _write_with_model(question: str, hits: Sequence[Hit], draft: Draft, means: Means) -> Iterator[Event]:
    """Write what the model says and the passages support. Where that is nothing, we write ourselves."""
    if (why := means.stopped()) is not None:
        # They left, or pressed Stop, while we were looking for passages: nothing needs to be paid for.
        yield from _end_early(draft, why)
        return
    offered = dict(enumerate(hits, 1))
    passages = {number: (hit.title, hit.text) for number, hit in offered.items()}
    messages = build_messages(question, passages)
    try:
        lines = _Lines(messages, means)
    except BudgetSpent as error:
        yield _note(draft, f"{error} {OWN_WORDS}")
        return
    draft.engine = settings.OPENAI_MODEL
    written = left_out = 0
    try:
        for line in lines:
            if line is None:
                yield ALIVE
                continue
            if line.strip(' .*"') == NOT_COVERED and not draft.sentences:
                yield _refuse(draft, hits)
                return
            if line in FENCES:
                continue
            written += 1
            claim = read_claim(line)
            checked = check_claim(claim, passages) if claim and is_spoken(claim.sentence) else None
            if checked is None:
                left_out += 1
                if written == 1:
                    # The answer has lost its point: what follows would be an answer without one.
                    break
                continue
            yield from _add(draft, checked.text, [(offered[checked.passage], checked.start, checked.end)])
    except ModelUnavailable as error:
        yield from _withdraw(draft, f"{error} {OWN_WORDS}")
        return
    finally:
        lines.close()
    if (why := means.stopped()) is not None:
        yield from _end_early(draft, why)
    elif left_out >= len(draft.sentences):
        yield from _withdraw(draft, WITHDRAWN)
    elif left_out:
        yield _note(draft, LEFT_OUT)


def _end_early(draft: Draft, why: Stop) -> Iterator[Event]:
    """Keep what is written. Who left before the first sentence finds an answer in our own words."""
    if why == Stop.DESERTED and not draft.sentences:
        yield from _withdraw(draft, f"{DESERTED} {OWN_WORDS}")
        return
    draft.state = TurnState.STOPPED
    if why == Stop.DESERTED:
        yield _note(draft, DESERTED)


class _Lines:
    """The lines of a model's answer as they come. Raises BudgetSpent before any is asked for.

    What the call took is put down by `close`, once, however it ended.
    """

    def __init__(self, messages: list[dict[str, str]], means: Means) -> None:
        self._messages, self._means = messages, means
        self._call = set_aside(means.turn, messages, means.limits)
        self._usage: Usage | None = None
        self._written = ""
        self._pieces: Generator[str, None, None] | None = None

    def __iter__(self) -> Iterator[str | None]:
        """Yield whole lines, and None while nothing comes."""
        means, buffer = self._means, LineBuffer()
        self._pieces = stream_text(
            self._messages,
            limits=means.limits,
            breaker=means.breaker,
            stopped=lambda: means.stopped() is not None,
            on_usage=self._note_usage,
        )
        told = time.monotonic()
        for piece in self._pieces:
            self._written += piece
            lines: list[str | None] = list(buffer.feed(piece))
            # That a listener has left is noticed when something is sent: in the middle of a long line, too.
            if not lines and (not piece or time.monotonic() - told > means.limits.quiet):
                lines = [None]
            if lines:
                told = time.monotonic()
            yield from lines
        if means.stopped() is None:
            yield from buffer.flush()

    def close(self) -> None:
        if self._pieces is not None:
            self._pieces.close()
        settle(self._call, self._usage, self._written)

    def _note_usage(self, usage: Usage) -> None:
        self._usage = usage


def _add(draft: Draft, text: str, spans: Sequence[tuple[Hit, int, int]]) -> Iterator[Event]:
    before = draft.citations_json()
    blank = " " if draft.sentences else ""
    sentence = draft.add(text, spans)
    if draft.citations_json() != before:
        yield Event("citations", {"citations": draft.citations_json()})
    yield Event("token", {"text": blank + sentence})


def _withdraw(draft: Draft, why: str) -> Iterator[Event]:
    began = bool(draft.sentences)
    draft.withdraw()
    if began:
        yield Event("withdrawn")
        if draft.say is not None:
            # Its source went with the others.
            yield Event("citations", {"citations": draft.citations_json()})
    yield _note(draft, why)


def _note(draft: Draft, text: str) -> Event:
    draft.notes.append(text)
    return Event("note", {"text": text})


def _refuse(draft: Draft, hits: Sequence[Hit]) -> Event:
    draft.refuse(hits)
    return Event("refused", {"text": REFUSAL, "nearest": draft.nearest})
