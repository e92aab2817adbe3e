"""When people see the right answers to what they handed in."""

from __future__ import annotations

from enablement.models import Person
from quizzes.models import Attempt, AttemptState, Release


def shows_keys(attempt: Attempt, reader: Person) -> bool:
    """Whether `reader` may see the right answers and the feedback of a handed-in attempt.

    Those who manage the person may, unless they have the quiz open themselves; the person themselves by the
    quiz's policy.
    """
    if attempt.person_id != reader.pk:
        return not Attempt.objects.of(reader).open().filter(quiz=attempt.quiz_id).exists()
    if attempt.quiz.release == Release.AT_ONCE:
        return True
    if attempt.quiz.release == Release.NEVER:
        return False
    tried = Attempt.objects.filter(person=reader, quiz=attempt.quiz, state=AttemptState.SUBMITTED)
    return any(one.is_passed for one in tried.select_related("quiz"))
