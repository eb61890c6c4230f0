from django.db import migrations


class Migration(migrations.Migration):
    """A right of its own to work on everybody's posts."""

    dependencies = [
        ("blog", "0006_links_written_before"),
    ]

    operations = [
        migrations.AlterModelOptions(
            name="post",
            options={
                "ordering": ["-published_at", "-pk"],
                "permissions": [("change_every_post", "Can change everybody's posts")],
                "verbose_name": "post",
                "verbose_name_plural": "posts",
            },
        ),
    ]
