"""More time for one person, in every quiz with a limit."""

from __future__ import annotations

from django.db import models

from enablement.models import Person
from quizzes.deadlines import own_limit
from quizzes.models.attempts import whose_results
from quizzes.models.quizzes import Quiz


class TimeShare(models.IntegerChoices):
    """How much of a quiz's time somebody has, in per cent; 0: as much as they like."""

    AS_SET = 100, "The time of the quiz"
    QUARTER_MORE = 125, "A quarter more"
    HALF_MORE = 150, "Half as much again"
    TWICE = 200, "Twice the time"
    TEN_TIMES = 1000, "Ten times the time"
    NO_LIMIT = 0, "No limit"


class ExtraTimeQuerySet(models.QuerySet["ExtraTime"]):
    """Extra time, as a person may see it."""

    def visible_to(self, person: Person) -> ExtraTimeQuerySet:
        """Your own, and of those you manage."""
        return self.filter(whose_results("person", person))


class ExtraTime(models.Model):
    """How much of a quiz's time a person has. Without a row, the time of the quiz."""

    person = models.OneToOneField(Person, on_delete=models.CASCADE, related_name="extra_time")
    share = models.PositiveSmallIntegerField(choices=TimeShare.choices, default=TimeShare.AS_SET)

    objects = ExtraTimeQuerySet.as_manager()

    class Meta:
        verbose_name = "extra time"
        verbose_name_plural = "extra times"

    def __str__(self) -> str:
        return f"{self.get_share_display()}: {self.person}"


def share_of(person: Person) -> TimeShare:
    """Return how much of a quiz's time the person has."""
    share = ExtraTime.objects.filter(person=person).values_list("share", flat=True).first()
    return TimeShare.AS_SET if share is None else TimeShare(share)


def minutes_for(person: Person, quiz: Quiz) -> int | None:
    """Return how many minutes the person has for an attempt at the quiz; None where there is no limit."""
    return None if quiz.time_limit is None else own_limit(quiz.time_limit, share_of(person))
