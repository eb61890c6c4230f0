from django.db import migrations


class Migration(migrations.Migration):
    """A right of its own to moderate under everybody's posts."""

    dependencies = [
        ("comments", "0002_learning_by_regression"),
    ]

    operations = [
        migrations.AlterModelOptions(
            name="postcomment",
            options={
                "permissions": [
                    ("moderate_every_post", "Can moderate under everybody's posts")
                ],
                "verbose_name": "comment",
                "verbose_name_plural": "comments",
            },
        ),
    ]
