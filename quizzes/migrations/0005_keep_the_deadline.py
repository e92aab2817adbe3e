"""The deadline of an attempt that was handed in stays as it was, like the rest of it."""

from django.db import migrations

KEEP = """
CREATE OR REPLACE FUNCTION quizzes_keep_attempt() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF OLD.state = 'submitted' AND
        (NEW.state, NEW.person_id, NEW.quiz_id, NEW.number, NEW.started_at, NEW.submitted_at, NEW.deadline)
        IS DISTINCT FROM
        (OLD.state, OLD.person_id, OLD.quiz_id, OLD.number, OLD.started_at, OLD.submitted_at, OLD.deadline)
    THEN
        RAISE EXCEPTION 'an attempt that was handed in does not change' USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END $$;
"""

FORGET = """
CREATE OR REPLACE FUNCTION quizzes_keep_attempt() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF OLD.state = 'submitted' AND
        (NEW.state, NEW.person_id, NEW.quiz_id, NEW.number, NEW.started_at, NEW.submitted_at) IS DISTINCT FROM
        (OLD.state, OLD.person_id, OLD.quiz_id, OLD.number, OLD.started_at, OLD.submitted_at)
    THEN
        RAISE EXCEPTION 'an attempt that was handed in does not change' USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END $$;
"""


class Migration(migrations.Migration):

    dependencies = [("quizzes", "0004_time_limits_and_deadlines")]

    operations = [migrations.RunSQL(KEEP, FORGET)]
