import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("quizzes", "0029_time_added_to_attempts"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="ExtraTime",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "share",
                    models.PositiveSmallIntegerField(
                        choices=[
                            (100, "The time of the quiz"),
                            (125, "A quarter more"),
                            (150, "Half as much again"),
                            (200, "Twice the time"),
                            (1000, "Ten times the time"),
                            (0, "No limit"),
                        ],
                        default=100,
                    ),
                ),
                (
                    "person",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="extra_time",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "extra time",
                "verbose_name_plural": "extra times",
            },
        ),
    ]
