"""Quizzes out of the database, as the files that they can be loaded from again."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

from enablement.lessons.yaml_text import list_text, mapping_text
from enablement.models import Lesson, State
from quizzes.kinds import OPTION_NAMES, PART_END, part_of
from quizzes.kinds.parts import STORIES
from quizzes.models import Question, QuestionKind, Quiz
from quizzes.schema import ITEM_TYPES, AnyItem, QuizItem

# All that a file says about the quiz itself, in the order of the file.
ABOUT = [name for name in QuizItem.model_fields if name != "questions"]


def read_quiz(quiz: Quiz) -> QuizItem:
    """Return a quiz with the questions that it asks now, keys included."""
    places = quiz.places.select_related(
        "question__key",
        "question__card",
        "question__guide_entry",
        "question__distinction",
        "question__ladder",
    )
    questions = [question_data(place.question) for place in places.order_by("order")]
    about = {name: getattr(quiz, name) for name in ABOUT if name != "lesson"}
    return QuizItem.model_validate({**about, "lesson": quiz.lesson.slug, "questions": questions})


def write_quizzes(lesson: Lesson, folder: Path) -> list[Path]:
    """Write the released quizzes of `lesson`: `quiz.yaml`, and `quiz-SLUG.yaml` for each further one."""
    quizzes = Quiz.objects.for_all().filter(lesson=lesson, state=State.RELEASED).order_by("pk")
    texts = {
        "quiz.yaml" if order == 0 else f"quiz-{quiz.slug}.yaml": quiz_text(read_quiz(quiz))
        for order, quiz in enumerate(quizzes)
    }
    for old in folder.glob("quiz*.yaml"):
        if old.name not in texts:
            old.unlink()
    for name, text in texts.items():
        (folder / name).write_text(text, encoding="utf-8", newline="\n")
    return [folder / name for name in texts]


def quiz_text(item: QuizItem) -> str:
    """Return a quiz as YAML, its questions a blank line apart."""
    data = item.model_dump(mode="json", exclude_defaults=True)
    about = {name: data[name] for name in ABOUT if name in data}
    # `kind` says which question it is and so is never left out.
    questions = [
        {"slug": question.slug, "kind": question.kind, **row}
        for question, row in zip(item.questions, data["questions"], strict=True)
    ]
    lines = list_text(questions).splitlines()
    return mapping_text(about) + "questions:\n" + "".join(f"  {line}".rstrip() + "\n" for line in lines)


def question_data(question: Question) -> dict[str, Any]:
    """Return a question as a `quiz.yaml` holds it, key included."""
    data: dict[str, Any] = {
        "slug": question.slug,
        "kind": question.kind,
        "topic": question.topic,
        "prompt": question.prompt,
        "difficulty": question.difficulty,
        "family": question.family or None,
        "explanation": question.key.explanation,
        "card": question.card.slug if question.card else None,
        "guide_entry": question.guide_entry.slug if question.guide_entry else None,
    }
    return data | _OWN_FIELDS[QuestionKind(question.kind)](question)


def items_of(questions: Iterable[Question]) -> list[AnyItem]:
    """Return those of `questions` that have a key as data, for rules that look at many at once."""
    return [
        ITEM_TYPES[QuestionKind(question.kind)].model_validate(
            {"slug": question.slug, **question_data(question)}
        )
        for question in questions
        if hasattr(question, "key")
    ]


def _chosen(question: Question) -> dict[str, Any]:
    return {"options": _options(question)}


def _sorted(question: Question) -> dict[str, Any]:
    key, distinction = question.key, question.distinction
    assert distinction is not None, "a sort has a distinction: a constraint says so"
    return {
        "distinction": distinction.slug,
        "outcome": key.correct[0],
        "misconceptions": key.misconceptions,
    }


def _cheapest_step(question: Question) -> dict[str, Any]:
    ladder = question.ladder.slug if question.ladder else ""
    step = {"ladder": ladder, "step": question.key.correct[0]}
    return {**step, "misconceptions": question.key.misconceptions}


def _in_order(question: Question) -> dict[str, Any]:
    texts = question.option_texts()
    places = {int(name.rpartition(PART_END)[2]): part_of(name) for name in question.key.correct}
    return {"steps": [texts[places[place]] for place in sorted(places)]}


def _phrases(question: Question) -> dict[str, Any]:
    key = question.key
    return {
        "phrases": [
            {"text": text, "must_go": name in key.correct, "why": key.misconceptions.get(name, "")}
            for name, text in question.option_texts().items()
        ]
    }


def _pair(question: Question) -> dict[str, Any]:
    key, answers = question.key, question.option_texts()
    right = {part_of(name): name for name in key.correct}
    stories = [
        {
            "text": text,
            "answer": answers[right[part].rpartition(PART_END)[2]],
            "why": key.misconceptions[right[part]],
        }
        for part, text in zip(STORIES, question.stories, strict=True)
    ]
    return {"answers": list(answers.values()), "stories": stories}


def _written(question: Question) -> dict[str, Any]:
    bench = [{name: row[name] for name in ("text", "met", "breaks")} for row in question.samples.values()]
    return {**question.key.rubric, "bench": bench}


def _options(question: Question) -> list[dict[str, Any]]:
    key = question.key
    named = zip(OPTION_NAMES, question.options.all(), strict=False)
    return [
        {
            "text": option.text,
            "correct": name in key.correct,
            "misconception": key.misconceptions.get(name, ""),
        }
        for name, option in named
    ]


_OWN_FIELDS: dict[QuestionKind, Callable[[Question], dict[str, Any]]] = {
    QuestionKind.ONE_CHOICE: _chosen,
    QuestionKind.SEVERAL_CHOICES: _chosen,
    QuestionKind.SORT: _sorted,
    QuestionKind.CHEAPEST_STEP: _cheapest_step,
    QuestionKind.PUT_IN_ORDER: _in_order,
    QuestionKind.MARK_WORDS: _phrases,
    QuestionKind.FLIP_PAIR: _pair,
    QuestionKind.REWRITE: _written,
    QuestionKind.FREE_TEXT: _written,
    QuestionKind.ANALOGY_BREAK: _written,
}
