import pytest
from django.utils import timezone
from lxml import etree

from blog.models import Page
from tests.factories import EnglishPostFactory, PostFactory, TagFactory

pytestmark = pytest.mark.django_db
SITE = "http://127.0.0.1:8000"
NAMES = {
    "s": "http://www.sitemaps.org/schemas/sitemap/0.9",
    "x": "http://www.w3.org/1999/xhtml",
}


def locations(client, path):
    """Return ``{address: {language: address}}``, or the addresses of an index."""
    root = etree.fromstring(client.get(path).content)
    if root.tag.endswith("sitemapindex"):
        return [loc.text for loc in root.iterfind(".//s:loc", NAMES)]
    return {
        url.findtext("s:loc", None, NAMES): {
            link.get("hreflang"): link.get("href")
            for link in url.findall("x:link", NAMES)
        }
        for url in root.findall("s:url", NAMES)
    }


def test_the_index_leads_to_every_section(client):
    sections = locations(client, "/sitemap.xml")

    assert sections == [f"{SITE}/sitemap-{s}.xml" for s in ("lists", "posts", "pages")]
    for address in sections:
        assert client.get(address.removeprefix(SITE)).status_code == 200


def test_each_text_is_announced_at_its_canonical_address(client):
    french = PostFactory().get_absolute_url()
    english = f"/en{EnglishPostFactory().get_absolute_url()[3:]}"
    both = PostFactory(title_en="Both", body_en="<p>Both.</p>").get_absolute_url()
    PostFactory(published_at=None)
    PostFactory(source_url="https://lettre.example/", source_is_canonical=True)
    pair = {"fr": f"{SITE}{both}", "en": f"{SITE}/en{both[3:]}"}

    assert locations(client, "/sitemap-posts.xml") == {
        f"{SITE}{french}": {},
        f"{SITE}{english}": {},
        pair["fr"]: pair,
        pair["en"]: pair,
    }


def test_pages_and_tags_in_use_are_announced(client):
    Page.objects.create(
        slug="moi", title_fr="Moi", body_fr="<p>Moi.</p>", published_at=timezone.now()
    )
    PostFactory().tags.add(TagFactory(slug="pain"))
    TagFactory(slug="vide")

    lists = locations(client, "/sitemap-lists.xml")

    assert list(locations(client, "/sitemap-pages.xml")) == [f"{SITE}/fr/pages/moi/"]
    assert f"{SITE}/fr/tags/pain/" in lists
    assert lists[f"{SITE}/fr/"] == {"fr": f"{SITE}/fr/", "en": f"{SITE}/en/"}
    assert not any("vide" in address for address in lists)


def test_robots_are_told_where_to_look(client):
    response = client.get("/robots.txt")

    assert response["Content-Type"].startswith("text/plain")
    assert f"Sitemap: {SITE}/sitemap.xml" in response.content.decode().splitlines()


def test_there_is_no_other_section(client):
    assert client.get("/sitemap-drafts.xml").status_code == 404
