import pytest
from django.contrib.auth.models import Permission
from django.core.cache import cache
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
