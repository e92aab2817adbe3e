"""One answer as the desk shows it: what each check came to, side by side, with the rep's own words marked."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from enablement.models import Person
from quizzes.desk.agreement import Agreement, agreements, said_before
from quizzes.desk.queue import on_desk
from quizzes.grading import written_in
from quizzes.grading.rubrics import Rubric
from quizzes.grading.written import BY_PERSON, WrittenCheck, kept_checks
from quizzes.models import Answer, Appeal, Grade, GradeChange, PendingGrade
from quizzes.written import rubric_of


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of the answer, and the numbers of the checks whose words it is part of."""

    text: str
    checks: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class CheckRow:
    """A check by its number on the page. `judge` is what the local judge says, `person` what a person said.

    `ticked`: how the form begins.
    """

    number: int
    name: str
    title: str
    judge: WrittenCheck | None
    person: WrittenCheck | None
    ticked: bool
    objection: Appeal | None
    agreement: Agreement

    @property
    def differs(self) -> bool:
        """Whether the judge and the person came to different ends."""
        return self.judge is not None and self.person is not None and self.judge.met != self.person.met


@dataclass(frozen=True, slots=True)
class DeskSheet:
    """Everything that a decision needs. `decision` is the one that stands, if a person has decided."""

    answer: Answer
    pieces: list[Piece]
    checks: list[CheckRow]
    spoilt: list[WrittenCheck]
    is_spoilt: bool
    model_answer: str
    needed: int
    decision: GradeChange | None
    waits: bool

    @property
    def text(self) -> str:
        """The answer as it was written."""
        return written_in(self.answer.response)

    @property
    def has_model(self) -> bool:
        """Whether a language model was asked beside the judge."""
        return any(row.judge is not None and row.judge.model for row in self.checks)

    @property
    def agreed(self) -> int:
        """On how many checks the decision came out as the judge had it."""
        return sum(
            row.person is not None and row.judge is not None and not row.differs for row in self.checks
        )


def answer_on_desk(reader: Person, pk: int) -> tuple[Answer, Rubric] | None:
    """Return an answer that waits for `reader`, or was decided, with its rubric; None where there is none."""
    found = on_desk(reader).select_related("attempt__person", "attempt__quiz", "question__key")
    answer = found.filter(pk=pk).first()
    rubric = rubric_of(answer) if answer else None
    return (answer, rubric) if answer and rubric else None


def sheet_of(answer: Answer, rubric: Rubric) -> DeskSheet:
    """Return the sheet of an answer with its rubric. Reads the question's key."""
    grade = Grade.objects.filter(answer=answer).first()
    pending = PendingGrade.objects.filter(answer=answer).first()
    objections = {one.check_name: one for one in Appeal.objects.open().filter(answer=answer)}
    decision = GradeChange.objects.decisions().filter(answer=answer).select_related("actor").first()
    judged = judged_checks(grade, pending, decision)
    decided = _named(grade.checks) if grade is not None and grade.judge == BY_PERSON else {}
    history = agreements(answer.question_id)
    rows = []
    for number, check in enumerate(rubric.checks, 1):
        judge, person = judged.get(check.name), decided.get(check.name)
        stands = person or judge
        rows.append(
            CheckRow(
                number=number,
                name=check.name,
                title=check.title,
                judge=judge,
                person=person,
                ticked=stands is not None and stands.met,
                objection=objections.get(check.name),
                agreement=history.get(check.name, Agreement()),
            )
        )
    spoilt = [check for check in (decided or judged).values() if check.spoils]
    spans = [span for row in rows for span in _spans(row)]
    return DeskSheet(
        answer=answer,
        pieces=marked(written_in(answer.response), spans),
        checks=rows,
        spoilt=spoilt,
        is_spoilt=bool(spoilt),
        model_answer=answer.question.key.rubric.get("model_answer", ""),
        needed=rubric.needed,
        decision=decision,
        waits=pending is not None or bool(objections),
    )


def _spans(row: CheckRow) -> list[tuple[int, int, int]]:
    """Where the words stand that the judge and the model go by."""
    if row.judge is None:
        return []
    by_judge, by_model = row.judge.quote, row.judge.model_quote
    found = [(row.judge.start, row.judge.end, row.number)] if by_judge else []
    return [*found, (row.judge.model_start, row.judge.model_end, row.number)] if by_model else found


def judged_checks(
    grade: Grade | None, pending: PendingGrade | None, decision: GradeChange | None
) -> dict[str, WrittenCheck]:
    """Return what the local judge said of each check, whether it waits, was graded, or was decided since."""
    if pending is not None:
        return _named(pending.proposal)
    if grade is not None and grade.judge != BY_PERSON:
        return _named(grade.checks)
    return _named(said_before(decision.undo, decision.before)) if decision is not None else {}


def marked(text: str, spans: Sequence[tuple[int, int, int]]) -> list[Piece]:
    """Cut `text` where spans (start, end, number of a check) begin and end. The pieces joined are `text`."""
    inside = [(max(0, start), min(end, len(text)), number) for start, end, number in spans]
    inside = [span for span in inside if span[0] < span[1]]
    cuts = sorted({0, len(text), *(at for start, end, _ in inside for at in (start, end))})
    return [
        Piece(text[here:there], tuple(sorted({n for start, end, n in inside if start <= here < end})))
        for here, there in pairwise(cuts)
    ]


def _named(rows: Sequence[dict[str, Any]]) -> dict[str, WrittenCheck]:
    return {check.name: check for check in kept_checks([row for row in rows if "title" in row])}
