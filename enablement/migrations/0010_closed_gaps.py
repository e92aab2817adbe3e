"""Gaps that were closed before there were states are closed."""

from __future__ import annotations

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("enablement", "0009_gaps_worked_on")]

    operations = [
        migrations.RunSQL(
            "UPDATE enablement_gap SET state = 'closed' WHERE closed_at IS NOT NULL", migrations.RunSQL.noop
        )
    ]
