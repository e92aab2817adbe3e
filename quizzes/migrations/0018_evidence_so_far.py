"""Evidence of what was answered before there was any: the derivation as it is at this migration."""

from django.db import migrations

COLUMNS = '''source, person_id, lesson_id, quiz_id, topic, question_id, distinction_id, "true", chosen, correct,
answered, at, {fact}, teams'''
TEAMS = '''ARRAY(SELECT m.team_id FROM enablement_membership AS m
WHERE m.person_id = {person} AND m.since <= {at} ORDER BY m.team_id)'''

QUIZ = f'''
INSERT INTO quizzes_evidence ({COLUMNS.format(fact="grade_id")})
SELECT 'quiz', t.person_id, q.lesson_id, t.quiz_id, q.topic, q.id, q.distinction_id, g."true", g.chosen,
       g.correct, g.answered, t.submitted_at, g.id, {TEAMS.format(person="t.person_id", at="t.submitted_at")}
FROM quizzes_grade AS g
JOIN quizzes_answer AS a ON a.id = g.answer_id
JOIN quizzes_attempt AS t ON t.id = a.attempt_id AND t.state = 'submitted'
JOIN quizzes_question AS q ON q.id = a.question_id
'''
PRACTICE = f'''
INSERT INTO quizzes_evidence ({COLUMNS.format(fact="practice_item_id")})
SELECT 'practice', s.person_id, q.lesson_id, NULL, q.topic, q.id, q.distinction_id,
       CASE WHEN q.kind IN ('sort', 'cheapest_step') THEN k.correct->>0 ELSE '' END,
       CASE WHEN q.kind IN ('sort', 'cheapest_step')
            THEN coalesce(i.response->'chosen'->>0, '') ELSE '' END,
       i.score = 1, jsonb_array_length(coalesce(i.response->'chosen', '[]')) > 0, i.answered_at, i.id,
       {TEAMS.format(person="s.person_id", at="i.answered_at")}
FROM quizzes_practiceitem AS i
JOIN quizzes_practicesession AS s ON s.id = i.session_id
JOIN quizzes_practiceplan AS p ON p.person_id = s.person_id AND p.shares_answers
JOIN quizzes_question AS q ON q.id = i.question_id
JOIN quizzes_answerkey AS k ON k.question_id = q.id
WHERE i.answered_at IS NOT NULL
'''
COACH = f'''
INSERT INTO quizzes_evidence ({COLUMNS.format(fact="coach_turn_id")})
SELECT 'coach', r.person_id, c.lesson_id, NULL, c.topic, NULL, c.distinction_id, r.outcome, t.chosen,
       t.chosen = r.outcome, TRUE, t.said_at, t.id, {TEAMS.format(person="r.person_id", at="t.said_at")}
FROM quizzes_coachturn AS t
JOIN quizzes_coachrun AS r ON r.id = t.run_id
JOIN quizzes_practiceplan AS p ON p.person_id = r.person_id AND p.shares_answers
JOIN quizzes_scenario AS c ON c.id = r.scenario_id
WHERE t.number = 0 AND t.chosen <> ''
'''


class Migration(migrations.Migration):
    dependencies = [("quizzes", "0017_evidence")]

    operations = [migrations.RunSQL([QUIZ, PRACTICE, COACH], migrations.RunSQL.noop)]
