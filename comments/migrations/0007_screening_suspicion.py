import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('comments', '0006_digest_told'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Amendment',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('created_at', models.DateTimeField(auto_now_add=True, db_index=True)),
                ('text', models.TextField(blank=True)),
                ('affiliation', models.CharField(blank=True, max_length=200)),
            ],
            options={
                'verbose_name': 'amendment',
                'verbose_name_plural': 'amendments',
            },
        ),
        migrations.AddField(
            model_name='decision',
            name='batch',
            field=models.CharField(blank=True, db_index=True, editable=False, help_text='Shared by what was decided in one gesture, and is undone in one.', max_length=16),
        ),
        migrations.AddField(
            model_name='decision',
            name='before',
            field=models.CharField(blank=True, choices=[('unconfirmed', "waiting for its writer's confirmation"), ('held', 'held'), ('published', 'published'), ('rejected', 'rejected')], editable=False, max_length=11),
        ),
        migrations.AddField(
            model_name='decision',
            name='undoes',
            field=models.OneToOneField(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='undoing', to='comments.decision'),
        ),
        migrations.AddField(
            model_name='postcomment',
            name='screening',
            field=models.ForeignKey(editable=False, help_text='The latest one, so that the queue is read and ordered in one go.', null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='comments.screening'),
        ),
        migrations.AddField(
            model_name='screening',
            name='suspicion',
            field=models.FloatField(null=True),
        ),
        migrations.AlterField(
            model_name='decision',
            name='moderator',
            field=models.ForeignKey(help_text="Null where the comment's own writer brought it back, amended.", null=True, on_delete=django.db.models.deletion.PROTECT, related_name='decisions', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AlterField(
            model_name='decision',
            name='outcome',
            field=models.CharField(choices=[('publish', 'published'), ('reject', 'rejected'), ('reopen', 'reopened'), ('restore', 'as it was')], max_length=7, verbose_name='outcome'),
        ),
        migrations.AddConstraint(
            model_name='decision',
            constraint=models.CheckConstraint(condition=models.Q(('outcome', 'reopen'), ('moderator__isnull', False), _connector='OR'), name='decision_is_by_somebody'),
        ),
        migrations.AddField(
            model_name='amendment',
            name='comment',
            field=models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='amendment', to='comments.postcomment'),
        ),
        migrations.AddField(
            model_name='amendment',
            name='rejection',
            field=models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='comments.decision'),
        ),
    ]
