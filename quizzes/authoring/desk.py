"""What the page shows on which a question is written."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django.urls import reverse

from enablement.editing.boxes import Box
from enablement.lessons.checking import Problem
from enablement.lessons.difference import Change, compare
from enablement.models import Lesson, Person
from quizzes.authoring.checking import spoken
from quizzes.authoring.fields import RELOADS, boxes_of
from quizzes.authoring.offers import QuestionOffer
from quizzes.authoring.words import QUESTION_WORDS
from quizzes.exporting import question_data
from quizzes.kinds import OPTION_NAMES, QuestionKind
from quizzes.models import Attempt, Question, Quiz
from quizzes.schema import ITEM_TYPES, mixed
from quizzes.sheets.open_sheet import OpenQuestion
from quizzes.sheets.preview import preview_of


def desk(
    person: Person,
    lesson: Lesson,
    kind: QuestionKind,
    item: Mapping[str, Any],
    *,
    of: Question | None = None,
    problems: Sequence[Problem] = (),
) -> dict[str, Any]:
    """Return the context of the form. `item` is what is in it, `of` the question that it changes."""
    offer = QuestionOffer(lesson, person, item)
    boxes = boxes_of(kind, item, offer, problems)
    return {
        "lesson": lesson,
        "kind": kind,
        "written": of,
        "boxes": boxes,
        "reloads": RELOADS,
        "marked": _marked(kind, problems, boxes),
        "question": asked(kind, item, offer),
        "changes": changes_to(of, item) if of else [],
        "quizzes": Quiz.objects.for_all().filter(questions__slug=of.slug).distinct() if of else [],
        "under_way": Attempt.objects.open().filter(answers__question__slug=of.slug).count() if of else 0,
        "action": action_of(lesson, kind, of),
    }


def _marked(
    kind: QuestionKind, problems: Sequence[Problem], boxes: Sequence[Box]
) -> list[tuple[Problem, str, str]]:
    """Problems in the order of the form, each with the id of its field and its name in words."""
    places = {box.name: place for place, box in enumerate(boxes)}
    ordered = sorted(problems, key=lambda p: places.get(str(p.path[0]), 99) if p.path else -1)
    return [(p, "-".join(map(str, p.path)), spoken(kind, p.path)) for p in ordered]


def asked(kind: QuestionKind, item: Mapping[str, Any], offer: QuestionOffer) -> OpenQuestion:
    """Return a question as a rep would see it, as far as it is written."""
    stories = [str(story.get("text", "")) for story in item.get("stories") or []]
    ask = offer.asks if kind is QuestionKind.SORT else ""
    return preview_of(kind, str(item.get("prompt") or ""), _texts(kind, item, offer), stories, ask=ask)


def changes_to(question: Question, item: Mapping[str, Any]) -> list[Change]:
    """Return what `item` says otherwise than the stored question."""
    kind = QuestionKind(question.kind)
    return compare(kind.value, ITEM_TYPES[kind], question_data(question), item, QUESTION_WORDS)


def boxes_stored(person: Person, question: Question) -> list[Box]:
    """Return the fields of a stored question, key included, for reading."""
    kind, item = QuestionKind(question.kind), question_data(question)
    return boxes_of(kind, item, QuestionOffer(question.lesson, person, item))


def action_of(lesson: Lesson, kind: QuestionKind, of: Question | None) -> str:
    """Return the address that the form is sent to."""
    if of is not None:
        return reverse("question-edit", args=[of.slug])
    return f"{reverse('question-new', args=[lesson.slug])}?kind={kind.value}"


def _texts(kind: QuestionKind, item: Mapping[str, Any], offer: QuestionOffer) -> dict[str, str]:
    """The options of a question by name, in the order in which they are stored."""
    if kind in (QuestionKind.SORT, QuestionKind.CHEAPEST_STEP):
        return {choice.value: choice.label for choice in offer.outcomes or offer.steps}
    rows = item.get("options") or item.get("phrases") or []
    texts = [str(row.get("text") or "") for row in rows] or list(item.get("answers") or [])
    if kind is QuestionKind.PUT_IN_ORDER:
        texts = mixed(item.get("steps") or [])
    return dict(zip(OPTION_NAMES, filter(None, texts), strict=False))
