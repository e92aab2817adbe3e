"""The database itself refuses to change or remove what the audit holds.

Two ways stay open, each named by a setting of the transaction that uses it: forgetting rows older than a moment,
and taking a name out of what a row tells about (never who did what, to what or when).
"""

from django.db import migrations

GUARD = """
CREATE FUNCTION audit_is_append_only() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    forget_before text := current_setting('dosay.audit_forget_before', true);
    take_names_out text := current_setting('dosay.audit_take_names_out', true);
BEGIN
    IF TG_OP = 'TRUNCATE' THEN
        IF coalesce(current_setting('dosay.audit_may_be_emptied', true), '') = 'on' THEN
            RETURN NULL;
        END IF;
        RAISE EXCEPTION 'the audit is never emptied' USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    IF TG_OP = 'DELETE' THEN
        IF coalesce(forget_before, '') <> '' AND OLD.at < forget_before::timestamptz THEN
            RETURN OLD;
        END IF;
        RAISE EXCEPTION 'rows of the audit are not deleted' USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    IF coalesce(take_names_out, '') = 'on'
        AND (NEW.id, NEW.verb, NEW.kind, NEW.subject, NEW.at, NEW.channel, NEW.request)
            = (OLD.id, OLD.verb, OLD.kind, OLD.subject, OLD.at, OLD.channel, OLD.request)
        AND NEW.actor_id IS NOT DISTINCT FROM OLD.actor_id THEN
        RETURN NEW;
    END IF;
    RAISE EXCEPTION 'rows of the audit are not changed' USING ERRCODE = 'integrity_constraint_violation';
END $$;
CREATE TRIGGER audit_is_append_only BEFORE UPDATE OR DELETE ON enablement_auditevent
    FOR EACH ROW EXECUTE FUNCTION audit_is_append_only();
CREATE TRIGGER audit_is_never_emptied BEFORE TRUNCATE ON enablement_auditevent
    FOR EACH STATEMENT EXECUTE FUNCTION audit_is_append_only();
"""

WITHOUT_GUARD = """
DROP TRIGGER audit_is_never_emptied ON enablement_auditevent;
DROP TRIGGER audit_is_append_only ON enablement_auditevent;
DROP FUNCTION audit_is_append_only();
"""


class Migration(migrations.Migration):
    dependencies = [("enablement", "0019_audit_says_from_where")]

    operations = [migrations.RunSQL(GUARD, WITHOUT_GUARD)]
