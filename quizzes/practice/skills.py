"""Answers into skills: every review is kept, and a skill is what its reviews come to."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction

from enablement.models import Lesson, Person
from quizzes.models import Review, ReviewSource, Skill
from quizzes.practice.memory import Memory, Rating, replay


@transaction.atomic
def note_review(
    person: Person, lesson: Lesson, topic: str, *, source: ReviewSource, key: str, score: float, at: datetime
) -> Skill:
    """Note how an answer went (`score` 0 to 1) and return the skill as it is now.

    The same `key` again changes the score of what was noted, as after a regrade or an appeal, and the skill
    is worked out anew; with the same score nothing changes.
    """
    Skill.objects.get_or_create(person=person, lesson=lesson, topic=topic)
    skill = Skill.objects.select_for_update().get(person=person, lesson=lesson, topic=topic)
    Review.objects.update_or_create(
        key=key,
        defaults={"score": score},
        create_defaults={"skill": skill, "source": source, "score": score, "at": at},
    )
    return settle_skill(skill)


@transaction.atomic
def forget_review(key: str) -> None:
    """Take back what was noted under `key`, as where a question was voided."""
    for review in Review.objects.filter(key=key).select_related("skill"):
        skill = Skill.objects.select_for_update().get(pk=review.skill_id)
        review.delete()
        settle_skill(skill)


def settle_skill(skill: Skill) -> Skill:
    """Bring a locked skill to what its reviews come to."""
    memory = replay(ratings_of(skill.reviews.all()))
    skill.stability = memory.stability if memory else None
    skill.difficulty = memory.difficulty if memory else None
    skill.last_at, skill.due_at = (memory.last, memory.due) if memory else (None, None)
    skill.save(update_fields=["stability", "difficulty", "last_at", "due_at"])
    return skill


def memory_of(skill: Skill) -> Memory | None:
    """Return what a skill's row says."""
    if None in (skill.stability, skill.difficulty, skill.last_at, skill.due_at):
        return None
    return Memory(skill.stability, skill.difficulty, skill.last_at, skill.due_at)  # type: ignore[arg-type]


def ratings_of(reviews: Iterable[Review]) -> list[tuple[datetime, Rating]]:
    """Return reviews as FSRS takes them."""
    return [(review.at, Rating.of(review.score)) for review in reviews]
