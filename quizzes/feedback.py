"""The released line that goes with the right answer to a question."""

from __future__ import annotations

from enablement.deliveries import Line
from enablement.models import State
from quizzes.models import Question


def line_to_say(question: Question) -> Line | None:
    """The line of the question's guide entry, else of the right outcome of its distinction, if released.

    For attempts that were handed in: it reads the question's key.
    """
    entry, distinction = question.guide_entry, question.distinction
    if entry is not None:
        released = entry.state == State.RELEASED
        return Line("guide_entry", entry.slug, "do_say", entry.do_say) if released else None
    if distinction is None or distinction.state != State.RELEASED:
        return None
    outcomes = {outcome.name: outcome for outcome in distinction.outcomes.all()}
    outcome = outcomes.get(question.key.correct[0]) if question.key.correct else None
    return Line("distinction", distinction.slug, f"{outcome.name}.say"[:40], outcome.say) if outcome else None
