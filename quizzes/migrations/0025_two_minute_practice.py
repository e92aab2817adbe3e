from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("quizzes", "0024_written_answers_can_be_erased"),
    ]

    operations = [
        migrations.AddField(
            model_name="practicesession",
            name="minutes",
            field=models.PositiveSmallIntegerField(choices=[(2, "Two minutes"), (5, "Five minutes")], default=5),
        ),
    ]
