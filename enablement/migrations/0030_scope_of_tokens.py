from django.db import migrations, models


class Migration(migrations.Migration):
    """Tokens say what they open; those that there are keep opening all."""

    dependencies = [("enablement", "0029_put_off_first_steps")]

    operations = [
        migrations.AddField(
            model_name="apitoken",
            name="scope",
            field=models.CharField(
                choices=[("read", "Read and ask"), ("write", "Read, ask and write")],
                default="write",
                max_length=10,
            ),
        ),
    ]
