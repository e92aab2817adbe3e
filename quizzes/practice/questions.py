"""Which questions somebody may practise."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.db.models import Max, Q, QuerySet

from enablement.models import Person, State
from quizzes.kinds import QuestionKind
from quizzes.models import Answer, AnswerKey, PracticeItem, Question, Quiz, Release
from quizzes.practice.choosing import Candidate
from quizzes.practice.weak_spots import Spot
from quizzes.release import asked_now
from quizzes.vouching import vouched_for, vouched_values

# Kinds of which it is known at once how an answer went; the others take the judge a moment.
GRADED_AT_ONCE = [kind for kind in QuestionKind if kind.rules.is_graded_at_once]


def practice_questions(person: Person) -> list[Question]:
    """Return the questions of _practisable that somebody vouches for."""
    rows = _practisable(person)
    return vouched_for(rows.select_related("lesson", "card", "guide_entry", "distinction", "ladder"))


def practice_spots(person: Person) -> set[Spot]:
    """Return what spots_of says of practice_questions, without reading a whole question."""
    return {
        (lesson, topic) for lesson, topic in vouched_values(_practisable(person), "lesson__slug", "topic")
    }


def _practisable(person: Person) -> QuerySet[Question]:
    """Return the released questions that `person` may practise, each in its newest version.

    They are those of the quizzes and banks the person may see that show what is right as soon as they are
    handed in. A question that any quiz holds its key back for is left out;
    so are, in any version, those of the person's own open attempts.
    """
    quizzes = Quiz.objects.visible_to(person).released().order_by()
    rows = list(quizzes.values_list("pk", "lesson", "from_bank", "release"))
    shown, held = (
        [row[:3] for row in rows if (row[3] == Release.AT_ONCE) is wanted] for wanted in (True, False)
    )
    return (
        Question.objects.filter(_asked_by(shown), state=State.RELEASED)
        .exclude(pk__in=Question.objects.filter(_asked_by(held)).values("pk"))
        .exclude(slug__in=asked_now(person))
        .order_by("slug", "-version")
        .distinct("slug")
    )


def _asked_by(quizzes: Sequence[tuple[int, int, bool]]) -> Q:
    """The questions of `quizzes`: of each its id, its lesson, and whether it draws from the lesson's bank."""
    listed = {pk for pk, _, from_bank in quizzes if not from_bank}
    banks = {lesson for _, lesson, from_bank in quizzes if from_bank}
    return Q(places__quiz__in=listed) | Q(lesson__in=banks)


def with_keys(questions: Sequence[Question]) -> list[Question]:
    """Return those of `questions` of which it is known what is right; what that is, is not read."""
    is_known = ~Q(correct=[]) | Q(rubric__checks__0__isnull=False)
    keyed = AnswerKey.objects.filter(is_known, question__in=questions)
    known = set(keyed.values_list("question", flat=True))
    return [question for question in questions if question.pk in known]


def spots_of(questions: Sequence[Question]) -> set[Spot]:
    """Return the topics, with their lessons, that `questions` ask about."""
    return {(question.lesson.slug, question.topic) for question in questions}


def candidates(person: Person, questions: list[Question]) -> list[Candidate]:
    """Return `questions` with when the person last met each, in any version, in a quiz or in practice."""
    met = _last_met(person, [question.slug for question in questions])
    return [
        Candidate(question.pk, question.lesson.slug, question.topic, met.get(question.slug))
        for question in questions
    ]


def _last_met(person: Person, slugs: list[str]) -> dict[str, datetime]:
    in_quizzes = Answer.objects.filter(attempt__person=person, question__slug__in=slugs).order_by()
    practised = PracticeItem.objects.filter(session__person=person, question__slug__in=slugs).order_by()
    rows = [
        *in_quizzes.values_list("question__slug").annotate(at=Max("attempt__started_at")),
        *practised.values_list("question__slug").annotate(at=Max("session__started_at")),
    ]
    met: dict[str, datetime] = {}
    for slug, at in rows:
        met[slug] = max(at, met.get(slug, at))
    return met
