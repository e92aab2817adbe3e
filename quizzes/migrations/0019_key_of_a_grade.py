"""A grade may be given by the key of another version than the one that was asked."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("quizzes", "0018_evidence_so_far")]

    operations = [
        migrations.AddField(
            model,
            "key_of",
            models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="quizzes.question",
            ),
        )
        for model in ("grade", "pendinggrade")
    ]
