"""The pages of errors, before the two checkers of pages."""

import pytest
from django.template.loader import render_to_string
from django.utils import translation

from .checkers import errors_in, needs_axe, needs_vnu, violations_in_both_lights_on

pytestmark = [
    pytest.mark.e2e,
    pytest.mark.pages,
    pytest.mark.django_db(transaction=True),
]
NAMES = ("403", "403_csrf", "404", "410", "500", "blog/preview_over")


@pytest.fixture
def errors(rf):
    """Each page in both languages, as bytes by its name."""
    pages = {}
    for language in ("fr", "en"):
        with translation.override(language):
            for name in NAMES:
                text = render_to_string(f"{name}.html", request=rf.get("/x"))
                pages[f"{name.split('/')[-1]}-{language}"] = text.encode()
    return pages


@needs_vnu
def test_every_page_of_an_error_is_valid_html(errors, tmp_path):
    assert errors_in(errors, tmp_path) == []


@needs_axe
def test_every_page_of_an_error_is_open_to_everybody(visitor, errors):
    page = visitor(viewport={"width": 320, "height": 900}, bypass_csp=True)
    # Its status would be an error to the console, which is watched.
    page.route(
        "**/error/*",
        lambda route: route.fulfill(
            body=errors[route.request.url.rsplit("/", 1)[1]], content_type="text/html"
        ),
    )
    found = []
    for name in errors:
        page.goto(f"/error/{name}")
        found += violations_in_both_lights_on(page)
        assert page.evaluate("document.documentElement.scrollWidth") <= 320, name

    assert found == []
