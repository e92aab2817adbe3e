"""What a quiz says about somebody's skills: one review for each topic that an attempt asked about."""

from __future__ import annotations

from django.db.models import Avg

from quizzes.models import Attempt, Grade, Review, ReviewSource
from quizzes.practice.skills import forget_review, note_review


def note_attempt(attempt: Attempt) -> int:
    """Note an attempt that was handed in, topic by topic, and return how many topics it had.

    Run again after a grade has changed, it changes what was noted, and takes back what has no grade any
    more. Answers that wait for their grade are left out until they have one.
    """
    if attempt.submitted_at is None:
        return 0
    grades = Grade.objects.filter(answer__attempt=attempt).order_by()
    means = dict(grades.values_list("answer__question__topic").annotate(mean=Avg("score")))
    keys = {topic: f"attempt:{attempt.pk}:{topic}"[:120] for topic in means}
    for topic, mean in means.items():
        note_review(
            attempt.person,
            attempt.quiz.lesson,
            topic,
            source=ReviewSource.QUIZ,
            key=keys[topic],
            score=mean,
            at=attempt.submitted_at,
        )
    noted = Review.objects.filter(key__startswith=f"attempt:{attempt.pk}:")
    for key in noted.exclude(key__in=keys.values()).values_list("key", flat=True):
        forget_review(key)
    return len(means)
