from django.db import migrations

from blog.search.documents import columns


def fill(apps, schema_editor):
    SearchText = apps.get_model("blog", "SearchText")
    for post in apps.get_model("blog", "Post").objects.iterator(chunk_size=100):
        SearchText.objects.create(post=post, **columns(post))


class Migration(migrations.Migration):

    dependencies = [
        ('blog', '0003_search'),
    ]

    operations = [
        migrations.RunPython(fill, migrations.RunPython.noop),
    ]
