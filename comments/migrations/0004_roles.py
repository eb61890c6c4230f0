"""The roles of a blog, as groups: Bloggers, Editors, Moderators, Administrators."""

from django.db import migrations

from ._permissions import found, make_permissions

OWN_POSTS = [
    "blog.add_post", "blog.change_post", "blog.delete_post", "blog.view_post",
    "blog.add_picture", "blog.view_picture",
    "blog.add_tag", "blog.view_tag",
    "blog.view_series",
    "django_comments.can_moderate",
]
EVERYBODYS = ["blog.change_every_post", "comments.moderate_every_post"]
TEXTS = ("page", "picture", "post", "series", "tag")
WHOLE_TEXTS = [
    f"blog.{verb}_{model}"
    for model in TEXTS
    for verb in ("add", "change", "delete", "view")
]
ROLES = {
    "Bloggers": OWN_POSTS,
    "Editors": [*WHOLE_TEXTS, *EVERYBODYS, "django_comments.can_moderate"],
    "Moderators": ["django_comments.can_moderate", "comments.moderate_every_post"],
    "Administrators": [
        *WHOLE_TEXTS,
        *EVERYBODYS,
        "django_comments.can_moderate",
        "blog.change_blog", "blog.view_blog",
        *(
            f"{model}_{name}"
            for model in ("auth.add", "auth.change", "auth.delete", "auth.view")
            for name in ("user", "group")
        ),
        *(
            f"redirects.{verb}_redirect" for verb in ("add", "change", "delete", "view")
        ),
    ],
}
# Who has one of these keeps, after an upgrade, the reach they had before it.
REACHED_BEFORE = {
    "blog.change_every_post": ["blog.change_post", "blog.delete_post", "blog.view_post"],
    "comments.moderate_every_post": ["django_comments.can_moderate"],
}


def keep_reach(apps, using):
    User = apps.get_model("auth", "User").objects.using(using)
    Group = apps.get_model("auth", "Group").objects.using(using)
    for new, olds in REACHED_BEFORE.items():
        permission = found(apps, using, new)
        keys = [found(apps, using, old).pk for old in olds]
        for group in Group.filter(permissions__in=keys).distinct():
            group.permissions.add(permission)
        for user in User.filter(user_permissions__in=keys).distinct():
            user.user_permissions.add(permission)


def make_roles(apps, schema_editor):
    using = schema_editor.connection.alias
    make_permissions(apps, using)
    keep_reach(apps, using)
    Group = apps.get_model("auth", "Group").objects.using(using)
    for name, permissions in ROLES.items():
        group, _ = Group.get_or_create(name=name)
        group.permissions.add(*(found(apps, using, name) for name in permissions))


def remove_roles(apps, schema_editor):
    """Remove the groups nobody is in; who is in one keeps what it gives."""
    using = schema_editor.connection.alias
    Group = apps.get_model("auth", "Group").objects.using(using)
    Group.filter(name__in=ROLES, user=None).delete()


class Migration(migrations.Migration):

    dependencies = [
        ("auth", "0012_alter_user_first_name_max_length"),
        ("contenttypes", "0002_remove_content_type_name"),
        ("redirects", "0002_alter_redirect_new_path_help_text"),
        ("django_comments", "0004_add_object_pk_is_removed_index"),
        ("blog", "0007_change_every_post"),
        ("comments", "0003_moderate_every_post"),
    ]

    operations = [
        migrations.RunPython(make_roles, remove_roles),
    ]
