"""Writing a note, answering it, ending it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from random import Random, SystemRandom
from typing import Final

from django.db import transaction

from enablement import audit
from enablement.models import Person, State
from enablement.texts import clean_text
from enablement.trust.notices import notify, shortened
from quizzes.assignments.giving import Wanted, give_assignment
from quizzes.bank import drawables
from quizzes.coaching.choosing import first_set
from quizzes.coaching.focus import FEWEST, Focus, askable
from quizzes.models import Assignment, CoachingNote, CoachingReply, Question, Quiz, QuizQuestion
from quizzes.practice.days import day_of, zone_of
from quizzes.practice.questions import candidates

# The kind of the messages about coaching.
COACHING: Final = "coaching"
# After so many days it is asked again.
DAYS_TO_RECHECK: Final = 14
# Days to answer the questions of a note, and later those of its re-check.
DAYS_TO_ANSWER: Final = 7
LONGEST_NOTE: Final = 2_000
MOST_FOCUSES: Final = 3


class BadNote(ValueError):
    """Cannot be written so. The message is one sentence for the manager."""


@transaction.atomic
def write_note(
    by: Person,
    person: Person,
    text: str,
    focuses: Sequence[Focus],
    *,
    now: datetime,
    random: Random | None = None,
) -> CoachingNote:
    """Write a note with questions about `focuses`, and tell the rep. Raises BadNote, BadText.

    Whether `by` manages `person` is the caller's to ask.
    """
    text = clean_text(text, what="note", limit=LONGEST_NOTE)
    if not 1 <= len(focuses) <= MOST_FOCUSES:
        raise BadNote(f"Choose what it is about: from one to {MOST_FOCUSES} things.")
    # The lock makes the same note sent twice at once wait for itself.
    Person.objects.select_for_update(no_key=True).get(pk=person.pk)
    if CoachingNote.objects.standing().filter(by=by, person=person, text=text, recheck=None).exists():
        raise BadNote(f"{person.name} has this note already.")
    questions = _pool(person, focuses)
    met = {one.question: one.seen_at for one in candidates(person, questions)}
    seen = {question: at for question in questions if (at := met.get(question.pk)) is not None}
    chosen = first_set(drawables(questions), seen, random or SystemRandom())
    if len(chosen) < FEWEST:
        raise BadNote(
            f"There are {len(questions)} questions on this, and {2 * FEWEST} are needed: half now, half "
            "later. Choose something more, or ask an editor to write some."
        )
    today = day_of(now, zone_of(person.time_zone))
    title = ", ".join(focus.title for focus in focuses)
    note = CoachingNote.objects.create(
        person=person,
        by=by,
        text=text,
        focus=[focus.key for focus in focuses],
        items=personal_quiz(f"Coaching: {title}", f"coaching-{person.pk}-{now:%Y%m%d%H%M%S%f}", chosen),
        recheck_on=today + timedelta(days=DAYS_TO_RECHECK),
        made_at=now,
    )
    give_personal(note.items, note, now)
    notify(
        [person],
        COACHING,
        f"{by.name} wrote you a note, with {len(chosen)} questions",
        key=f"coaching:{note.pk}",
        text=shortened(text),
        url=note.get_absolute_url(),
    )
    audit.record(by, "write_note", note, after={"person": person.pk, "focus": note.focus})
    return note


def _pool(person: Person, focuses: Sequence[Focus]) -> list[Question]:
    by_focus = askable(person, focuses)
    return list({question.pk: question for found in by_focus.values() for question in found}.values())


def personal_quiz(title: str, slug: str, questions: Sequence[Question]) -> Quiz:
    """Make a quiz of `questions` for one person. It is done when it is handed in, however it went."""
    quiz = Quiz.objects.create(
        lesson=questions[0].lesson,
        slug=slug[:80],
        title=title[:300],
        pass_mark=0,
        personal=True,
        state=State.RELEASED,
    )
    QuizQuestion.objects.bulk_create(
        QuizQuestion(quiz=quiz, question=question, order=order) for order, question in enumerate(questions)
    )
    return quiz


def give_personal(quiz: Quiz, note: CoachingNote, now: datetime) -> None:
    """Assign the questions of a note or a re-check, so that the rep is reminded of them like of the rest."""
    if note.by is not None:
        today = day_of(now, zone_of(note.by.time_zone))
        wanted = Wanted(quiz=quiz, person=note.person)
        give_assignment(note.by, wanted, today + timedelta(days=DAYS_TO_ANSWER), told=True, now=now)


@transaction.atomic
def answer_note(note: CoachingNote, by: Person, text: str, *, now: datetime) -> CoachingReply:
    """Answer a note, and tell the other side. Raises BadText."""
    text = clean_text(text, what="answer", limit=LONGEST_NOTE)
    reply = CoachingReply.objects.create(note=note, by=by, text=text, at=now)
    others = [one for one in (note.person, note.by) if one is not None and one.pk != by.pk]
    title = f"{by.name} answered {'your note' if by == note.person else 'about your note'}"
    key = f"coaching:{note.pk}:answer:{reply.pk}"
    notify(
        _who_may_read(note, others),
        COACHING,
        title,
        key=key,
        text=shortened(text),
        url=note.get_absolute_url(),
    )
    audit.record(by, "answer_note", note)
    return reply


def _who_may_read(note: CoachingNote, people: Sequence[Person]) -> list[Person]:
    """A manager who does not manage the rep any more hears nothing further."""
    return [one for one in people if CoachingNote.objects.visible_to(one).filter(pk=note.pk).exists()]


@transaction.atomic
def end_note(note: CoachingNote, actor: Person | None, *, ended: bool, now: datetime) -> None:
    """Let no re-check come, or, with `ended` False, let it come after all. What was answered stays."""
    note.ended_at = now if ended else None
    note.save(update_fields=["ended_at"])
    given = Assignment.objects.filter(
        quiz__in=[quiz for quiz in (note.items, note.recheck) if quiz is not None]
    )
    given.update(withdrawn_at=note.ended_at)
    audit.record(actor, "end_note", note, after={"ended": ended})
