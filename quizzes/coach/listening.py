"""What the judges hear in a turn: its wording, its points, and what the buyer's words show."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from enablement.judges.answers import judge_answers
from enablement.judges.findings import Finding
from enablement.judges.judgements import Asked
from enablement.judges.sorting import Evidence, sort_statement
from enablement.judges.wording import check_wording
from enablement.models import Distinction, Person
from enablement.texts import clean_text
from quizzes.coach.grading import COUNTED_LEVELS, Heard, HeardPoint

LONGEST_TURN: Final = 2_000


@dataclass(frozen=True, slots=True)
class Listened:
    """A turn as it was heard: the cleaned text, what the checks need, and what is shown beside them."""

    text: str
    heard: Heard
    findings: list[Finding]
    evidence: list[Evidence]


def listen(
    person: Person,
    distinction: Distinction,
    *,
    buyer: str,
    outcome: str,
    turn: Mapping[str, Any],
    chosen: str,
    text: str,
    asks_kind: bool,
) -> Listened:
    """Let the judges hear what a rep said to `buyer`. Raises BadText, EncoderUnavailable, NotTrained."""
    text = clean_text(text, what="answer", limit=LONGEST_TURN)
    titles = {one.name: one.title for one in distinction.outcomes.all()}
    findings = [one for one in check_wording(text, person) if one.level in COUNTED_LEVELS]
    heard = Heard(
        chosen=chosen,
        true=outcome,
        chosen_title=titles.get(chosen, chosen),
        true_title=titles.get(outcome, outcome),
        levels=[finding.level for finding in findings],
        points=_points(buyer, turn["points"], text),
        asks_kind=asks_kind,
    )
    return Listened(
        text, heard, findings, _evidence(person, distinction, buyer, outcome) if asks_kind else []
    )


def _points(buyer: str, points: Sequence[Mapping[str, Any]], text: str) -> list[HeardPoint]:
    asked = [Asked(buyer, tuple(point["says"]), text) for point in points]
    return [
        HeardPoint(point["name"], point["title"], one.met, one.sure, text[one.start : one.end])
        for point, one in zip(points, judge_answers(asked), strict=True)
    ]


def _evidence(person: Person, distinction: Distinction, buyer: str, outcome: str) -> list[Evidence]:
    """The buyer's words by which the kind of problem could be heard: those of the outcome's own signals."""
    signals = set(distinction.signals.filter(outcomes__name=outcome).values_list("name", flat=True))
    return [one for one in sort_statement(buyer, distinction, person).evidence if one.signal in signals]
