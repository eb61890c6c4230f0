from django.db import migrations

from blog.links import linked_slugs


def fill(apps, schema_editor):
    PostLink = apps.get_model("blog", "PostLink")
    for post in apps.get_model("blog", "Post").objects.iterator(chunk_size=100):
        html = f"{post.body_html_fr or ''} {post.body_html_en or ''}"
        PostLink.objects.bulk_create(
            PostLink(source=post, slug=slug)
            for slug in sorted(linked_slugs(html) - {post.slug})
        )


class Migration(migrations.Migration):

    dependencies = [
        ('blog', '0005_post_links'),
    ]

    operations = [
        migrations.RunPython(fill, migrations.RunPython.noop),
    ]
