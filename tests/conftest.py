import importlib

import pytest
from django.apps import apps
from django.contrib.auth.models import Group, Permission
from django.core.cache import cache
from django.db import connection
from django.utils import translation

from ctts import catalogues

from .factories import EnglishPostFactory, PostFactory, UserFactory

catalogues.compile_stale()


@pytest.fixture(autouse=True)
def _nothing_left_in_the_cache():
    cache.clear()
    yield
    cache.clear()


@pytest.fixture(autouse=True)
def _each_begins_in_the_language_of_the_blog(settings):
    """A request leaves its language behind it in the thread, for the next test."""
    with translation.override(settings.LANGUAGE_CODE):
        yield


@pytest.fixture
def post(db):
    return PostFactory()


@pytest.fixture
def english_post(db):
    return EnglishPostFactory()


@pytest.fixture
def moderator(db):
    user = UserFactory(username="moderator", email="moderator@blog.example")
    user.user_permissions.add(
        Permission.objects.get(
            codename="can_moderate", content_type__app_label="django_comments"
        )
    )
    return user


@pytest.fixture
def in_role(db):
    """Return a function that makes a staff account in the group of that role."""
    if not Group.objects.filter(name="Editors").exists():
        # A test with real transactions empties all tables, those of a migration too.
        migration = importlib.import_module("comments.migrations.0004_roles")
        with connection.schema_editor() as editor:
            migration.make_roles(apps, editor)

    def account(role, **fields):
        fields = {"username": role.lower(), "is_staff": True} | fields
        user = UserFactory(email=f"{fields['username']}@blog.example", **fields)
        user.groups.add(Group.objects.get(name=role))
        return user

    return account
