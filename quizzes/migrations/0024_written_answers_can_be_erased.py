"""The words of an answer that was handed in may go when its writer is erased, and nothing else of it."""

from django.db import migrations

KEEP = """
CREATE OR REPLACE FUNCTION quizzes_keep_answer() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF coalesce(current_setting('dosay.erasing', true), '') = 'on'
        AND OLD.response ? 'text' AND NEW.response = '{"text": ""}'::jsonb
        AND (NEW.id, NEW.attempt_id, NEW.question_id, NEW.position, NEW.option_order, NEW.client_seq)
            = (OLD.id, OLD.attempt_id, OLD.question_id, OLD.position, OLD.option_order, OLD.client_seq)
        AND NEW.saved_at IS NOT DISTINCT FROM OLD.saved_at THEN
        RETURN NEW;
    END IF;
    IF EXISTS (SELECT 1 FROM quizzes_attempt WHERE id = OLD.attempt_id AND state = 'submitted') THEN
        RAISE EXCEPTION 'answers of an attempt that was handed in do not change' USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END $$;
"""

FORMER = """
CREATE OR REPLACE FUNCTION quizzes_keep_answer() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (SELECT 1 FROM quizzes_attempt WHERE id = OLD.attempt_id AND state = 'submitted') THEN
        RAISE EXCEPTION 'answers of an attempt that was handed in do not change' USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END $$;
"""


class Migration(migrations.Migration):
    dependencies = [("quizzes", "0023_slack_hour")]

    operations = [migrations.RunSQL(KEEP, FORMER)]
