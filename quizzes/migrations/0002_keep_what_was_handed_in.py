"""What was handed in stays as it was, whoever writes to the database. Scores may change: grades can be given anew."""

from django.db import migrations

KEEP = """
CREATE FUNCTION quizzes_keep_answer() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (SELECT 1 FROM quizzes_attempt WHERE id = OLD.attempt_id AND state = 'submitted') THEN
        RAISE EXCEPTION 'answers of an attempt that was handed in do not change' USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER quizzes_keep_answer BEFORE UPDATE ON quizzes_answer
    FOR EACH ROW EXECUTE FUNCTION quizzes_keep_answer();

CREATE FUNCTION quizzes_keep_attempt() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF OLD.state = 'submitted' AND
        (NEW.state, NEW.person_id, NEW.quiz_id, NEW.number, NEW.started_at, NEW.submitted_at) IS DISTINCT FROM
        (OLD.state, OLD.person_id, OLD.quiz_id, OLD.number, OLD.started_at, OLD.submitted_at)
    THEN
        RAISE EXCEPTION 'an attempt that was handed in does not change' USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER quizzes_keep_attempt BEFORE UPDATE ON quizzes_attempt
    FOR EACH ROW EXECUTE FUNCTION quizzes_keep_attempt();
"""

FORGET = """
DROP TRIGGER quizzes_keep_attempt ON quizzes_attempt;
DROP FUNCTION quizzes_keep_attempt();
DROP TRIGGER quizzes_keep_answer ON quizzes_answer;
DROP FUNCTION quizzes_keep_answer();
"""


class Migration(migrations.Migration):

    dependencies = [("quizzes", "0001_initial")]

    operations = [migrations.RunSQL(KEEP, FORGET)]
