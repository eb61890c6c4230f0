"""Every kind of page that readers see, before the two checkers of pages."""

import pytest
from django.utils import timezone, translation

from blog.models import Blog, Page

from ..factories import (
    CommentFactory,
    EnglishPostFactory,
    PictureFactory,
    PostFactory,
    SeriesFactory,
    TagFactory,
)
from .checkers import errors_in, needs_axe, needs_vnu, violations_on

pytestmark = [pytest.mark.e2e, pytest.mark.django_db(transaction=True)]
BODY = (
    "<p>Un paragraphe, <a href='/fr/'>un lien</a>, <code>du code</code>.</p>"
    "<h2>Un titre</h2><ul><li>un</li></ul><blockquote><p lang='en'>Quoted.</p>"
    "</blockquote><pre><code>x = 1</code></pre><table><caption>Prix</caption><tr>"
    "<th scope='col'>a</th><th scope='col'>b</th></tr><tr><td>1</td><td>2</td></tr>"
    "</table><hr><p>Fin<sup>1</sup> <del>a</del> <ins>b</ins> <mark>c</mark></p>"
)


@pytest.fixture
def paths():
    """A blog with one of everything, and the address of each kind of its pages."""
    Blog.objects.create(
        title_fr="Le fournil", title_en="The bakehouse", tagline_fr="Du pain"
    )
    series, tag = SeriesFactory(slug="fournil"), TagFactory(slug="pain")
    PostFactory(series=series)
    french = PostFactory(
        body_fr=BODY, series=series, lead_picture=PictureFactory(),
        source_name="La Gazette", source_url="https://gazette.example/pain",
    )  # fmt: skip
    french.tags.add(tag)
    english = EnglishPostFactory(
        title_fr="Traverser les Alpes", body_fr="<p>Le train est parti tard.</p>"
    )
    first = CommentFactory(post=french, user_url="https://noemie.example/")
    answer = CommentFactory(post=french, parent=first, user=french.author)
    CommentFactory(post=french, parent=answer, affiliation="La Gazette", language="en")
    PostFactory.create_batch(9)
    about = Page.objects.create(
        slug="moi", title_fr="Moi", body_fr=BODY, published_at=timezone.now()
    )
    with translation.override("en"):
        english_address = english.get_absolute_url()
    return [
        "/fr/", "/en/", "/fr/only/en/", french.get_absolute_url(), english_address,
        "/fr/archives/", f"/en/{timezone.now():%Y}/", f"/fr/{timezone.now():%Y/%m}/",
        "/fr/tags/pain/", "/fr/series/", "/en/series/fournil/",
        about.get_absolute_url(), "/fr/search/", "/en/search/?q=pain",
        "/fr/search/?q=zanzibar", "/fr/rien/", "/en/nothing/",
    ]  # fmt: skip


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
