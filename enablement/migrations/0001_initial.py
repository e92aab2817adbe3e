import django.contrib.auth.validators
import django.core.serializers.json
import django.db.models.deletion
import django.utils.timezone
import enablement.models.people
import pgvector.django
import pgvector.django.halfvec
import pgvector.django.sparsevec
import uuid
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('auth', '0012_alter_user_first_name_max_length'),
    ]

    operations = [
        pgvector.django.VectorExtension(),
        migrations.CreateModel(
            name='Analogy',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('slug', models.SlugField(max_length=80, unique=True)),
                ('position', models.PositiveIntegerField(default=0)),
                ('state', models.CharField(choices=[('draft', 'Draft'), ('in_review', 'In review'), ('released', 'Released'), ('archived', 'Archived')], default='draft', max_length=10)),
                ('updated_at', models.DateTimeField(auto_now=True)),
                ('title', models.CharField(max_length=300)),
                ('familiar', models.TextField(help_text='What the audience already knows.')),
                ('mapping', models.TextField()),
                ('caution', models.TextField(blank=True, help_text='What to watch for in a conversation with a buyer.')),
            ],
            options={
                'verbose_name_plural': 'analogies',
                'ordering': ['lesson__position', 'position', 'slug'],
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='Card',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('slug', models.SlugField(max_length=80, unique=True)),
                ('position', models.PositiveIntegerField(default=0)),
                ('state', models.CharField(choices=[('draft', 'Draft'), ('in_review', 'In review'), ('released', 'Released'), ('archived', 'Archived')], default='draft', max_length=10)),
                ('updated_at', models.DateTimeField(auto_now=True)),
                ('title', models.CharField(max_length=300)),
                ('summary', models.TextField(blank=True)),
                ('what_it_is', models.TextField()),
                ('what_it_does', models.TextField()),
                ('where_it_comes_from', models.TextField()),
                ('what_makes_it_distinct', models.TextField()),
                ('aliases', models.JSONField(blank=True, default=list)),
            ],
            options={
                'ordering': ['lesson__position', 'position', 'slug'],
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='Collection',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('passages', models.PositiveIntegerField(default=0)),
                ('mean_length', models.FloatField(default=0.0)),
            ],
        ),
        migrations.CreateModel(
            name='Head',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=200, unique=True)),
                ('weights', models.BinaryField()),
                ('bias', models.FloatField()),
                ('threshold', models.FloatField(default=0.5)),
                ('precision', models.FloatField(null=True)),
                ('recall', models.FloatField(null=True)),
                ('examples', models.PositiveIntegerField()),
                ('examples_hash', models.CharField(max_length=64)),
                ('fitted_at', models.DateTimeField(auto_now=True)),
            ],
        ),
        migrations.CreateModel(
            name='Ladder',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('slug', models.SlugField(max_length=80, unique=True)),
                ('position', models.PositiveIntegerField(default=0)),
                ('state', models.CharField(choices=[('draft', 'Draft'), ('in_review', 'In review'), ('released', 'Released'), ('archived', 'Archived')], default='draft', max_length=10)),
                ('updated_at', models.DateTimeField(auto_now=True)),
                ('title', models.CharField(max_length=300)),
                ('summary', models.TextField(blank=True)),
            ],
            options={
                'ordering': ['lesson__position', 'position', 'slug'],
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='Lesson',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('slug', models.SlugField(max_length=80, unique=True)),
                ('title', models.CharField(max_length=300)),
                ('thesis', models.TextField()),
                ('summary', models.TextField()),
                ('position', models.PositiveIntegerField(default=1)),
                ('state', models.CharField(choices=[('draft', 'Draft'), ('in_review', 'In review'), ('released', 'Released'), ('archived', 'Archived')], default='draft', max_length=10)),
                ('content_hash', models.CharField(blank=True, editable=False, max_length=64)),
                ('updated_at', models.DateTimeField(auto_now=True)),
            ],
            options={
                'ordering': ['position', 'title'],
            },
        ),
        migrations.CreateModel(
            name='Lexeme',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('word', models.TextField(unique=True)),
                ('passages', models.PositiveIntegerField(default=0)),
            ],
        ),
        migrations.CreateModel(
            name='SlackRequest',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key', models.CharField(max_length=128, unique=True)),
                ('received_at', models.DateTimeField(auto_now_add=True, db_index=True)),
            ],
        ),
        migrations.CreateModel(
            name='Person',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('password', models.CharField(max_length=128, verbose_name='password')),
                ('last_login', models.DateTimeField(blank=True, null=True, verbose_name='last login')),
                ('is_superuser', models.BooleanField(default=False, help_text='Designates that this user has all permissions without explicitly assigning them.', verbose_name='superuser status')),
                ('username', models.CharField(error_messages={'unique': 'A user with that username already exists.'}, help_text='Required. 150 characters or fewer. Letters, digits and @/./+/-/_ only.', max_length=150, unique=True, validators=[django.contrib.auth.validators.UnicodeUsernameValidator()], verbose_name='username')),
                ('first_name', models.CharField(blank=True, max_length=150, verbose_name='first name')),
                ('last_name', models.CharField(blank=True, max_length=150, verbose_name='last name')),
                ('email', models.EmailField(blank=True, max_length=254, verbose_name='email address')),
                ('is_staff', models.BooleanField(default=False, help_text='Designates whether the user can log into this admin site.', verbose_name='staff status')),
                ('is_active', models.BooleanField(default=True, help_text='Designates whether this user should be treated as active. Unselect this instead of deleting accounts.', verbose_name='active')),
                ('date_joined', models.DateTimeField(default=django.utils.timezone.now, verbose_name='date joined')),
                ('role', models.CharField(choices=[('rep', 'Rep'), ('manager', 'Manager'), ('editor', 'Editor'), ('admin', 'Admin')], default='rep', max_length=10)),
                ('time_zone', models.CharField(default='UTC', max_length=60)),
                ('is_demo', models.BooleanField(default=False, help_text='Made by demo mode; may be entered with one click.')),
                ('groups', models.ManyToManyField(blank=True, help_text='The groups this user belongs to. A user will get all permissions granted to each of their groups.', related_name='user_set', related_query_name='user', to='auth.group', verbose_name='groups')),
                ('user_permissions', models.ManyToManyField(blank=True, help_text='Specific permissions for this user.', related_name='user_set', related_query_name='user', to='auth.permission', verbose_name='user permissions')),
            ],
            options={
                'verbose_name_plural': 'people',
            },
            managers=[
                ('objects', enablement.models.people.PersonManager()),
            ],
        ),
        migrations.CreateModel(
            name='AnalogyPoint',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('side', models.CharField(choices=[('holds', 'Holds'), ('breaks', 'Breaks')], max_length=6)),
                ('position', models.PositiveIntegerField(default=0)),
                ('text', models.TextField()),
                ('analogy', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='points', to='enablement.analogy')),
            ],
            options={
                'ordering': ['analogy', 'side', 'position'],
            },
        ),
        migrations.CreateModel(
            name='ApiToken',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=100)),
                ('prefix', models.CharField(max_length=12)),
                ('digest', models.CharField(max_length=64, unique=True)),
                ('made_at', models.DateTimeField(auto_now_add=True)),
                ('expires_at', models.DateTimeField()),
                ('revoked_at', models.DateTimeField(blank=True, null=True)),
                ('used_at', models.DateTimeField(blank=True, null=True)),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='api_tokens', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ['-made_at'],
            },
        ),
        migrations.CreateModel(
            name='AuditEvent',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('verb', models.CharField(max_length=60)),
                ('kind', models.CharField(max_length=40)),
                ('subject', models.CharField(max_length=255)),
                ('before', models.JSONField(encoder=django.core.serializers.json.DjangoJSONEncoder, null=True)),
                ('after', models.JSONField(encoder=django.core.serializers.json.DjangoJSONEncoder, null=True)),
                ('at', models.DateTimeField(auto_now_add=True, db_index=True)),
                ('actor', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='audit_events', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ['-at'],
            },
        ),
        migrations.AddField(
            model_name='analogy',
            name='card',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='analogies', to='enablement.card'),
        ),
        migrations.CreateModel(
            name='Conversation',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('title', models.CharField(max_length=200)),
                ('surface', models.CharField(choices=[('browser', 'Browser'), ('api', 'API'), ('slack', 'Slack'), ('command', 'Command line')], default='browser', max_length=10)),
                ('started_at', models.DateTimeField(auto_now_add=True)),
                ('updated_at', models.DateTimeField(auto_now=True)),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='conversations', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ['-updated_at'],
            },
        ),
        migrations.CreateModel(
            name='LadderStep',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('slug', models.SlugField(max_length=80)),
                ('position', models.PositiveIntegerField(default=0)),
                ('title', models.CharField(max_length=300)),
                ('text', models.TextField()),
                ('cost', models.TextField()),
                ('stop_when', models.TextField()),
                ('card', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='steps', to='enablement.card')),
                ('ladder', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='steps', to='enablement.ladder')),
            ],
            options={
                'ordering': ['ladder', 'position'],
            },
        ),
        migrations.CreateModel(
            name='DecisionQuestion',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('slug', models.SlugField(max_length=80)),
                ('position', models.PositiveIntegerField(default=0)),
                ('text', models.TextField()),
                ('help', models.TextField(blank=True)),
                ('yes_text', models.TextField(blank=True)),
                ('no_text', models.TextField(blank=True)),
                ('no_question', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='reached_by_no', to='enablement.decisionquestion')),
                ('yes_question', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='reached_by_yes', to='enablement.decisionquestion')),
                ('ladder', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='questions', to='enablement.ladder')),
                ('no_step', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='reached_by_no', to='enablement.ladderstep')),
                ('yes_step', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='reached_by_yes', to='enablement.ladderstep')),
            ],
            options={
                'ordering': ['ladder', 'position'],
            },
        ),
        migrations.AddField(
            model_name='ladder',
            name='lesson',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, to='enablement.lesson'),
        ),
        migrations.CreateModel(
            name='GuideEntry',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('slug', models.SlugField(max_length=80, unique=True)),
                ('position', models.PositiveIntegerField(default=0)),
                ('state', models.CharField(choices=[('draft', 'Draft'), ('in_review', 'In review'), ('released', 'Released'), ('archived', 'Archived')], default='draft', max_length=10)),
                ('updated_at', models.DateTimeField(auto_now=True)),
                ('dont_say', models.TextField()),
                ('do_say', models.TextField()),
                ('why', models.TextField()),
                ('covers', models.JSONField(blank=True, default=list, help_text='Ideas this entry guards against.')),
                ('cards', models.ManyToManyField(blank=True, related_name='guide_entries', to='enablement.card')),
                ('lesson', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, to='enablement.lesson')),
            ],
            options={
                'verbose_name_plural': 'guide entries',
                'ordering': ['lesson__position', 'position', 'slug'],
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='Distinction',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('slug', models.SlugField(max_length=80, unique=True)),
                ('position', models.PositiveIntegerField(default=0)),
                ('state', models.CharField(choices=[('draft', 'Draft'), ('in_review', 'In review'), ('released', 'Released'), ('archived', 'Archived')], default='draft', max_length=10)),
                ('updated_at', models.DateTimeField(auto_now=True)),
                ('title', models.CharField(max_length=300)),
                ('question', models.TextField(help_text='The question the distinction answers.')),
                ('unsure_question', models.TextField(help_text='What to ask a buyer when the sorting is not sure.')),
                ('lesson', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, to='enablement.lesson')),
            ],
            options={
                'ordering': ['lesson__position', 'position', 'slug'],
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='Disagreement',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('slug', models.SlugField(max_length=80, unique=True)),
                ('position', models.PositiveIntegerField(default=0)),
                ('state', models.CharField(choices=[('draft', 'Draft'), ('in_review', 'In review'), ('released', 'Released'), ('archived', 'Archived')], default='draft', max_length=10)),
                ('updated_at', models.DateTimeField(auto_now=True)),
                ('title', models.CharField(max_length=300)),
                ('point', models.TextField()),
                ('house_position', models.TextField()),
                ('cards', models.ManyToManyField(blank=True, related_name='disagreements', to='enablement.card')),
                ('lesson', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, to='enablement.lesson')),
            ],
            options={
                'ordering': ['lesson__position', 'position', 'slug'],
                'abstract': False,
            },
        ),
        migrations.AddField(
            model_name='card',
            name='lesson',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, to='enablement.lesson'),
        ),
        migrations.AddField(
            model_name='analogy',
            name='lesson',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, to='enablement.lesson'),
        ),
        migrations.CreateModel(
            name='Membership',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('since', models.DateTimeField(auto_now_add=True)),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='memberships', to=settings.AUTH_USER_MODEL)),
            ],
        ),
        migrations.CreateModel(
            name='Passage',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key', models.CharField(max_length=255, unique=True)),
                ('kind', models.CharField(max_length=20)),
                ('slug', models.SlugField(max_length=80)),
                ('field', models.CharField(max_length=200)),
                ('title', models.CharField(max_length=400)),
                ('url', models.CharField(max_length=300)),
                ('text', models.TextField(help_text='What may be quoted.')),
                ('context', models.TextField(blank=True, help_text='Helps to find the passage; is never quoted.')),
                ('text_hash', models.CharField(max_length=64)),
                ('embedded_hash', models.CharField(blank=True, max_length=64)),
                ('dense', pgvector.django.halfvec.HalfVectorField(dimensions=384, null=True)),
                ('lexical', pgvector.django.sparsevec.SparseVectorField(dimensions=1000000, null=True)),
                ('lesson', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='passages', to='enablement.lesson')),
            ],
        ),
        migrations.CreateModel(
            name='Phrasing',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('text', models.TextField()),
                ('breaks', models.BooleanField(help_text='Ticked: the text breaks the entry. Not ticked: it is fine.')),
                ('entry', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='phrasings', to='enablement.guideentry')),
            ],
        ),
        migrations.CreateModel(
            name='Signal',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.SlugField(max_length=80)),
                ('position', models.PositiveIntegerField(default=0)),
                ('title', models.CharField(max_length=300)),
                ('description', models.TextField()),
                ('question', models.TextField()),
                ('distinction', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='signals', to='enablement.distinction')),
            ],
            options={
                'ordering': ['distinction', 'position'],
            },
        ),
        migrations.CreateModel(
            name='Outcome',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.SlugField(max_length=80)),
                ('position', models.PositiveIntegerField(default=0)),
                ('title', models.CharField(max_length=300)),
                ('meaning', models.TextField()),
                ('remedy', models.TextField()),
                ('next_question', models.TextField()),
                ('say', models.TextField()),
                ('dont_say', models.TextField(blank=True)),
                ('cards', models.ManyToManyField(blank=True, related_name='outcomes', to='enablement.card')),
                ('distinction', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='outcomes', to='enablement.distinction')),
                ('signals', models.ManyToManyField(blank=True, related_name='outcomes', to='enablement.signal')),
            ],
            options={
                'ordering': ['distinction', 'position'],
            },
        ),
        migrations.CreateModel(
            name='SlackLink',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('slack_team', models.CharField(max_length=40)),
                ('slack_user', models.CharField(max_length=40)),
                ('linked_at', models.DateTimeField(auto_now_add=True)),
                ('person', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='slack_link', to=settings.AUTH_USER_MODEL)),
            ],
        ),
        migrations.CreateModel(
            name='SlackLinkCode',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('digest', models.CharField(max_length=64, unique=True)),
                ('expires_at', models.DateTimeField()),
                ('person', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='slack_link_code', to=settings.AUTH_USER_MODEL)),
            ],
        ),
        migrations.CreateModel(
            name='Source',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('slug', models.SlugField(max_length=80, unique=True)),
                ('title', models.CharField(max_length=300)),
                ('publisher', models.CharField(blank=True, max_length=200)),
                ('url', models.URLField(blank=True, max_length=500)),
                ('year', models.PositiveSmallIntegerField(blank=True, null=True)),
                ('note', models.TextField(blank=True)),
                ('text', models.TextField(blank=True, editable=False)),
                ('sha256', models.CharField(blank=True, editable=False, max_length=64)),
                ('added_at', models.DateTimeField(auto_now_add=True)),
                ('lesson', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='sources', to='enablement.lesson')),
            ],
            options={
                'ordering': ['title'],
            },
        ),
        migrations.CreateModel(
            name='Script',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('slug', models.SlugField(max_length=80, unique=True)),
                ('position', models.PositiveIntegerField(default=0)),
                ('state', models.CharField(choices=[('draft', 'Draft'), ('in_review', 'In review'), ('released', 'Released'), ('archived', 'Archived')], default='draft', max_length=10)),
                ('updated_at', models.DateTimeField(auto_now=True)),
                ('question', models.TextField()),
                ('answer', models.TextField()),
                ('cards', models.ManyToManyField(blank=True, related_name='scripts', to='enablement.card')),
                ('lesson', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, to='enablement.lesson')),
                ('sources', models.ManyToManyField(blank=True, to='enablement.source')),
            ],
            options={
                'ordering': ['lesson__position', 'position', 'slug'],
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='Position',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('order', models.PositiveIntegerField(default=0)),
                ('stance', models.TextField()),
                ('disagreement', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='positions', to='enablement.disagreement')),
                ('sources', models.ManyToManyField(related_name='positions', to='enablement.source')),
            ],
            options={
                'ordering': ['disagreement', 'order'],
            },
        ),
        migrations.AddField(
            model_name='ladder',
            name='sources',
            field=models.ManyToManyField(blank=True, to='enablement.source'),
        ),
        migrations.AddField(
            model_name='guideentry',
            name='sources',
            field=models.ManyToManyField(blank=True, to='enablement.source'),
        ),
        migrations.CreateModel(
            name='Fit',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('slug', models.SlugField(max_length=80, unique=True)),
                ('position', models.PositiveIntegerField(default=0)),
                ('state', models.CharField(choices=[('draft', 'Draft'), ('in_review', 'In review'), ('released', 'Released'), ('archived', 'Archived')], default='draft', max_length=10)),
                ('updated_at', models.DateTimeField(auto_now=True)),
                ('fit_kind', models.CharField(choices=[('fits', 'Fits'), ('does_not_help', 'Does not help'), ('costs', 'What it costs'), ('advice', 'Doing it well')], max_length=15)),
                ('title', models.CharField(max_length=300)),
                ('text', models.TextField()),
                ('example', models.TextField(blank=True)),
                ('card', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='fits', to='enablement.card')),
                ('lesson', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, to='enablement.lesson')),
                ('sources', models.ManyToManyField(blank=True, to='enablement.source')),
            ],
            options={
                'ordering': ['lesson__position', 'position', 'slug'],
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='Draft',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(max_length=20)),
                ('item', models.JSONField(encoder=django.core.serializers.json.DjangoJSONEncoder)),
                ('start', models.PositiveIntegerField()),
                ('end', models.PositiveIntegerField()),
                ('spans', models.JSONField(default=dict)),
                ('state', models.CharField(choices=[('proposed', 'Waiting'), ('accepted', 'Accepted'), ('discarded', 'Discarded')], default='proposed', max_length=10)),
                ('fingerprint', models.CharField(max_length=64)),
                ('made_at', models.DateTimeField(auto_now_add=True)),
                ('lesson', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='drafts', to='enablement.lesson')),
                ('source', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='drafts', to='enablement.source')),
            ],
            options={
                'ordering': ['source', 'start'],
            },
        ),
        migrations.AddField(
            model_name='distinction',
            name='sources',
            field=models.ManyToManyField(blank=True, to='enablement.source'),
        ),
        migrations.AddField(
            model_name='disagreement',
            name='sources',
            field=models.ManyToManyField(blank=True, to='enablement.source'),
        ),
        migrations.CreateModel(
            name='Comparison',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('slug', models.SlugField(max_length=80, unique=True)),
                ('position', models.PositiveIntegerField(default=0)),
                ('state', models.CharField(choices=[('draft', 'Draft'), ('in_review', 'In review'), ('released', 'Released'), ('archived', 'Archived')], default='draft', max_length=10)),
                ('updated_at', models.DateTimeField(auto_now=True)),
                ('title', models.CharField(max_length=300)),
                ('summary', models.TextField(blank=True)),
                ('cards', models.ManyToManyField(related_name='comparisons', to='enablement.card')),
                ('lesson', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, to='enablement.lesson')),
                ('sources', models.ManyToManyField(blank=True, to='enablement.source')),
            ],
            options={
                'ordering': ['lesson__position', 'position', 'slug'],
                'abstract': False,
            },
        ),
        migrations.AddField(
            model_name='card',
            name='sources',
            field=models.ManyToManyField(blank=True, to='enablement.source'),
        ),
        migrations.AddField(
            model_name='analogy',
            name='sources',
            field=models.ManyToManyField(blank=True, to='enablement.source'),
        ),
        migrations.CreateModel(
            name='SourcePassage',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('title_path', models.JSONField(default=list)),
                ('text', models.TextField()),
                ('start', models.PositiveIntegerField()),
                ('end', models.PositiveIntegerField()),
                ('source', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='passages', to='enablement.source')),
            ],
            options={
                'ordering': ['source', 'start'],
            },
        ),
        migrations.CreateModel(
            name='Statement',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('text', models.TextField()),
                ('why', models.TextField(blank=True)),
                ('distinction', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='statements', to='enablement.distinction')),
                ('outcome', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='statements', to='enablement.outcome')),
            ],
        ),
        migrations.CreateModel(
            name='Team',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=120, unique=True)),
                ('slug', models.SlugField(max_length=80, unique=True)),
                ('managers', models.ManyToManyField(blank=True, related_name='managed_teams', to=settings.AUTH_USER_MODEL)),
                ('members', models.ManyToManyField(related_name='teams', through='enablement.Membership', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ['name'],
            },
        ),
        migrations.AddField(
            model_name='membership',
            name='team',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='memberships', to='enablement.team'),
        ),
        migrations.AddField(
            model_name='lesson',
            name='teams',
            field=models.ManyToManyField(blank=True, related_name='lessons', to='enablement.team'),
        ),
        migrations.CreateModel(
            name='Term',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('slug', models.SlugField(max_length=80, unique=True)),
                ('position', models.PositiveIntegerField(default=0)),
                ('state', models.CharField(choices=[('draft', 'Draft'), ('in_review', 'In review'), ('released', 'Released'), ('archived', 'Archived')], default='draft', max_length=10)),
                ('updated_at', models.DateTimeField(auto_now=True)),
                ('term', models.CharField(max_length=300)),
                ('meaning', models.TextField()),
                ('aliases', models.JSONField(blank=True, default=list)),
                ('card', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='terms', to='enablement.card')),
                ('lesson', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, to='enablement.lesson')),
                ('sources', models.ManyToManyField(blank=True, to='enablement.source')),
            ],
            options={
                'ordering': ['lesson__position', 'position', 'slug'],
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='Trait',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('slug', models.SlugField(max_length=80)),
                ('position', models.PositiveIntegerField(default=0)),
                ('title', models.CharField(max_length=300)),
                ('claim', models.TextField()),
                ('explanation', models.TextField(blank=True)),
                ('cells', models.JSONField(default=dict, help_text='Card slug to what the trait means for that card.')),
                ('comparison', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='traits', to='enablement.comparison')),
            ],
            options={
                'ordering': ['comparison', 'position'],
            },
        ),
        migrations.CreateModel(
            name='Turn',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('question', models.TextField()),
                ('answer', models.TextField(blank=True)),
                ('say', models.TextField(blank=True)),
                ('note', models.TextField(blank=True)),
                ('nearest', models.JSONField(blank=True, default=list)),
                ('state', models.CharField(choices=[('streaming', 'Being written'), ('done', 'Answered'), ('refused', 'Not in the knowledge base'), ('stopped', 'Stopped'), ('failed', 'Failed')], default='streaming', max_length=10)),
                ('engine', models.CharField(blank=True, max_length=100)),
                ('asked_at', models.DateTimeField(auto_now_add=True)),
                ('finished_at', models.DateTimeField(blank=True, null=True)),
                ('conversation', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='turns', to='enablement.conversation')),
            ],
            options={
                'ordering': ['asked_at'],
            },
        ),
        migrations.CreateModel(
            name='Gap',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('question', models.TextField()),
                ('found_at', models.DateTimeField(auto_now_add=True)),
                ('closed_at', models.DateTimeField(blank=True, null=True)),
                ('turn', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='gap', to='enablement.turn')),
            ],
        ),
        migrations.CreateModel(
            name='Citation',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('n', models.PositiveSmallIntegerField()),
                ('passage_key', models.CharField(max_length=255)),
                ('kind', models.CharField(max_length=20)),
                ('slug', models.SlugField(max_length=80)),
                ('title', models.CharField(max_length=400)),
                ('url', models.CharField(max_length=300)),
                ('quote', models.TextField()),
                ('turn', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='citations', to='enablement.turn')),
            ],
            options={
                'ordering': ['turn', 'n'],
            },
        ),
        migrations.CreateModel(
            name='Work',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=60)),
                ('arguments', models.JSONField(default=dict)),
                ('key', models.CharField(max_length=200, null=True, unique=True)),
                ('created_at', models.DateTimeField(auto_now_add=True)),
                ('sent_at', models.DateTimeField(null=True)),
                ('claimed_until', models.DateTimeField(null=True)),
                ('finished_at', models.DateTimeField(null=True)),
                ('tries', models.PositiveSmallIntegerField(default=0)),
                ('error', models.TextField(blank=True)),
            ],
            options={
                'verbose_name_plural': 'work',
                'indexes': [models.Index(condition=models.Q(('finished_at__isnull', True)), fields=['created_at'], name='unfinished_work')],
            },
        ),
        migrations.CreateModel(
            name='Delivery',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('surface', models.CharField(choices=[('browser', 'Browser'), ('api', 'API'), ('slack', 'Slack'), ('command', 'Command line')], max_length=10)),
                ('purpose', models.CharField(help_text='answer, finding, verdict or feedback', max_length=30)),
                ('kind', models.CharField(max_length=20)),
                ('slug', models.SlugField(max_length=80)),
                ('field', models.CharField(max_length=200)),
                ('text', models.TextField()),
                ('given_at', models.DateTimeField(auto_now_add=True, db_index=True)),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='deliveries', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'indexes': [models.Index(fields=['kind', 'slug', 'given_at'], name='enablement__kind_d0386e_idx')],
            },
        ),
        migrations.AddConstraint(
            model_name='ladderstep',
            constraint=models.UniqueConstraint(fields=('ladder', 'slug'), name='one_step_per_slug'),
        ),
        migrations.AddConstraint(
            model_name='decisionquestion',
            constraint=models.UniqueConstraint(fields=('ladder', 'slug'), name='one_question_per_slug'),
        ),
        migrations.AddIndex(
            model_name='passage',
            index=models.Index(fields=['kind', 'slug'], name='enablement__kind_f1d23c_idx'),
        ),
        migrations.AddConstraint(
            model_name='signal',
            constraint=models.UniqueConstraint(fields=('distinction', 'name'), name='one_signal_per_name'),
        ),
        migrations.AddConstraint(
            model_name='outcome',
            constraint=models.UniqueConstraint(fields=('distinction', 'name'), name='one_outcome_per_name'),
        ),
        migrations.AddConstraint(
            model_name='slacklink',
            constraint=models.UniqueConstraint(fields=('slack_team', 'slack_user'), name='one_person_per_slack_user'),
        ),
        migrations.AddConstraint(
            model_name='draft',
            constraint=models.UniqueConstraint(fields=('source', 'fingerprint'), name='one_draft_per_fingerprint'),
        ),
        migrations.AddConstraint(
            model_name='sourcepassage',
            constraint=models.UniqueConstraint(fields=('source', 'start'), name='one_passage_per_start'),
        ),
        migrations.AddConstraint(
            model_name='membership',
            constraint=models.UniqueConstraint(fields=('person', 'team'), name='one_membership_per_team'),
        ),
        migrations.AddConstraint(
            model_name='trait',
            constraint=models.UniqueConstraint(fields=('comparison', 'slug'), name='one_trait_per_slug'),
        ),
        migrations.AddConstraint(
            model_name='citation',
            constraint=models.UniqueConstraint(fields=('turn', 'n'), name='one_citation_per_number'),
        ),
    ]
