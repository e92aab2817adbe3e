"""When people see the right answers to what they handed in."""

from __future__ import annotations

from enablement.models import Person
from quizzes.models import Attempt, AttemptState, Release


def shows_keys(attempt: Attempt, reader: Person) -> bool:
    """Whether `reader` may see the right answers and the feedback of a handed-in attempt.

    Those who manage the person always may; the person themselves by the quiz's policy.
    """
    if attempt.person_id != reader.pk or attempt.quiz.release == Release.AT_ONCE:
        return True
    if attempt.quiz.release == Release.NEVER:
        return False
    tried = Attempt.objects.filter(person=reader, quiz=attempt.quiz, state=AttemptState.SUBMITTED)
    return any(one.is_passed for one in tried.select_related("quiz"))
