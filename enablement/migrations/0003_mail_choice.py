"""How often each person wants their messages by mail."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("enablement", "0002_revisions_and_trust")]

    operations = [
        migrations.AddField(
            model_name="person",
            name="mail",
            field=models.CharField(
                "messages by mail",
                choices=[("soon", "Within minutes"), ("daily", "Once a day, all in one"), ("never", "Never")],
                default="daily",
                max_length=10,
            ),
        ),
    ]
