import django.contrib.postgres.indexes
import django.contrib.postgres.search
import pgvector.django.halfvec
import pgvector.django.indexes
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('enablement', '0004_notice_mailed_at'),
    ]

    operations = [
        migrations.AddField(
            model_name='collection',
            name='encoder',
            field=models.CharField(blank=True, max_length=300),
        ),
        migrations.AddField(
            model_name='collection',
            name='lexemes',
            field=models.PositiveBigIntegerField(default=0),
        ),
        migrations.RunSQL(
            'UPDATE enablement_collection SET lexemes = round(passages * mean_length)',
            migrations.RunSQL.noop,
        ),
        migrations.AddField(
            model_name='passage',
            name='next_dense',
            field=pgvector.django.halfvec.HalfVectorField(dimensions=384, null=True),
        ),
        migrations.AddField(
            model_name='passage',
            name='next_hash',
            field=models.CharField(blank=True, max_length=64),
        ),
        migrations.AddField(
            model_name='passage',
            name='words',
            field=models.GeneratedField(db_persist=True, expression=django.contrib.postgres.search.SearchVector('title', 'context', 'text', config='english'), output_field=django.contrib.postgres.search.SearchVectorField()),
        ),
        migrations.AddIndex(
            model_name='passage',
            index=django.contrib.postgres.indexes.GinIndex(fields=['words'], name='passage_words'),
        ),
        migrations.AddIndex(
            model_name='passage',
            index=pgvector.django.indexes.HnswIndex(fields=['dense'], name='passage_dense', opclasses=['halfvec_cosine_ops']),
        ),
    ]
