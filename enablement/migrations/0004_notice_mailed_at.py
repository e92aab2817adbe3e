"""When a message went out by mail."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("enablement", "0003_mail_choice")]

    operations = [
        migrations.AddField(
            model_name="notice", name="mailed_at", field=models.DateTimeField(blank=True, null=True)
        ),
    ]
