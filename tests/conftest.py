import pytest
from django.apps import apps
from django.contrib.auth.models import Group, Permission
from django.core.cache import cache
from django.db.models import signals
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


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup, django_db_blocker):
    """Return the groups that the migrations made, with the keys of their permissions.

    A test with real transactions empties all tables, those that a migration filled
    too, and which test comes after it is a matter of chance: they are put back.
    """

    def put_back(**kwargs):
        for name, permissions in made.items():
            group, created = Group.objects.get_or_create(name=name)
            if created:
                group.permissions.set(
                    Permission.objects.get_by_natural_key(*key) for key in permissions
                )

    with django_db_blocker.unblock():
        made = {
            group.name: [
                permission.natural_key() for permission in group.permissions.all()
            ]
            for group in Group.objects.all()
        }
    # Permissions are made for one application after the other.
    last = list(apps.get_app_configs())[-1]
    signals.post_migrate.connect(put_back, sender=last, weak=False)
    return made


@pytest.fixture
def groups_of_a_new_blog(django_db_setup):
    return django_db_setup


@pytest.fixture
def in_role(db):
    """Return a function that makes a staff account in the group of that role."""

    def account(role, **fields):
        fields = {"username": role.lower(), "is_staff": True} | fields
        user = UserFactory(email=f"{fields['username']}@blog.example", **fields)
        user.groups.add(Group.objects.get(name=role))
        return user

    return account
