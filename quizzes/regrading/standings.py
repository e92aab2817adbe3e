"""Attempts as they stand, and as they will: read for the page, and before anything is applied."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

from django.db.models import Count, Q, QuerySet, Sum

from quizzes.models import Attempt, Becomes, Grade, PendingGrade, Regrade, RegradeLine, RegradeState
from quizzes.models.attempts import per_cent
from quizzes.regrading.effects import Line, Standing, after_all

# As many attempts as are shown one by one; the figures count all.
MOST_SHOWN: Final = 200


@dataclass(frozen=True, slots=True)
class Effect:
    """An attempt before and after. `lines` are those of its answers that change."""

    attempt: Attempt
    before: Standing
    after: Standing
    lines: list[RegradeLine]

    @property
    def was(self) -> int | None:
        return per_cent(self.before.score)

    @property
    def will_be(self) -> int | None:
        return per_cent(self.after.score)

    @property
    def now_passes(self) -> bool:
        mark = self.attempt.quiz.pass_mark
        return self.after.passes(mark) and not self.before.passes(mark)

    @property
    def no_longer_passes(self) -> bool:
        mark = self.attempt.quiz.pass_mark
        return self.before.passes(mark) and not self.after.passes(mark)


@dataclass(frozen=True, slots=True)
class Outlook:
    """A regrade with what it does, or has done. `effects` are there while it is ready and not applied."""

    regrade: Regrade
    effects: list[Effect]
    lines: int
    applied: int
    to_person: int

    @property
    def shown(self) -> list[Effect]:
        return self.effects[:MOST_SHOWN]

    @property
    def more(self) -> int:
        return max(0, self.attempts - MOST_SHOWN)

    @property
    def attempts(self) -> int:
        return len(self.effects)

    @property
    def left(self) -> int:
        return self.lines - self.applied

    @property
    def now_pass(self) -> int:
        return sum(effect.now_passes for effect in self.effects)

    @property
    def no_longer_pass(self) -> int:
        return sum(effect.no_longer_passes for effect in self.effects)


def outlook_of(regrade: Regrade) -> Outlook:
    """Return who changes and by how much, or what was done."""
    counts = regrade.lines.aggregate(
        lines=Count("pk"),
        applied=Count("pk", filter=Q(applied_at__isnull=False)),
        to_person=Count("pk", filter=Q(becomes=Becomes.PERSON)),
    )
    effects = effects_of(regrade) if regrade.state == RegradeState.READY else []
    return Outlook(regrade, effects, **counts)


def effects_of(regrade: Regrade) -> list[Effect]:
    """What a regrade that is worked out does to each attempt, people in order of their names."""
    lines = list(regrade.lines.select_related("answer__question"))
    attempts = Attempt.objects.filter(answers__regrade_lines__regrade=regrade).distinct()
    rows = {row.pk: row for row in attempts.select_related("person", "quiz").order_by("pk")}
    before = standings(list(rows.values()))
    after = after_all(before, [as_line(line) for line in lines])
    found = [
        Effect(attempt, before[pk], after[pk], [one for one in lines if one.answer.attempt_id == pk])
        for pk, attempt in rows.items()
    ]
    return sorted(found, key=lambda one: (one.attempt.person.name.casefold(), one.attempt.number))


def standings(attempts: Sequence[Attempt]) -> dict[Any, Standing]:
    """Return how attempts stand by their grades, in two queries."""
    ids = [attempt.pk for attempt in attempts]
    grades = Grade.objects.filter(answer__attempt__in=ids).order_by().values("answer__attempt")
    given = {row["answer__attempt"]: row for row in grades.annotate(total=Sum("score"), count=Count("pk"))}
    waits = PendingGrade.objects.filter(answer__attempt__in=ids).order_by().values_list("answer__attempt")
    waiting = dict(waits.annotate(count=Count("pk")))
    nothing: dict[str, Any] = {"total": 0.0, "count": 0}
    return {
        attempt.pk: Standing(
            total=given.get(attempt.pk, nothing)["total"],
            count=given.get(attempt.pk, nothing)["count"],
            carried=attempt.carried,
            waiting=waiting.get(attempt.pk, 0),
        )
        for attempt in attempts
    }


def regrades_of(attempt: Attempt) -> QuerySet[Regrade]:
    """The regrades that changed something in an attempt, those taken back included."""
    lines = RegradeLine.objects.filter(answer__attempt=attempt).exclude(applied_at=None)
    return Regrade.objects.filter(lines__in=lines).distinct().order_by("applied_at")


def taken_out(attempt: Attempt) -> int:
    """How many answers of an attempt a regrade took out."""
    lines = RegradeLine.objects.filter(answer__attempt=attempt, becomes=Becomes.NOTHING, undone_at=None)
    return lines.exclude(applied_at=None).filter(answer__grade=None).values("answer").distinct().count()


def as_line(line: RegradeLine) -> Line:
    """A stored line as the arithmetic takes it."""
    return Line(
        attempt=line.answer.attempt_id,
        before=line.before.get("score"),
        after=line.after.get("score"),
        waited=bool(line.waited),
        waits=line.becomes == Becomes.PERSON,
    )
