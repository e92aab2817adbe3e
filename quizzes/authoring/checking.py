"""What is wrong with a question that is being written, each thing at the field that it is about."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Final

from pydantic import ValidationError

from enablement.lessons.checking import Path, Problem, problem_of
from quizzes.authoring.offers import QuestionOffer
from quizzes.authoring.words import QUESTION_WORDS
from quizzes.kinds import QuestionKind
from quizzes.schema import ITEM_TYPES

EMPTY: Final = "This is still empty."
# What a rule about a whole row, or about the whole question, is a rule about.
OF_A_ROW: Final = {"options": "misconception", "phrases": "why"}
OF_THE_WHOLE: Final = ("options", "steps", "phrases", "stories", "bench")


def problems_in(kind: QuestionKind, item: Mapping[str, Any], offer: QuestionOffer) -> list[Problem]:
    """Return everything wrong with a question as data; an empty list: it can be asked."""
    try:
        ITEM_TYPES[kind].model_validate(dict(item))
    except ValidationError as error:
        found = [_placed(detail) for detail in error.errors()]
    else:
        found = []
    return found + list(_beliefs(item, offer))


def spoken(kind: QuestionKind, path: Path) -> str:
    """Return where a problem is, by the labels of the form: `Option 2, What somebody believes`."""
    if not path:
        return "The question"
    name, *rest = (str(step) for step in path)
    if rest and rest[0].isdecimal():
        row = f"{QUESTION_WORDS.row_title(name)} {int(rest[0]) + 1}"
        return f"{row}: {QUESTION_WORDS.label(name, rest[1])}" if len(rest) > 1 else row
    return QUESTION_WORDS.label(kind.value, name)


def _placed(detail: Any) -> Problem:
    problem = problem_of(detail)
    message = problem.message.removeprefix("Value error, ")
    path, own = problem.path, detail.get("type") == "value_error"
    if own and not path:
        path = next(((name,) for name in OF_THE_WHOLE if name in detail["input"]), ())
    if own and len(path) == 2 and path[0] in OF_A_ROW:
        path = (*path, OF_A_ROW[str(path[0])])
    return Problem(path, f"{message[:1].upper()}{message[1:]}".rstrip(".") + ".", problem.unfinished)


def _beliefs(item: Mapping[str, Any], offer: QuestionOffer) -> Iterator[Problem]:
    """A statement to sort says what somebody believes who chose each wrong outcome."""
    sorts, given = item.get("distinction"), item.get("misconceptions") or {}
    if item.get("kind") != QuestionKind.SORT or not item.get("outcome"):
        return
    if not isinstance(sorts, str) or not isinstance(given, Mapping):
        return
    for choice in offer.columns("misconceptions"):
        if not given.get(choice.value):
            yield Problem(("misconceptions", choice.value), EMPTY, True)
