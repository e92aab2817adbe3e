from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("quizzes", "0028_practice_minutes_for_old_code"),
    ]

    operations = [
        migrations.AddField(
            model_name="attempt",
            name="extensions",
            field=models.PositiveSmallIntegerField(db_default=0, default=0),
        ),
        migrations.AddField(
            model_name="quiz",
            name="strict_time",
            field=models.BooleanField(
                db_default=False, default=False, help_text="Ticked: the time is part of what the quiz asks."
            ),
        ),
    ]
