from django.db import migrations, models


class Migration(migrations.Migration):
    """The address that a provider vouches for may say whose Slack account it is."""

    dependencies = [("enablement", "0030_scope_of_tokens")]

    operations = [
        migrations.AddField(
            model_name="identity",
            name="email",
            field=models.EmailField(
                blank=True,
                default="",
                editable=False,
                help_text="As the provider vouched for it when the person last came in.",
                max_length=254,
            ),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name="identity",
            name="links_slack",
            field=models.BooleanField(
                default=True,
                help_text="The address links their Slack account; no more once they unlinked one.",
            ),
        ),
        migrations.AddField(
            model_name="slacklink",
            name="email",
            field=models.EmailField(
                blank=True,
                default="",
                help_text="By this address, which Slack confirms with each request; empty: by a code.",
                max_length=254,
            ),
            preserve_default=False,
        ),
    ]
