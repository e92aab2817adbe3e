"""How evidence follows from what was answered: one SELECT for each table it comes from, and nothing else.

Practice, in the browser, in Slack or with the coach, is evidence only while its person shares it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

# In the order in which every SELECT gives them.
COLUMNS: Final = (
    "source",
    "person_id",
    "lesson_id",
    "quiz_id",
    "topic",
    "question_id",
    "distinction_id",
    "true",
    "chosen",
    "correct",
    "answered",
    "at",
)


@dataclass(frozen=True, slots=True)
class Origin:
    """A table that evidence comes from: `fact` is the column that points to it, `select` the derivation.

    `select` gives COLUMNS and the fact's id, from rows of which `narrow` says by which columns they may be
    picked: the facts' ids, or their people's.
    """

    fact: str
    select: str
    fact_column: str
    person_column: str


QUIZ: Final = Origin(
    fact="grade_id",
    select="""
SELECT 'quiz', attempt.person_id, question.lesson_id, attempt.quiz_id, question.topic, question.id,
       question.distinction_id, grade.true, grade.chosen, grade.correct, grade.answered,
       attempt.submitted_at, grade.id
FROM quizzes_grade AS grade
JOIN quizzes_answer AS answer ON answer.id = grade.answer_id
JOIN quizzes_attempt AS attempt ON attempt.id = answer.attempt_id AND attempt.state = 'submitted'
JOIN quizzes_question AS question ON question.id = answer.question_id
""",
    fact_column="grade.id",
    person_column="attempt.person_id",
)

# What is chosen in practice is compared as in a quiz, for the kinds that sort.
PRACTICE: Final = Origin(
    fact="practice_item_id",
    select="""
SELECT CASE WHEN item.surface = 'slack' THEN 'slack' ELSE 'practice' END, session.person_id,
       question.lesson_id, NULL::bigint, question.topic, question.id, question.distinction_id,
       CASE WHEN question.kind IN ('sort', 'cheapest_step') THEN answerkey.correct->>0 ELSE '' END,
       CASE WHEN question.kind IN ('sort', 'cheapest_step')
            THEN coalesce(item.response->'chosen'->>0, '') ELSE '' END,
       coalesce((item.grade->>'correct')::boolean, item.score = 1),
       coalesce((item.grade->>'answered')::boolean,
                jsonb_array_length(coalesce(item.response->'chosen', '[]')) > 0),
       item.answered_at, item.id
FROM quizzes_practiceitem AS item
JOIN quizzes_practicesession AS session ON session.id = item.session_id
JOIN quizzes_practiceplan AS plan ON plan.person_id = session.person_id AND plan.shares_answers
JOIN quizzes_question AS question ON question.id = item.question_id
JOIN quizzes_answerkey AS answerkey ON answerkey.question_id = question.id
WHERE item.score IS NOT NULL
""",
    fact_column="item.id",
    person_column="session.person_id",
)

# The first turn with the coach asks what kind of problem the buyer has.
COACH: Final = Origin(
    fact="coach_turn_id",
    select="""
SELECT 'coach', run.person_id, scenario.lesson_id, NULL::bigint, scenario.topic, NULL::bigint,
       scenario.distinction_id, run.outcome, turn.chosen, turn.chosen = run.outcome, TRUE,
       turn.said_at, turn.id
FROM quizzes_coachturn AS turn
JOIN quizzes_coachrun AS run ON run.id = turn.run_id
JOIN quizzes_practiceplan AS plan ON plan.person_id = run.person_id AND plan.shares_answers
JOIN quizzes_scenario AS scenario ON scenario.id = run.scenario_id
WHERE turn.number = 0 AND turn.chosen <> ''
""",
    fact_column="turn.id",
    person_column="run.person_id",
)

ORIGINS: Final = (QUIZ, PRACTICE, COACH)


def narrowed(origin: Origin, column: str) -> str:
    """Return the derivation over rows whose `column` is among the ids of one parameter, an array."""
    joined = "AND" if "WHERE" in origin.select else "WHERE"
    return f"{origin.select}{joined} {column} = ANY(%s)\n"
