"""Every kind of page that readers see, before the two checkers of pages."""

import pytest

from ..whole_blog import write_whole_blog
from .checkers import errors_in, needs_axe, needs_vnu, violations_on

pytestmark = [
    pytest.mark.e2e,
    pytest.mark.pages,
    pytest.mark.django_db(transaction=True),
]


@pytest.fixture
def paths():
    pages, _feeds = write_whole_blog()
    return [*pages.values(), "/fr/rien/", "/en/nothing/"]


@needs_vnu
def test_every_kind_of_page_is_valid_html(client, paths, tmp_path):
    pages = {path: client.get(path).content for path in paths}

    assert errors_in(pages, tmp_path) == []


@needs_axe
@pytest.mark.parametrize(("scheme", "width"), [("light", 1280), ("dark", 320)])
def test_every_kind_of_page_is_open_to_everybody(visitor, paths, scheme, width):
    page = visitor(
        color_scheme=scheme, viewport={"width": width, "height": 900}, bypass_csp=True
    )
    found = []
    for path in paths:
        if path in {"/fr/rien/", "/en/nothing/"}:
            continue  # a console that hears of a missing page calls it an error
        page.goto(path)
        found += violations_on(page)
        assert page.evaluate("document.documentElement.scrollWidth") <= width, path

    assert found == []
