"""The models of the quizzes. Everything a person reaches goes through `visible_to(person)`."""

from quizzes.kinds import QuestionKind
from quizzes.models.appeals import Appeal, AppealState, GradeChange
from quizzes.models.assignments import Assignment, Goal, LessonRead, Place
from quizzes.models.attempts import Answer, Attempt, AttemptState, Grade
from quizzes.models.benches import BenchRun, QuestionBench
from quizzes.models.coach import CoachRun, CoachTurn, Scenario, ScenarioScript
from quizzes.models.coaching import CoachingNote, CoachingReply
from quizzes.models.drafts import QuestionDraft
from quizzes.models.evidence import Evidence, EvidenceSource
from quizzes.models.extra_time import ExtraTime, TimeShare, minutes_for, share_of
from quizzes.models.pending import PendingGrade, PendingState
from quizzes.models.practice import (
    PracticeItem,
    PracticePlan,
    PracticeSession,
    Purpose,
    Review,
    ReviewSource,
    SessionLength,
    Skill,
)
from quizzes.models.questions import AnswerKey, Difficulty, Option, Origin, Question, SampleAnswer
from quizzes.models.quizzes import Quiz, QuizQuestion, Release, Retakes
from quizzes.models.regrades import Becomes, Regrade, RegradeLine, RegradeState, RegradeWay

__all__ = [
    "Answer",
    "AnswerKey",
    "Appeal",
    "AppealState",
    "Assignment",
    "Attempt",
    "AttemptState",
    "Becomes",
    "BenchRun",
    "CoachRun",
    "CoachTurn",
    "CoachingNote",
    "CoachingReply",
    "Difficulty",
    "Evidence",
    "EvidenceSource",
    "ExtraTime",
    "Goal",
    "Grade",
    "GradeChange",
    "LessonRead",
    "Option",
    "Origin",
    "PendingGrade",
    "PendingState",
    "Place",
    "PracticeItem",
    "PracticePlan",
    "PracticeSession",
    "Purpose",
    "Question",
    "QuestionBench",
    "QuestionDraft",
    "QuestionKind",
    "Quiz",
    "QuizQuestion",
    "Regrade",
    "RegradeLine",
    "RegradeState",
    "RegradeWay",
    "Release",
    "Retakes",
    "Review",
    "ReviewSource",
    "SampleAnswer",
    "Scenario",
    "ScenarioScript",
    "SessionLength",
    "Skill",
    "TimeShare",
    "minutes_for",
    "share_of",
]
