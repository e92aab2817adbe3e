"""Who is ready, who is due and who is stuck. Pure, but for the reading of the facts at the end.

The rule is shown beside every verdict in its own words, and depends on nothing but what is in `Facts`.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any, Final, NamedTuple

from django.contrib.postgres.aggregates import ArrayAgg
from django.db.models import Count, F, Max, Q

from enablement import numbers
from quizzes.models import Attempt, AttemptState, Quiz, Skill
from quizzes.models.attempts import per_cent
from quizzes.practice.plans import ITEMS_A_SESSION

# Two tries are one of chance; the later has to be better by five points to count as getting on.
TRIES: Final = 2
GETTING_ON: Final = 0.05


class State(StrEnum):
    """How somebody stands now."""

    READY = "ready"
    DUE = "due"
    STUCK = "stuck"


TITLES: Final = {State.READY: "Ready", State.DUE: "Due", State.STUCK: "Stuck"}


@dataclass(frozen=True, slots=True)
class Tries:
    """Somebody's graded attempts at one quiz: the latest two scores (0 to 1), the last first; how many there
    are, the best of them, and whether one passed."""

    quiz: str
    scores: Sequence[float]
    count: int
    best: float
    is_passed: bool

    @property
    def is_stuck(self) -> bool:
        """Tried twice or more, never passed, and the last try no better than the one before."""
        if self.is_passed or self.count < TRIES:
            return False
        return self.scores[0] < self.scores[1] + GETTING_ON


@dataclass(frozen=True, slots=True)
class Facts:
    """What a standing follows from: `quizzes` there are to pass, of which `tries`, and `due` topics."""

    quizzes: int = 0
    tries: Sequence[Tries] = ()
    due: int = 0
    finished: int = 0
    in_progress: int = 0
    last_at: datetime | None = None

    @property
    def passed(self) -> int:
        return sum(one.is_passed for one in self.tries)

    @property
    def last(self) -> float | None:
        """The latest score at the quiz tried last, where there is one."""
        return self.tries[0].scores[0] if self.tries else None

    @property
    def best(self) -> float | None:
        return max((one.best for one in self.tries), default=None)

    @property
    def last_per_cent(self) -> int | None:
        return per_cent(self.last)


@dataclass(frozen=True, slots=True)
class Standing:
    """How somebody stands, the reasons in words, and the facts they come from."""

    state: State
    reasons: tuple[str, ...] = ()
    facts: Facts = field(default_factory=Facts)

    @property
    def title(self) -> str:
        return TITLES[self.state]


def standing_of(facts: Facts) -> Standing:
    """Ready: every quiz passed, and what is due fits into one session of practice. Stuck: trying without
    getting on. Due: anything else."""
    stuck = [one for one in facts.tries if one.is_stuck]
    if stuck:
        return Standing(State.STUCK, tuple(_stuck(one) for one in stuck), facts)
    return Standing(State.DUE if _is_due(facts) else State.READY, tuple(_reasons(facts)), facts)


def _is_due(facts: Facts) -> bool:
    return not facts.finished or facts.passed < facts.quizzes or facts.due > ITEMS_A_SESSION


def _stuck(tries: Tries) -> str:
    last, before = (numbers.per_cent(100 * score) for score in tries.scores[:2])
    return f"{tries.count} tries at “{tries.quiz}”; the last {last}, the one before {before}."


def _reasons(facts: Facts) -> list[str]:
    reasons = [
        f"{facts.passed} of {facts.quizzes} quizzes passed." if facts.finished else "Nothing finished yet."
    ]
    if facts.due:
        reasons.append(f"{facts.due} topic{'s' * (facts.due > 1)} due for practice.")
    return reasons


class LatestTwo(ArrayAgg):
    """The first two of an ordered array: what came before them is not read."""

    def as_sql(self, *args: Any, **context: Any) -> tuple[str, Any]:
        sql, parameters = super().as_sql(*args, **context)
        return f"({sql})[1:2]", parameters


def standings(
    people: Collection[int], quizzes: Collection[Quiz], lessons: Collection[int], now: datetime
) -> dict[int, Standing]:
    """The standing of each of `people` at `quizzes` and the topics of `lessons`. Two queries."""
    due = dict(
        Skill.objects.filter(person__in=people, lesson__in=lessons, due_at__lte=now)
        .order_by()
        .values_list("person")
        .annotate(n=Count("pk"))
    )
    own: dict[int, list[_Tried]] = {}
    for row in _attempts(people, quizzes):
        own.setdefault(row[0], []).append(_Tried(*row[1:]))
    by_id = {quiz.pk: quiz for quiz in quizzes}
    return {person: standing_of(_facts(own.get(person, ()), due.get(person, 0), by_id)) for person in people}


class _Tried(NamedTuple):
    """Attempts of one person at one quiz. `scores`: of the latest two graded ones; None without any."""

    quiz: int
    scores: list[float] | None
    tries: int
    best: float | None
    finished: int
    open: int
    last: datetime | None


def _attempts(people: Collection[int], quizzes: Collection[Quiz]) -> Iterable[tuple[Any, ...]]:
    """Attempts by person and quiz, the quiz that somebody tried last first."""
    handed_in = Q(state=AttemptState.SUBMITTED)
    graded = handed_in & Q(waiting=0, score__isnull=False)
    rows: Iterable[tuple[Any, ...]] = (
        Attempt.objects.filter(person__in=people, quiz__in=quizzes)
        .values_list("person", "quiz")
        .annotate(
            scores=LatestTwo("score", order_by="-submitted_at", filter=graded),
            tries=Count("pk", filter=graded),
            best=Max("score", filter=graded),
            finished=Count("pk", filter=handed_in),
            open=Count("pk", filter=Q(state=AttemptState.OPEN)),
            last=Max("submitted_at"),
        )
        .order_by(F("last").desc(nulls_last=True))
    )
    return rows


def _facts(rows: Sequence[_Tried], due: int, quizzes: Mapping[int, Quiz]) -> Facts:
    return Facts(
        quizzes=len(quizzes),
        tries=[_tries(row, quizzes[row.quiz]) for row in rows if row.scores],
        due=due,
        finished=sum(row.finished for row in rows),
        in_progress=sum(row.open for row in rows),
        last_at=rows[0].last if rows else None,
    )


def _tries(row: _Tried, quiz: Quiz) -> Tries:
    best = row.best or 0.0
    # The mean of twelve grades is off by a rounding error now and then.
    return Tries(quiz.title, row.scores or (), row.tries, best, best * 100 + 1e-9 >= quiz.pass_mark)
