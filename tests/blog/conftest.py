from copy import deepcopy

import pytest
from django.utils import translation


@pytest.fixture(autouse=True)
def _french_outside_requests():
    """A request leaves its language behind; addresses made here start from French."""
    with translation.override("fr"):
        yield


@pytest.fixture
def without_conversation(settings):
    """The site as if nobody could comment: what remains is the blog's own work."""
    templates = deepcopy(settings.TEMPLATES)
    templates[0]["APP_DIRS"] = False
    templates[0]["OPTIONS"]["loaders"] = [
        (
            "django.template.loaders.locmem.Loader",
            {"comments/_conversation.html": "", "comments/_count.html": ""},
        ),
        "django.template.loaders.filesystem.Loader",
        "django.template.loaders.app_directories.Loader",
    ]
    settings.TEMPLATES = templates
