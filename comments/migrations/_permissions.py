"""Permissions as migrations need them, which Django makes only after all have run."""

from django.contrib.auth.management import create_permissions
from django.db import migrations

APPS = ("auth", "blog", "comments", "django_comments", "redirects")


def make_permissions(apps, using):
    """Make what Django makes only once all migrations have run."""
    for label in APPS:
        config = apps.get_app_config(label)
        # Applications as migrations see them have no module; Django asks for one
        # before it looks at their models. Elsewhere they have, and need it afterwards.
        module = getattr(config, "models_module", None)
        config.models_module = True
        create_permissions(config, verbosity=0, using=using, apps=apps)
        config.models_module = module


def found(apps, using, name):
    label, codename = name.split(".")
    permissions = apps.get_model("auth", "Permission").objects.using(using)
    # Three models have a “can_moderate”; django_comments' own is the one that counts.
    return permissions.get(codename=codename, content_type__app_label=label)


def grant(role, *names):
    """Return the operation that gives these permissions to the group of a role."""

    def forwards(apps, schema_editor):
        using = schema_editor.connection.alias
        make_permissions(apps, using)
        for group in apps.get_model("auth", "Group").objects.using(using).filter(
            name=role
        ):
            group.permissions.add(*(found(apps, using, name) for name in names))

    return migrations.RunPython(forwards, migrations.RunPython.noop)
