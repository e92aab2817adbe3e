"""When people see the right answers to what they handed in."""

from __future__ import annotations

from django.db.models import QuerySet

from enablement.models import Person
from quizzes.models import Attempt, AttemptState, Evidence, Question, Release


def asked_now(person: Person) -> QuerySet[Question, str]:
    """Return the slugs of the questions in those attempts of the person that can still be answered.

    Until they hand in, nothing shows them what is right there: no other quiz that asks the same, no practice,
    nobody else's answers.
    """
    questions = Question.objects.filter(answers__attempt__in=Attempt.objects.of(person).running())
    return questions.order_by().values_list("slug", flat=True)


def topics_asked_now(person: Person) -> set[tuple[int, str]]:
    """The topics of what the person has open in a quiz, by lesson and slug: a topic may be a single question,
    and how well it is remembered then says whether that was right."""
    asked = Question.objects.filter(slug__in=asked_now(person))
    return set(asked.order_by().values_list("lesson", "topic"))


def shows_keys(attempt: Attempt, reader: Person) -> bool:
    """Whether `reader` may see the right answers and the feedback of a handed-in attempt.

    Those who manage the person may, unless they have the quiz open themselves; the person themselves by the
    quiz's policy.
    """
    if attempt.person_id != reader.pk:
        return not Attempt.objects.of(reader).running().filter(quiz=attempt.quiz_id).exists()
    if attempt.quiz.release == Release.AT_ONCE:
        return True
    if attempt.quiz.release == Release.NEVER:
        return False
    tried = Attempt.objects.filter(person=reader, quiz=attempt.quiz, state=AttemptState.SUBMITTED)
    return any(one.is_passed for one in tried.select_related("quiz"))


def held_back(reader: Person) -> set[int]:
    """The quizzes that keep their keys from `reader` about their own answers, as their results page does."""
    tried = Attempt.objects.of(reader).submitted().exclude(quiz__release=Release.AT_ONCE)
    by_quiz: dict[int, list[Attempt]] = {}
    for attempt in tried.select_related("quiz"):
        by_quiz.setdefault(attempt.quiz_id, []).append(attempt)
    return {
        quiz
        for quiz, own in by_quiz.items()
        if own[0].quiz.release == Release.NEVER or not any(attempt.is_passed for attempt in own)
    }


def taking_now(reader: Person) -> set[int]:
    """The quizzes that `reader` has open: until they hand in, they see nobody's answers to them in full."""
    return set(Attempt.objects.of(reader).running().values_list("quiz", flat=True))


def without_asked(evidence: QuerySet[Evidence], reader: Person) -> QuerySet[Evidence]:
    """Leave out of `evidence` the answers to what `reader` has open in a quiz. One query where nothing is."""
    taken = taking_now(reader)
    if not taken:
        return evidence
    return evidence.exclude(question__slug__in=asked_now(reader)).exclude(quiz__in=taken)
