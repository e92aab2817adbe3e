"""What the quizzes hold about people. Scores stay, without a name; what they wrote themselves goes."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from django.db import connection
from django.db.models import Q, QuerySet

from enablement.models import Notice, Person
from enablement.personal.holdings import Choosing, Fate, Holding, Withheld
from quizzes.grades import measure
from quizzes.models import (
    Answer,
    Appeal,
    Attempt,
    AttemptState,
    PendingGrade,
    SampleAnswer,
)
from quizzes.release import asked_now, held_back, topics_asked_now

# The keys of a check, a finding or a kept grade that hold words of the answer.
WORDS: Final = ("quote", "text", "said")
# Lets the words of an answer go that was handed in (migration written_answers_can_be_erased).
ERASING: Final = "dosay.erasing"


def without_words(value: Any) -> Any:
    """Return kept checks or grades without the words of the answer; numbers and outcomes stay. Pure."""
    if isinstance(value, Mapping):
        return {
            name: "" if name in WORDS and isinstance(part, str) else without_words(part)
            for name, part in value.items()
        }
    if isinstance(value, list):
        return [without_words(part) for part in value]
    return value


def empty_json(*fields: str) -> Any:
    """Return what takes the words out of some JSON fields of the rows."""

    def rewrite(rows: QuerySet[Any], person: Person) -> None:
        for row in rows:
            for name in fields:
                setattr(row, name, without_words(getattr(row, name)))
            row.save(update_fields=list(fields))

    return rewrite


def drop_unfinished(rows: QuerySet[Attempt], person: Person) -> None:
    """Attempts that are open, or of which nothing is graded, are no scores: they go."""
    for attempt in rows.filter(state=AttemptState.OPEN):
        attempt.delete()
    PendingGrade.objects.filter(answer__attempt__person=person).delete()
    for attempt in Attempt.objects.filter(person=person):
        measure(attempt)
        if attempt.score is None:
            attempt.delete()
        else:
            attempt.save(update_fields=["score", "waiting"])


def empty_answers(rows: QuerySet[Answer], person: Person) -> None:
    """Take the words out of answers, and those that people decided on off the bench of their question."""
    written = rows.filter(response__has_key="text")
    for answer in written:
        text = (answer.response or {}).get("text", "")
        SampleAnswer.objects.filter(question=answer.question_id, text=text).exclude(text="").delete()
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config(%s, 'on', true)", [ERASING])
        Answer.objects.filter(pk__in=[row.pk for row in written]).update(response={"text": ""})
        cursor.execute("SELECT set_config(%s, '', true)", [ERASING])


def empty_practice(rows: QuerySet[Any], person: Person) -> None:
    """Take the words out of what was written, and out of what the judge quoted of it."""
    for item in rows.filter(response__has_key="text"):
        item.response = {"text": ""}
        if item.grade is not None:
            item.grade |= {"checks": []}
        item.save(update_fields=["response", "grade"])


def withdraw_appeals(rows: QuerySet[Appeal], person: Person) -> None:
    """The messages about an objection quote it; they go with it."""
    Notice.objects.filter(key__in=[f"appeal:{row.pk}" for row in rows]).delete()


def not_to_be_seen(question: str, quiz: str = "") -> Choosing:
    """Return what leaves the rows that say what is right where their person may not see it yet.

    `question` and `quiz` are the paths to them: the person has the question open, or the quiz keeps its keys.
    """

    def choose(rows: QuerySet[Any], person: Person) -> QuerySet[Any]:
        kept = Q(**{f"{question}__slug__in": asked_now(person)})
        if quiz:
            kept |= Q(**{f"{quiz}__in": held_back(person)})
        return rows.filter(kept)

    return choose


def of_topics_asked(lesson: str, topic: str) -> Choosing:
    """Return what leaves the rows about topics that their person has open in a quiz, by the paths to them."""

    def choose(rows: QuerySet[Any], person: Person) -> QuerySet[Any]:
        kept = Q(pk__in=[])
        for of, named in topics_asked_now(person):
            kept |= Q(**{lesson: of, topic: named})
        return rows.filter(kept)

    return choose


OF_AN_ANSWER: Final = not_to_be_seen("answer__question", "answer__attempt__quiz")

# What a changed grade quotes is another person's answer.
REP_WORDS: Final = ("before", "after", "undo")

HOLDINGS: Final = (
    Holding("quizzes.QuestionDraft", "person", "questions they were writing", Fate.GONE),
    Holding("quizzes.CoachingReply", "by", "what they wrote to coaching notes", Fate.EMPTIED, {"text": ""}),
    Holding("quizzes.CoachingReply", "note__person", "answers to notes to them", Fate.GONE),
    Holding("quizzes.CoachingNote", "person", "coaching notes to them", Fate.GONE),
    Holding("quizzes.CoachingNote", "by", "coaching notes they wrote", Fate.KEPT),
    Holding(
        "quizzes.Appeal",
        "answer__attempt__person",
        "objections to grades",
        Fate.EMPTIED,
        {"reason": ""},
        withdraw_appeals,
    ),
    Holding(
        "quizzes.Appeal",
        "decided_by",
        "objections they decided on",
        Fate.EMPTIED,
        {"note": ""},
        secret=("reason",),
    ),
    Holding(
        "quizzes.GradeChange",
        "answer__attempt__person",
        "changed grades",
        Fate.EMPTIED,
        {"undo": {}},
        empty_json("before", "after"),
        withheld=Withheld(("before", "after", "undo"), OF_AN_ANSWER),
    ),
    Holding("quizzes.GradeChange", "actor", "grades they decided on", Fate.KEPT, secret=REP_WORDS),
    Holding(
        "quizzes.RegradeLine",
        "answer__attempt__person",
        "answers graded anew",
        Fate.EMPTIED,
        {},
        empty_json("before", "after", "waited", "waits"),
        withheld=Withheld(("before", "after", "waited", "waits"), OF_AN_ANSWER),
    ),
    Holding("quizzes.Regrade", "made_by", "regrades they asked for", Fate.EMPTIED, {"reason": ""}),
    Holding(
        "quizzes.PendingGrade",
        "answer__attempt__person",
        "answers that wait for a grade",
        Fate.GONE,
        withheld=Withheld(("proposal",), OF_AN_ANSWER),
    ),
    Holding(
        "quizzes.Attempt",
        "person",
        "attempts at quizzes (unfinished ones are deleted)",
        Fate.KEPT,
        {},
        drop_unfinished,
    ),
    Holding(
        "quizzes.Grade",
        "answer__attempt__person",
        "grades",
        Fate.EMPTIED,
        {},
        empty_json("checks"),
        withheld=Withheld(("score", "correct", "true", "checks"), OF_AN_ANSWER),
    ),
    Holding("quizzes.Answer", "attempt__person", "answers in quizzes", Fate.EMPTIED, {}, empty_answers),
    Holding(
        "quizzes.PracticeItem",
        "session__person",
        "answers in practice",
        Fate.EMPTIED,
        {},
        empty_practice,
        withheld=Withheld(("score", "grade", "due_after"), not_to_be_seen("question")),
    ),
    Holding("quizzes.PracticeSession", "person", "practice sessions", Fate.KEPT),
    Holding("quizzes.ExtraTime", "person", "how much time they have in quizzes", Fate.GONE),
    Holding("quizzes.PracticePlan", "person", "the plan of practice", Fate.GONE),
    Holding(
        "quizzes.Review",
        "skill__person",
        "when they practised a topic",
        Fate.GONE,
        withheld=Withheld(("score",), of_topics_asked("skill__lesson", "skill__topic")),
    ),
    Holding(
        "quizzes.Skill",
        "person",
        "what they are taken to remember",
        Fate.GONE,
        withheld=Withheld(("stability", "difficulty", "due_at"), of_topics_asked("lesson", "topic")),
    ),
    Holding(
        "quizzes.CoachTurn",
        "run__person",
        "what they said to the coach",
        Fate.EMPTIED,
        {"text": "", "reply": "", "checks": [], "findings": [], "evidence": []},
    ),
    # The script that a run follows holds the good answers.
    Holding("quizzes.CoachRun", "person", "runs with the coach", Fate.KEPT, secret=("turns",)),
    Holding(
        "quizzes.Evidence",
        "person",
        "figures of their answers",
        Fate.KEPT,
        withheld=Withheld(("true", "correct"), not_to_be_seen("question", "quiz")),
    ),
    Holding("quizzes.Place", "person", "places in assignments", Fate.KEPT),
    Holding("quizzes.Place", "excused_by", "people they excused", Fate.KEPT),
    Holding("quizzes.Assignment", "person", "assignments to them alone", Fate.EMPTIED, {"note": ""}),
    Holding("quizzes.Assignment", "made_by", "assignments they gave", Fate.KEPT),
    Holding("quizzes.LessonRead", "person", "lessons they read", Fate.GONE),
)

NOBODY: Final = (
    *("quizzes.AnswerKey", "quizzes.BenchRun", "quizzes.Option", "quizzes.Question", "quizzes.QuestionBench"),
    *("quizzes.Quiz", "quizzes.QuizQuestion", "quizzes.Scenario", "quizzes.ScenarioScript"),
    # What people decided on joins it, and leaves it again when its writer is erased.
    "quizzes.SampleAnswer",
)
