"""A decision about an answer keeps what is needed to take it back. Changes so far were all decisions."""

from django.apps.registry import Apps
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor


def mark_decisions(apps: Apps, editor: BaseDatabaseSchemaEditor) -> None:
    apps.get_model("quizzes", "GradeChange").objects.update(is_decision=True)


class Migration(migrations.Migration):
    dependencies = [("quizzes", "0012_coach")]

    operations = [
        migrations.AlterModelOptions(name="gradechange", options={"ordering": ["-made_at", "-pk"]}),
        migrations.AddField("gradechange", "is_decision", models.BooleanField(default=False)),
        migrations.AddField("gradechange", "undo", models.JSONField(blank=True, default=dict)),
        migrations.AddField("gradechange", "undone_at", models.DateTimeField(blank=True, null=True)),
        migrations.AlterField("gradechange", "after", models.JSONField(blank=True, default=dict)),
        migrations.AlterField("gradechange", "before", models.JSONField(blank=True, default=dict)),
        migrations.RunPython(mark_decisions, migrations.RunPython.noop),
    ]
