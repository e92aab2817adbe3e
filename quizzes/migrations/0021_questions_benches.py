"""What the judge makes of a question's own sample answers is kept, and shown beside the question."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("quizzes", "0020_regrades")]

    operations = [
        migrations.CreateModel(
            name="QuestionBench",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("fingerprint", models.CharField(max_length=64)),
                ("rows", models.JSONField(default=list)),
                ("ran_at", models.DateTimeField()),
                (
                    "question",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="bench",
                        to="quizzes.question",
                    ),
                ),
            ],
        )
    ]
