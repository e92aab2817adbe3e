from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("quizzes", "0025_two_minute_practice")]

    operations = [
        migrations.RemoveConstraint(model_name="practiceitem", name="a_score_comes_with_an_answer"),
        migrations.AddField(
            model_name="practiceitem", name="grade", field=models.JSONField(blank=True, null=True)
        ),
        migrations.AddConstraint(
            model_name="practiceitem",
            constraint=models.CheckConstraint(
                condition=models.Q(answered_at=None, score=None)
                | models.Q(answered_at__isnull=False, score__isnull=False, score__gte=0.0, score__lte=1.0)
                | models.Q(answered_at__isnull=False, score=None, response__has_key="text"),
                name="a_score_comes_with_an_answer",
            ),
        ),
    ]
