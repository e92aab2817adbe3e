"""Quiz files into the database. The same file twice changes nothing; a changed question is a new version."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any, TypeVar

from django.db import models, transaction

from enablement import audit
from enablement.lessons.canonical import data_hash
from enablement.lessons.folder import ContentError, Problem
from enablement.models import Card, Distinction, GuideEntry, Ladder, Lesson, Person, State
from quizzes.files import QuizFile
from quizzes.kinds import OPTION_NAMES
from quizzes.models import Question, Quiz, QuizQuestion
from quizzes.schema import AnyItem, CheapestStepItem, QuizItem, SortItem
from quizzes.versions import Links, bring_question

# What a file says that is looked up or brought on its own; all else goes into the quiz as it is.
NOT_FIELDS = {"slug", "lesson", "questions"}
M = TypeVar("M", bound=models.Model)


@dataclass(slots=True)
class Loaded:
    """What loading one file came to, by slugs of questions."""

    quiz: Quiz
    added: list[str] = field(default_factory=list)
    changed: list[str] = field(default_factory=list)
    removed: list[str] = field(default_factory=list)
    is_same: bool = False


@transaction.atomic
def load_quiz(file: QuizFile, actor: Person | None = None) -> Loaded:
    """Bring the quiz to what its file says. Raises ContentError, and then nothing of it is loaded.

    A quiz is released when it is first loaded; later loads leave its state to the editors. Nothing at all
    is touched while the file stays the same, so changes made on the site last until the file changes.
    """
    item = file.item
    digest = data_hash(_said(item))
    known = Quiz.objects.select_for_update().filter(slug=item.slug).first()
    if known is not None and known.content_hash == digest:
        return Loaded(known, is_same=True)
    links = links_of(file)
    fields = {**item.model_dump(exclude=NOT_FIELDS), "lesson": links.lesson}
    fields["content_hash"] = digest
    quiz, made = Quiz.objects.update_or_create(
        slug=item.slug, defaults=fields, create_defaults={**fields, "state": State.RELEASED}
    )
    loaded = Loaded(quiz)
    _place_questions(loaded, [_bring(loaded, question, links) for question in item.questions])
    audit.record(
        actor,
        "load_quiz",
        quiz,
        after={"added": loaded.added, "changed": loaded.changed, "removed": loaded.removed, "made": made},
    )
    return loaded


def _said(item: QuizItem) -> dict[str, Any]:
    """What a file says. It came later than the rest, so a file without it keeps the hash that it had."""
    data = item.model_dump(mode="json")
    return data if item.strict_time else {name: data[name] for name in data if name != "strict_time"}


def _bring(loaded: Loaded, item: AnyItem, links: Links) -> Question:
    question, made = bring_question(item, links)
    if made:
        (loaded.changed if question.version > 1 else loaded.added).append(item.slug)
    return question


def _place_questions(loaded: Loaded, questions: list[Question]) -> None:
    quiz = loaded.quiz
    slugs = {question.slug for question in questions}
    before = Question.objects.filter(places__quiz=quiz).values_list("slug", flat=True)
    loaded.removed = sorted(set(before) - slugs)
    QuizQuestion.objects.filter(quiz=quiz).delete()
    QuizQuestion.objects.bulk_create(
        QuizQuestion(quiz=quiz, question=question, order=order) for order, question in enumerate(questions)
    )


def links_of(file: QuizFile) -> Links:
    """Look up everything that the file names. Raises ContentError with the line of each name not found."""
    questions = file.item.questions
    lesson = Lesson.objects.filter(slug=file.item.lesson).first()
    links = Links(
        lesson=lesson or Lesson(),
        cards=_by_slug(Card.objects.all(), (question.card for question in questions)),
        entries=_by_slug(GuideEntry.objects.all(), (question.guide_entry for question in questions)),
        distinctions=_by_slug(
            Distinction.objects.prefetch_related("outcomes"),
            (question.sorted_by for question in questions),
        ),
        ladders=_by_slug(
            Ladder.objects.prefetch_related("steps"), (question.walks for question in questions)
        ),
    )
    problems = [*_broken_links(file, links), *_taken_slugs(file)]
    if lesson is None:
        problems.insert(0, file.problem(f"there is no lesson called “{file.item.lesson}”", "lesson"))
    if problems:
        raise ContentError(problems)
    return links


def _by_slug(rows: models.QuerySet[M], slugs: Iterable[str | None]) -> dict[str, M]:
    return {row.slug: row for row in rows.filter(slug__in={slug for slug in slugs if slug})}  # type: ignore[attr-defined]


def _broken_links(file: QuizFile, links: Links) -> Iterator[Problem]:
    for index, item in enumerate(file.item.questions):
        if item.card and item.card not in links.cards:
            yield file.problem(f"there is no card called “{item.card}”", "questions", index, "card")
        if item.guide_entry and item.guide_entry not in links.entries:
            message = f"there is no guide entry called “{item.guide_entry}”"
            yield file.problem(message, "questions", index, "guide_entry")
        if isinstance(item, SortItem):
            yield from _broken_outcomes(file, links, index, item)
        if isinstance(item, CheapestStepItem):
            yield from _broken_steps(file, links, index, item)


def _broken_outcomes(file: QuizFile, links: Links, index: int, item: SortItem) -> Iterator[Problem]:
    distinction = links.distinctions.get(item.distinction)
    if distinction is None:
        message = f"there is no distinction called “{item.distinction}”"
        yield file.problem(message, "questions", index, "distinction")
        return
    names = {outcome.name for outcome in distinction.outcomes.all()}
    if item.outcome not in names:
        message = f"“{item.distinction}” has no outcome “{item.outcome}”"
        yield file.problem(message, "questions", index, "outcome")
        return
    for name in sorted(names - {item.outcome} - set(item.misconceptions)):
        message = f"a misconception for the wrong outcome “{name}” is missing"
        yield file.problem(message, "questions", index, "misconceptions")
    for name in sorted(set(item.misconceptions) - (names - {item.outcome})):
        message = f"“{name}” is not a wrong outcome of “{item.distinction}”"
        yield file.problem(message, "questions", index, "misconceptions", name)


def _broken_steps(file: QuizFile, links: Links, index: int, item: CheapestStepItem) -> Iterator[Problem]:
    ladder = links.ladders.get(item.ladder)
    if ladder is None:
        yield file.problem(f"there is no ladder called “{item.ladder}”", "questions", index, "ladder")
        return
    steps = {step.slug for step in ladder.steps.all()}
    if len(steps) > len(OPTION_NAMES):
        message = f"“{item.ladder}” has more than {len(OPTION_NAMES)} steps to choose from"
        yield file.problem(message, "questions", index, "ladder")
    if item.step not in steps:
        message = f"“{item.ladder}” has no step “{item.step}”"
        yield file.problem(message, "questions", index, "step")
    for name in sorted(set(item.misconceptions) - (steps - {item.step})):
        message = f"“{name}” is not a wrong step of “{item.ladder}”"
        yield file.problem(message, "questions", index, "misconceptions", name)


def _taken_slugs(file: QuizFile) -> Iterator[Problem]:
    """Slugs of questions that belong to another lesson already."""
    items = {item.slug: index for index, item in enumerate(file.item.questions)}
    others = Question.objects.filter(slug__in=items).exclude(lesson__slug=file.item.lesson)
    for slug in sorted(set(others.values_list("slug", flat=True))):
        message = f"the slug “{slug}” belongs to a question of another lesson"
        yield file.problem(message, "questions", items[slug], "slug")
