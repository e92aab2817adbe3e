"""Grades of answers in one's own words: yes/no checks, each with the words that meet it. Pure.

The judge is passed in. It says of a text how likely it says something; everything else is decided here, by
rules, so that the same answer always gets the same grade.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Any

from enablement.judges.answer_words import answer_words
from enablement.judges.judgements import Asked, Judgement
from enablement.sentences import sentence_spans
from quizzes.grading.guards import LEFT_OUT, Guarded, Oddity, guard, read_span, unguarded

Judge = Callable[[Sequence[Asked]], Sequence[Judgement]]

JUDGE = "rubric-2"
# What a check wants said in so few words is a bare answer: a number or a name.
BARE_WORDS = 3
# How likely a check is met that counts as met, and that a person looks at. Lower than the judge's own: what a
# check says is one idea, and its wrong ways and denials are looked at apart. Chosen on the questions of the
# gold set that are not held back.
MET_FROM, OPEN_FROM = 0.35, 0.25
# From here a statement counts as said that must not be said.
SAID_FROM = 0.6
# … and only if it is nearer than any check by so much: both speak of the same things.
SAID_BEYOND = 0.1


class Outcome(StrEnum):
    """What is known of a check, and of a whole answer."""

    MET = "met"
    NOT_MET = "not_met"
    OPEN = "open"


@dataclass(frozen=True, slots=True)
class RubricCheck:
    """One yes/no check: `says` holds ways to meet it, `wrong` ways to get it wrong."""

    name: str
    title: str
    says: tuple[str, ...]
    wrong: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Rubric:
    """What makes an answer to `question` right: `needs` of the checks, and nothing that must not be said."""

    question: str
    checks: tuple[RubricCheck, ...]
    must_not_say: tuple[str, ...] = ()
    needs: int = 0

    @property
    def needed(self) -> int:
        """How many checks make an answer right: two thirds of them, where nothing else is said."""
        return self.needs or -(-2 * len(self.checks) // 3)

    @property
    def known(self) -> list[str]:
        """What somebody could copy: the question and the checks' titles."""
        return [self.question, *(check.title for check in self.checks)]


@dataclass(frozen=True, slots=True)
class GradedCheck:
    """A check and the words that decide it; `start` and `end` count in the answer as it was written."""

    name: str
    outcome: Outcome
    start: int
    end: int
    quote: str
    confidence: float


@dataclass(frozen=True, slots=True)
class RubricGrade:
    """How an answer came out. `outcome` is OPEN where a person has to look."""

    outcome: Outcome
    checks: tuple[GradedCheck, ...]
    said: tuple[GradedCheck, ...]
    oddities: frozenset[Oddity]
    score: float

    @property
    def needs_review(self) -> bool:
        return self.outcome == Outcome.OPEN


def read_rubric(question: str, rubric: Mapping[str, Any]) -> Rubric:
    """Return the rubric as it is kept with a question's key."""
    return Rubric(
        question=question,
        checks=tuple(
            RubricCheck(check["name"], check["title"], tuple(check["says"]), tuple(check.get("wrong") or ()))
            for check in rubric["checks"]
        ),
        must_not_say=tuple(rubric.get("must_not_say") or ()),
        needs=rubric.get("needs") or 0,
    )


def grade_rubric(
    rubric: Rubric, answer: str, judge: Judge, findings: Sequence[str] = (), *, guarding: bool = True
) -> RubricGrade:
    """Grade an answer.

    `findings` are words of the answer that the wording guide forbids: any of them makes the answer wrong.
    Without `guarding`, whatever is written counts as an answer: only to measure what the guard costs.
    """
    guarded = guard(answer, rubric.known) if guarding else unguarded(answer)
    checks, said = _judge_all(rubric, answer, guarded, judge)
    said += tuple(_finding(answer, quote) for quote in findings)
    met = sum(check.outcome == Outcome.MET for check in checks)
    unknown = sum(check.outcome == Outcome.OPEN for check in checks)
    thin = guarding and met and _is_thin(rubric, checks)
    oddities = guarded.oddities | ({Oddity.THIN} if thin else set())
    outcome = _outcome(rubric, met, unknown, bool(said), oddities)
    return RubricGrade(outcome, checks, said, oddities, 0.0 if said else met / len(checks))


def _outcome(rubric: Rubric, met: int, unknown: int, spoilt: bool, oddities: frozenset[Oddity]) -> Outcome:
    """Right or wrong where the open checks change nothing; right only if nothing about the text is odd."""
    if {Oddity.LANGUAGE, Oddity.CODE, Oddity.SEVERAL} & oddities:
        return Outcome.OPEN
    if spoilt or met + unknown < rubric.needed:
        return Outcome.NOT_MET
    # What was left out was not judged either: the rest meets what is needed without it.
    if met >= rubric.needed and not oddities - LEFT_OUT:
        return Outcome.MET
    return Outcome.OPEN


def _judge_all(
    rubric: Rubric, answer: str, guarded: Guarded, judge: Judge
) -> tuple[tuple[GradedCheck, ...], tuple[GradedCheck, ...]]:
    says = [check.says for check in rubric.checks]
    wrong = [check.wrong for check in rubric.checks if check.wrong]
    told = [rubric.must_not_say] if rubric.must_not_say else []
    found = list(judge([Asked(rubric.question, ways, guarded.text) for ways in (*says, *wrong, *told)]))
    against = iter(found[len(says) : len(says) + len(wrong)])
    checks = tuple(
        _graded(check, answer, found[index], next(against) if check.wrong else None)
        for index, check in enumerate(rubric.checks)
    )
    if not told:
        return checks, ()
    last = found[-1]
    best = max(check.confidence for check in checks)
    is_said = last.agreed >= max(SAID_FROM, best + SAID_BEYOND)
    return checks, (_quoted("must-not-say", answer, last, Outcome.MET),) if is_said else ()


def _graded(check: RubricCheck, answer: str, judged: Judgement, against: Judgement | None) -> GradedCheck:
    name, wrong = check.name, against.agreed if against else 0.0
    if judged.agreed < OPEN_FROM or wrong > judged.agreed:
        return _quoted(name, answer, judged, Outcome.NOT_MET)
    graded = _quoted(name, answer, judged, Outcome.MET if judged.agreed >= MET_FROM else Outcome.OPEN)
    if graded.outcome == Outcome.MET and _comes_late(check, answer, graded):
        return replace(graded, outcome=Outcome.OPEN)
    return graded


def _is_thin(rubric: Rubric, checks: Sequence[GradedCheck]) -> bool:
    """Whether the words that meet the checks share hardly one that carries meaning with what they should say.

    Then likeness is all there is, and a fine analogy has that too. The question's own words do not count.
    """
    asked = set(answer_words(rubric.question).content)
    shared = set()
    for check, graded in zip(rubric.checks, checks, strict=True):
        if graded.outcome == Outcome.MET:
            meant = {word for way in check.says for word in answer_words(way).content}
            shared |= meant & set(answer_words(graded.quote).content)
    return rubric.needed > 1 and len(shared - asked) <= rubric.needed


def _comes_late(check: RubricCheck, answer: str, graded: GradedCheck) -> bool:
    """Whether a bare answer (a number, a name) stands behind a first sentence that says something else."""
    if min(len(answer_words(way).all) for way in check.says) > BARE_WORDS:
        return False
    first_end = next(iter(sentence_spans(answer)), (0, len(answer)))[1]
    line_end = answer.find("\n") if "\n" in answer else len(answer)
    return graded.start >= min(first_end, line_end) or graded.end > min(first_end, line_end)


def _quoted(name: str, answer: str, judged: Judgement, outcome: Outcome) -> GradedCheck:
    """A check with its words; one that has no words to show is not met."""
    if judged.end <= judged.start:
        return GradedCheck(name, Outcome.NOT_MET, 0, 0, "", judged.agreed)
    start, end = read_span(answer, judged.start, judged.end)
    return GradedCheck(name, outcome, start, end, answer[start:end], judged.agreed)


def _finding(answer: str, quote: str) -> GradedCheck:
    start = max(0, answer.find(quote))
    return GradedCheck("wording", Outcome.MET, start, start + len(quote), quote, 1.0)
