"""More time in quizzes: given to a person by who manages them, or added to an attempt by who takes it."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from enablement import audit
from enablement.models import Person
from quizzes.attempts import AttemptClosed, TimeOver
from quizzes.deadlines import MOST_EXTENSIONS, deadline_of, is_over, lengthened, server_now
from quizzes.models import Attempt, ExtraTime, TimeShare, minutes_for, share_of


class NoMoreTime(ValueError):
    """This attempt ends when it ends. The message is one sentence for its person."""


@transaction.atomic
def give_extra_time(manager: Person, person: Person, share: TimeShare) -> None:
    """Say how much of a quiz's time somebody has from now on. What runs gets more too, and never less.

    An attempt whose time has run out stays over, also where it is not closed yet.
    """
    before = share_of(Person.objects.select_for_update(no_key=True).get(pk=person.pk))
    if share == before:
        return
    row, _ = ExtraTime.objects.update_or_create(person=person, defaults={"share": share})
    attempts = Attempt.objects.of(person).open().select_for_update(no_key=True, of=["self"])
    now = server_now()
    for attempt in attempts.select_related("quiz"):
        if is_over(attempt.deadline, now):
            continue
        minutes = minutes_for(person, attempt.quiz)
        attempt.deadline = max(attempt.deadline, deadline_of(attempt.started_at, minutes, attempt.extensions))
        attempt.save(update_fields=["deadline"])
    audit.record(
        manager, "give_extra_time", person, before={"per_cent": before}, after={"per_cent": row.share}
    )


@transaction.atomic
def extend_attempt(
    attempt: Attempt, person: Person, *, known: int | None = None, now: datetime | None = None
) -> Attempt:
    """Add the person's time for the quiz, as it is now, to what their own attempt has.

    `known` is how often it had been lengthened when the page with the button was made. Where it was since,
    the press is one that is sent again, and nothing is added.

    Raises AttemptClosed once it is handed in, TimeOver once its time has run out, NoMoreTime where the quiz
    allows none or it was lengthened ten times.
    """
    rows = Attempt.objects.of(person).select_for_update(no_key=True, of=["self"])
    attempt = rows.select_related("quiz").get(pk=attempt.pk)
    if not attempt.is_open:
        raise AttemptClosed("This attempt has been handed in, so its time is over.")
    if is_over(attempt.deadline, now or server_now()):
        raise TimeOver("The time for this attempt is over. What was saved until then is graded.")
    if known is not None and known < attempt.extensions:
        return attempt
    if attempt.quiz.strict_time:
        raise NoMoreTime("The time is part of what this quiz asks. Your manager can give you more.")
    if not attempt.can_be_extended:
        raise NoMoreTime(f"It was lengthened {MOST_EXTENSIONS} times, or has no limit. Finish as you are.")
    attempt.extensions += 1
    minutes = minutes_for(person, attempt.quiz)
    attempt.deadline = lengthened(attempt.deadline, attempt.started_at, minutes)
    attempt.save(update_fields=["extensions", "deadline"])
    audit.record(person, "extend_attempt", attempt, after={"extensions": attempt.extensions})
    return attempt
