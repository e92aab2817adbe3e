from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("enablement", "0035_kept_responses")]

    operations = [
        migrations.AddField(
            model_name="slacklink",
            name="member_at",
            field=models.DateTimeField(
                blank=True, help_text="When Slack last said that the account is a full member’s.", null=True
            ),
        ),
    ]
