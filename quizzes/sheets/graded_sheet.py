"""The questions of an attempt that was handed in: what was chosen, what is right, why, and what to say."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from django.db.models import QuerySet

from enablement.models import Card, GuideEntry, Person, State
from quizzes.feedback import line_to_say
from quizzes.grading import chosen_in, written_in
from quizzes.grading.written import WrittenCheck, kept_checks
from quizzes.kinds import ONE_PRESS, QuestionKind, Rules, part_of, parts_in
from quizzes.models import Answer, Appeal, Attempt
from quizzes.release import asked_now, shows_keys
from quizzes.sheets.open_sheet import what_to_do, with_choices


@dataclass(frozen=True, slots=True)
class GradedChoice:
    """An option with how it came out.

    `misconception` is given for a wrong option that was chosen; for a right one it says why it is right.
    """

    name: str
    text: str
    is_chosen: bool
    is_correct: bool
    misconception: str


@dataclass(frozen=True, slots=True)
class GradedPart:
    """A part of a question with its choices; one part without name and text for most questions."""

    name: str
    text: str
    choices: list[GradedChoice]

    @property
    def is_right(self) -> bool:
        return all(choice.is_chosen == choice.is_correct for choice in self.choices)


@dataclass(frozen=True, slots=True)
class PlacedStep:
    """A step at its right place, and the number it was given (empty where it got none)."""

    place: str
    text: str
    chosen: str

    @property
    def is_right(self) -> bool:
        return self.chosen == self.place


@dataclass(frozen=True, slots=True)
class Reference:
    """A piece of content to read on."""

    title: str
    url: str


@dataclass(frozen=True, slots=True)
class Evidence:
    """A check of an answer in one's own words, the words that decide it, and the objection to it, if any."""

    check: WrittenCheck
    appeal: Appeal | None


@dataclass(frozen=True, slots=True)
class GradedQuestion:
    """A question with its grade and feedback. `say` is the line for the buyer, empty where there is none.

    `correct` is None while the reader has the question open in a quiz: nothing says then how it came out.
    `is_undecided`: in practice, where the judge could not tell and nobody else looks.
    """

    number: int
    kind: str
    topic: str
    ask: str
    prompt: str
    parts: list[GradedPart]
    chosen: list[str]
    right: list[str]
    text: str
    answer: int
    evidence: list[Evidence]
    model_answer: str
    answered: bool
    correct: bool | None
    checks_met: int
    checks: int
    explanation: str
    say: str
    card: Reference | None
    guide_entry: Reference | None
    shows_key: bool = True
    is_undecided: bool = False

    @property
    def is_held(self) -> bool:
        """Whether the reader has the question open in a quiz, so that nothing says how it came out."""
        return self.correct is None

    @property
    def is_spoilt(self) -> bool:
        """Whether the answer says what must not be said."""
        return any(row.check.spoils and row.check.outcome == "met" for row in self.evidence)

    @property
    def rules(self) -> Rules:
        return QuestionKind(self.kind).rules

    @property
    def choices(self) -> list[GradedChoice]:
        return [choice for part in self.parts for choice in part.choices]

    @property
    def is_partly_right(self) -> bool:
        """Answered with some of it right: worth saying, though it does not count."""
        return self.checks > 0 and self.correct is False and self.kind not in ONE_PRESS

    @property
    def right_order(self) -> list[PlacedStep]:
        """The steps of an order, as they belong."""
        steps = [
            PlacedStep(
                place=next((choice.text for choice in part.choices if choice.is_correct), ""),
                text=part.text,
                chosen=next((choice.text for choice in part.choices if choice.is_chosen), ""),
            )
            for part in self.parts
        ]
        return sorted(steps, key=lambda step: step.place)

    @property
    def steps_off(self) -> int:
        """How many steps the choice lies past the right one (below 0: short of it), where one is chosen."""
        places = {choice.name: place for place, choice in enumerate(self.choices)}
        chosen = [places[choice.name] for choice in self.choices if choice.is_chosen]
        right = [places[choice.name] for choice in self.choices if choice.is_correct]
        return chosen[0] - right[0] if chosen and right else 0

    @property
    def chosen_text(self) -> str:
        return _listed(self.chosen)

    @property
    def correct_text(self) -> str:
        return _listed(self.right)


def _listed(texts: list[str]) -> str:
    return "; ".join(f"“{text.strip('“”')}”" for text in texts)


class NotHandedIn(Exception):
    """Keys and feedback exist for nobody before the attempt is handed in."""


def graded_sheet(attempt: Attempt, reader: Person) -> list[GradedQuestion]:
    """The graded questions of `attempt` in its own order, as `reader` may see them.

    Raises NotHandedIn for an open attempt.
    """
    if attempt.is_open:
        raise NotHandedIn(f"attempt {attempt.pk} is open")
    return [question for _, question in graded_answers(attempt.answers.all(), reader)]


def graded_answers(answers: QuerySet[Answer], reader: Person) -> list[tuple[Answer, GradedQuestion]]:
    """Each of `answers` that has a grade, with its graded question as `reader` may see it."""
    rows = with_choices(answers).select_related(
        "attempt__quiz",
        "grade__key_of__key",
        "question__key",
        "question__card",
        "question__guide_entry",
        "question__distinction",
    )
    graded = [answer for answer in rows if hasattr(answer, "grade")]
    attempts = {answer.attempt_id: answer.attempt for answer in graded}
    shown, held = {pk for pk, one in attempts.items() if shows_keys(one, reader)}, set(asked_now(reader))
    return [
        (answer, _as_shown(answer, shown=answer.attempt_id in shown, held=answer.question.slug in held))
        for answer in graded
    ]


def _as_shown(answer: Answer, *, shown: bool, held: bool) -> GradedQuestion:
    question = graded_question(answer)
    if held:
        return held_question(question)
    return question if shown else without_key(question)


def held_question(question: GradedQuestion) -> GradedQuestion:
    """A graded question without its key and how it came out: of two choices, that names the right one."""
    return replace(without_key(question), correct=None, is_undecided=False)


def without_key(question: GradedQuestion) -> GradedQuestion:
    """A graded question with all that says what is right taken out."""
    parts = [
        replace(part, choices=[replace(one, is_correct=False, misconception="") for one in part.choices])
        for part in question.parts
    ]
    return replace(
        question,
        parts=parts,
        right=[],
        evidence=[],
        model_answer="",
        explanation="",
        say="",
        checks=0,
        checks_met=0,
        shows_key=False,
    )


def graded_question(answer: Answer) -> GradedQuestion:
    """Return an answer that has a grade with everything that is shown then. Reads the question's key."""
    question, grade, key = answer.question, answer.grade, answer.grade.key
    rules, texts = question.rules, question.option_texts()
    line = line_to_say(question)
    return GradedQuestion(
        number=answer.position + 1,
        kind=question.kind,
        topic=question.topic,
        ask=what_to_do(question),
        prompt=question.prompt,
        parts=[_part(answer, part, texts) for part in parts_in(answer.option_order)],
        chosen=rules.summary([n for n in answer.option_order if n in chosen_in(answer.response)], texts),
        right=rules.summary([n for n in answer.option_order if n in key.correct], texts),
        text=written_in(answer.response),
        answer=answer.pk,
        evidence=_evidence(answer),
        model_answer=key.rubric.get("model_answer", ""),
        answered=grade.answered,
        correct=grade.correct,
        checks_met=sum(check["met"] for check in grade.checks),
        checks=len(grade.checks),
        explanation=key.explanation,
        say=line.text if line else "",
        card=_reference(question.card),
        guide_entry=_reference(question.guide_entry),
    )


def _evidence(answer: Answer) -> list[Evidence]:
    checks = kept_checks([row for row in answer.grade.checks if "title" in row])
    if not checks:
        return []
    # An answer of practice is no row, and nobody objects to its grade.
    appeals = {appeal.check_name: appeal for appeal in Appeal.objects.filter(answer=answer.pk)}
    return [Evidence(check, appeals.get(check.name)) for check in checks]


def _reference(part: Card | GuideEntry | None) -> Reference | None:
    if part is None or part.state != State.RELEASED:
        return None
    return Reference(part.heading, part.get_absolute_url())


def _part(answer: Answer, part: str, texts: Mapping[str, str]) -> GradedPart:
    question, key, chosen = answer.question, answer.grade.key, chosen_in(answer.response)
    choices = [
        GradedChoice(
            name=name,
            text=question.rules.choice_text(name, texts),
            is_chosen=name in chosen,
            is_correct=name in key.correct,
            misconception=key.misconceptions.get(name, "") if name in chosen or name in key.correct else "",
        )
        for name in answer.option_order
        if part_of(name) == part
    ]
    return GradedPart(part, question.rules.part_text(part, texts, question.stories), choices)
