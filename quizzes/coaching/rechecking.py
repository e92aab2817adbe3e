"""Two weeks after a note: other questions of the same kind, and then word to the manager. Each once."""

from __future__ import annotations

import logging
from datetime import datetime, timedelta
from random import Random, SystemRandom

from django.db import transaction
from django.utils import timezone

from enablement import audit
from enablement.models import Person
from enablement.trust.notices import notify
from quizzes.assignments.reminding import FROM_HOUR
from quizzes.bank import drawables
from quizzes.coaching.choosing import second_set
from quizzes.coaching.comparison import comparison_of
from quizzes.coaching.focus import askable, read_focuses
from quizzes.coaching.notes import COACHING, end_note, give_personal, personal_quiz
from quizzes.models import AttemptState, CoachingNote, Question
from quizzes.practice.days import zone_of
from quizzes.practice.questions import candidates

log = logging.getLogger(__name__)


def recheck_notes(now: datetime | None = None, random: Random | None = None) -> int:
    """Begin the re-checks whose day has come, and tell managers of those done. Return how many began.

    Run again, or twice at once, each begins once. One that fails keeps no other back.
    """
    now, random = now or timezone.now(), random or SystemRandom()
    # A day more than anywhere on earth; the person's own morning is asked for each.
    coming = CoachingNote.objects.standing().filter(
        recheck=None, recheck_on__lte=(now + timedelta(days=1)).date()
    )
    begun = sum(_try(note.pk, now, random) for note in coming)
    for note in (
        CoachingNote.objects.standing()
        .filter(recheck__attempts__state=AttemptState.SUBMITTED, recheck__attempts__waiting=0)
        .select_related("person", "by")
    ):
        _tell(note)
    return begun


def _try(note: int, now: datetime, random: Random) -> bool:
    try:
        return begin_recheck(note, now, random)
    except Exception:
        log.exception("the re-check of note %s could not begin", note)
        return False


@transaction.atomic
def begin_recheck(note_id: int, now: datetime, random: Random) -> bool:
    """Begin one re-check, if its day has come where the person is. Return whether it began now.

    Where the manager does not manage the person any more, the note ends instead.
    """
    note = CoachingNote.objects.select_for_update(of=["self"]).select_related("person", "by").get(pk=note_id)
    here = now.astimezone(zone_of(note.person.time_zone))
    if note.recheck_id or note.ended_at or (here.date(), here.hour) < (note.recheck_on, FROM_HOUR):
        return False
    managed = note.by is not None and Person.objects.visible_to(note.by).filter(
        pk=note.person_id, is_active=True
    )
    if not managed:
        end_note(note, None, ended=True, now=now)
        return False
    questions = _siblings(note, random)
    if not questions:
        end_note(note, None, ended=True, now=now)
        notify(
            [note.by] if note.by else [],
            COACHING,
            f"No re-check for {note.person.name}: no other questions are left on this",
            key=f"coaching:{note.pk}:none",
            url=note.get_absolute_url(),
        )
        return False
    title = note.items.title.replace("Coaching:", "Re-check:", 1)
    note.recheck = personal_quiz(title, f"recheck-{note.pk}", questions)
    note.save(update_fields=["recheck"])
    give_personal(note.recheck, note, now)
    notify(
        [note.person],
        COACHING,
        f"Two weeks later: {len(questions)} other questions on what you got a note about",
        key=f"coaching:{note.pk}:recheck",
        url=note.get_absolute_url(),
    )
    audit.record(None, "begin_recheck", note, after={"questions": len(questions)})
    return True


def _siblings(note: CoachingNote, random: Random) -> list[Question]:
    """Siblings of the note's questions that are none of them, in no version."""
    first = list(
        Question.objects.filter(places__quiz=note.items)
        .select_related("distinction")
        .prefetch_related("options", "distinction__outcomes")
    )
    slugs = {question.slug for question in first}
    found = askable(note.person, read_focuses(note.focus))
    pool = {one.pk: one for questions in found.values() for one in questions if one.slug not in slugs}
    met = {
        pool[one.question]
        for one in candidates(note.person, list(pool.values()))
        if one.seen_at is not None and one.seen_at >= note.made_at
    }
    return second_set(drawables(first), drawables(pool.values()), met, random)


def _tell(note: CoachingNote) -> None:
    manager = note.by
    if manager is not None and CoachingNote.objects.visible_to(manager).filter(pk=note.pk).exists():
        notify(
            [manager],
            COACHING,
            f"{note.person.name} has answered the re-check",
            key=f"coaching:{note.pk}:done",
            text=lambda: comparison_of(note, manager).verdict,
            url=note.get_absolute_url(),
        )
