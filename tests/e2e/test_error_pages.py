"""The pages of errors, before the two checkers of pages."""

import pytest
from django.template.loader import render_to_string
from django.utils import translation

from .checkers import errors_in, needs_axe, needs_vnu, violations_on

pytestmark = [
    pytest.mark.e2e,
    pytest.mark.pages,
    pytest.mark.django_db(transaction=True),
]
NAMES = ("403", "403_csrf", "404", "410", "500")


@pytest.fixture
def errors(rf):
    """Each page in both languages, as bytes by its name."""
    pages = {}
    for language in ("fr", "en"):
        with translation.override(language):
            for name in NAMES:
                text = render_to_string(f"{name}.html", request=rf.get("/x"))
                pages[f"{name}-{language}"] = text.encode()
    return pages


@needs_vnu
def test_every_page_of_an_error_is_valid_html(errors, tmp_path):
    assert errors_in(errors, tmp_path) == []


@needs_axe
@pytest.mark.parametrize(("scheme", "width"), [("light", 1280), ("dark", 320)])
def test_every_page_of_an_error_is_open_to_everybody(visitor, errors, scheme, width):
    page = visitor(
        color_scheme=scheme, viewport={"width": width, "height": 900}, bypass_csp=True
    )
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
        found += violations_on(page)
        assert page.evaluate("document.documentElement.scrollWidth") <= width, name

    assert found == []
