"""The bank: the questions of a lesson as they are asked now, and what attempts may be drawn from."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Exists, OuterRef, QuerySet

from enablement.models import Lesson, State
from quizzes.drawing import Drawable
from quizzes.likeness import content_words
from quizzes.models import AnswerKey, Option, Question, Quiz
from quizzes.vouching import vouched_values


@dataclass(frozen=True, slots=True)
class InPool:
    """A question that may be drawn, by its id; the question itself is read once it is drawn."""

    pk: int
    slug: str


def newest_of(questions: QuerySet[Question]) -> QuerySet[Question]:
    """The newest version of each of `questions`, whatever its state."""
    newest = questions.order_by("slug", "-version").distinct("slug")
    return Question.objects.filter(pk__in=newest.values("pk")).order_by("topic", "slug")


def bank_of(lesson: Lesson) -> QuerySet[Question]:
    """The newest version of each question of a lesson, whatever its state."""
    return newest_of(Question.objects.filter(lesson=lesson))


def offered_in(lesson: Lesson) -> QuerySet[Question]:
    """What a quiz of a lesson may list: questions with a key that were not put away."""
    return bank_of(lesson).filter(key__isnull=False).exclude(state=State.ARCHIVED)


def asked_by(quiz: Quiz) -> QuerySet[Question]:
    """The released questions that a quiz draws from, in its own order."""
    if quiz.from_bank:
        questions = bank_of(quiz.lesson)
    else:
        questions = Question.objects.filter(places__quiz=quiz).order_by("places__order")
    # One that cannot be graded is not asked. What is right is not read for that, only that something is.
    keys = AnswerKey.objects.filter(question=OuterRef("pk")).exclude(correct=[], rubric={})
    return questions.filter(Exists(keys), state=State.RELEASED)


def askable(quiz: Quiz) -> QuerySet[Question]:
    """What asked_by returns, with all that drawing looks at."""
    return (
        asked_by(quiz)
        .select_related("card", "guide_entry", "distinction", "ladder")
        .prefetch_related("options", "distinction__outcomes")
    )


def pool_of(questions: QuerySet[Question]) -> list[Drawable[InPool]]:
    """Those of `questions` that somebody vouches for, as drawing sees them; two queries, no whole row."""
    texts = ArraySubquery(Option.objects.filter(question=OuterRef("pk")).order_by("position").values("text"))
    fields = ("pk", "slug", "topic", "kind", "difficulty", "family", "prompt", "stories", "said")
    return [
        Drawable(
            InPool(pk, slug),
            topic=topic,
            kind=kind,
            difficulty=difficulty,
            family=family,
            words=content_words(" ".join([prompt, *stories, *said])),
        )
        for pk, slug, topic, kind, difficulty, family, prompt, stories, said in vouched_values(
            questions.annotate(said=texts), *fields
        )
    ]


def drawn(chosen: Sequence[InPool]) -> list[Question]:
    """The questions themselves, in the order in which they were drawn, with what can be chosen in each."""
    rows = Question.objects.select_related("distinction").prefetch_related("options", "distinction__outcomes")
    found = rows.in_bulk([one.pk for one in chosen])
    return [found[one.pk] for one in chosen]


def drawables(questions: Iterable[Question]) -> list[Drawable[Question]]:
    """Questions as drawing sees them."""
    return [
        Drawable(
            question,
            topic=question.topic,
            kind=question.kind,
            difficulty=question.difficulty,
            family=question.family,
            words=content_words(" ".join(said_in(question))),
        )
        for question in questions
    ]


def said_in(question: Question) -> list[str]:
    """Everything that a question says when it is asked, but for the outcomes that all sorts share."""
    return [question.prompt, *question.stories, *(option.text for option in question.options.all())]
