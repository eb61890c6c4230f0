import django.db.models.deletion
from django.db import migrations, models

from blog.search.finding import ENGINES


def create_index(apps, schema_editor):
    for statement in ENGINES[schema_editor.connection.vendor].CREATE:
        schema_editor.execute(statement, params=None)


def drop_index(apps, schema_editor):
    for statement in ENGINES[schema_editor.connection.vendor].DROP:
        schema_editor.execute(statement, params=None)


class Migration(migrations.Migration):

    dependencies = [
        ('blog', '0002_screening_strictness'),
    ]

    operations = [
        migrations.CreateModel(
            name='SearchText',
            fields=[
                ('post', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, primary_key=True, related_name='search_text', serialize=False, to='blog.post')),
                ('title', models.TextField()),
                ('about', models.TextField()),
                ('body', models.TextField()),
            ],
            options={
                'verbose_name': 'words of a post',
                'verbose_name_plural': 'words of the posts',
            },
        ),
        migrations.RunPython(create_index, drop_index),
    ]
