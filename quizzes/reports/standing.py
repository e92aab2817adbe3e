"""Who is ready, who is due and who is stuck. Pure, but for the reading of the facts at the end.

The rule is shown beside every verdict in its own words, and depends on nothing but what is in `Facts`.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from enum import StrEnum
from typing import Any, Final, NamedTuple

from django.db import connection
from django.db.models import Count

from enablement import numbers
from quizzes.models import Quiz, Skill
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
    """How somebody stands, and the facts it comes from."""

    state: State
    facts: Facts = field(default_factory=Facts)

    @property
    def title(self) -> str:
        return TITLES[self.state]

    @property
    def reasons(self) -> tuple[str, ...]:
        """Why, in words."""
        stuck = [_stuck(one) for one in self.facts.tries if one.is_stuck]
        return tuple(stuck or _reasons(self.facts))


def standing_of(facts: Facts) -> Standing:
    """Ready: every quiz passed, and what is due fits into one session of practice. Stuck: trying without
    getting on. Due: anything else."""
    if any(one.is_stuck for one in facts.tries):
        return Standing(State.STUCK, facts)
    return Standing(State.DUE if _is_due(facts) else State.READY, facts)


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
    for person, *row in _attempts(people, [quiz.pk for quiz in quizzes]):
        own.setdefault(person, []).append(_Tried(*row))
    by_id = {quiz.pk: quiz for quiz in quizzes}
    return {person: standing_of(_facts(own.get(person, ()), due.get(person, 0), by_id)) for person in people}


class _Tried(NamedTuple):
    """Attempts of one person at one quiz: the latest two scores and how many `tries` there are, of those that
    are graded; `last` is when the latest was handed in, in seconds since 1970."""

    quiz: int
    latest: float | None
    before: float | None
    tries: int
    best: float | None
    finished: int
    open: int
    last: float | None


# In SQL, by seconds: a team of hundreds has thousands of rows, and each moment takes as long as ten numbers.
_ATTEMPTS = """
SELECT person_id, quiz_id,
       (array_agg(score ORDER BY submitted_at DESC) FILTER (WHERE is_graded))[1],
       (array_agg(score ORDER BY submitted_at DESC) FILTER (WHERE is_graded))[2],
       count(*) FILTER (WHERE is_graded), max(score) FILTER (WHERE is_graded),
       count(*) FILTER (WHERE state = 'submitted'), count(*) FILTER (WHERE state = 'open'),
       extract(epoch FROM max(submitted_at))::float8 AS last
FROM quizzes_attempt,
     LATERAL (SELECT state = 'submitted' AND waiting = 0 AND score IS NOT NULL AS is_graded) graded
WHERE person_id = ANY(%s) AND quiz_id = ANY(%s)
GROUP BY person_id, quiz_id
ORDER BY last DESC NULLS LAST
"""


def _attempts(people: Collection[int], quizzes: Collection[int]) -> list[tuple[Any, ...]]:
    """Attempts by person and quiz, the quiz that somebody tried last first."""
    with connection.cursor() as cursor:
        cursor.execute(_ATTEMPTS, [list(people), list(quizzes)])
        rows: list[tuple[Any, ...]] = cursor.fetchall()
    return rows


def _facts(rows: Sequence[_Tried], due: int, quizzes: Mapping[int, Quiz]) -> Facts:
    last = rows[0].last if rows else None
    return Facts(
        quizzes=len(quizzes),
        tries=[_tries(row, quizzes[row.quiz]) for row in rows if row.tries],
        due=due,
        finished=sum(row.finished for row in rows),
        in_progress=sum(row.open for row in rows),
        last_at=None if last is None else datetime.fromtimestamp(last, UTC),
    )


def _tries(row: _Tried, quiz: Quiz) -> Tries:
    best = row.best or 0.0
    scores = [score for score in (row.latest, row.before) if score is not None]
    # The mean of twelve grades is off by a rounding error now and then.
    return Tries(quiz.title, scores, row.tries, best, best * 100 + 1e-9 >= quiz.pass_mark)
