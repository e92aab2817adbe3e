"""A quiz made from the statements of a distinction: sort what the buyer said."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from pathlib import Path
from typing import TypeVar

from django.utils.text import slugify

from enablement.lessons.yaml_lines import Located
from enablement.models import Distinction, Outcome, Person, Statement
from quizzes.files import QuizFile
from quizzes.loader import Loaded, load_quiz
from quizzes.schema import QuizItem, SortItem

# Enough of each outcome that a second attempt asks other statements than the first.
MOST_PER_OUTCOME = 12
DRAWS = 10
# Fewer than this many statements of an outcome tell by their number what the answer is.
FEWEST = 2
T = TypeVar("T")


class TooFewStatements(Exception):
    """A distinction from which no quiz can be made yet. The message is one sentence for the editor."""


def make_sort_quiz(distinction: Distinction, person: Person) -> Loaded:
    """Make the quiz of a distinction, or bring it to what its statements say now. Raises TooFewStatements."""
    outcomes = list(distinction.outcomes.all())
    statements = {outcome.pk: _statements_of(outcome) for outcome in outcomes}
    thin = [outcome.title for outcome in outcomes if len(statements[outcome.pk]) < FEWEST]
    if thin:
        raise TooFewStatements(
            f"Each outcome needs at least {FEWEST} statements. Too few for: {', '.join(thin)}."
        )
    questions = [
        _question(distinction, outcome, statement, outcomes)
        for outcome in outcomes
        for statement in statements[outcome.pk]
    ]
    item = QuizItem(
        slug=f"sort-{distinction.slug}"[:80],
        lesson=distinction.lesson.slug,
        title=f"Sort the statement: {distinction.title}"[:300],
        intro=distinction.question,
        draws=min(DRAWS, len(questions)),
        questions=list(questions),
    )
    name = Path(distinction.lesson.slug) / "statements"
    return load_quiz(QuizFile(name, item, Located(item.model_dump(mode="json"), {})), person)


def _statements_of(outcome: Outcome) -> list[Statement]:
    return _spread(list(outcome.statements.order_by("pk")), MOST_PER_OUTCOME)


def _spread(rows: Sequence[T], most: int) -> list[T]:
    """At most `most` rows, taken from all along the list."""
    return [rows[at * len(rows) // most] for at in range(most)] if len(rows) > most else list(rows)


def _question(
    distinction: Distinction, outcome: Outcome, statement: Statement, outcomes: Sequence[Outcome]
) -> SortItem:
    digest = hashlib.sha256(statement.text.encode()).hexdigest()[:8]
    return SortItem(
        kind="sort",
        slug=f"{distinction.slug[:30]}-{slugify(statement.text)[:36]}-{digest}".replace("--", "-").lower(),
        topic=distinction.slug,
        prompt=statement.text,
        explanation=f"{statement.why} {outcome.meaning}".strip(),
        distinction=distinction.slug,
        outcome=outcome.name,
        misconceptions={
            other.name: f"“{other.title}” would mean: {other.meaning}"
            for other in outcomes
            if other.pk != outcome.pk
        },
    )
