from datetime import timedelta

import pytest
from django.utils import timezone
from lxml import etree, html

from blog.models import Blog, Post
from tests.factories import (
    EnglishPostFactory,
    PictureFactory,
    PostFactory,
    SeriesFactory,
    TagFactory,
)

pytestmark = pytest.mark.django_db
SITE = "http://127.0.0.1:8000"
NAMES = {
    "a": "http://www.w3.org/2005/Atom",
    "content": "http://purl.org/rss/1.0/modules/content/",
    "dc": "http://purl.org/dc/elements/1.1/",
}
LANG = "{http://www.w3.org/XML/1998/namespace}lang"


def fetched(client, name):
    response = client.get(f"/feeds/{name}")
    assert response.status_code == 200
    return etree.fromstring(response.content)


def entries(client, name):
    return fetched(client, name).findall("a:entry", NAMES)


def items(client, name):
    return fetched(client, name).findall("channel/item")


def test_each_entry_carries_its_language_and_the_summary_in_the_other(client, post):
    (entry,) = entries(client, "all.atom")

    summary = entry.find("a:summary", NAMES)
    assert entry.get(LANG) == "fr"
    assert (summary.get(LANG), summary.text) == ("en", post.summary_en)
    assert entry.findtext("a:title", None, NAMES) == post.title_fr
    assert entry.findtext("a:author/a:name", None, NAMES) == "Camille"


@pytest.mark.parametrize("form", ["atom", "rss"])
def test_the_whole_text_goes_out_after_the_summary(client, post, form):
    if form == "atom":
        (entry,) = entries(client, "fr.atom")
        content = entry.findtext("a:content", None, NAMES)
    else:
        (item,) = items(client, "fr.rss")
        content = item.findtext("content:encoded", None, NAMES)
        assert item.findtext("dc:language", None, NAMES) == "fr"

    summary, body = html.fragments_fromstring(content)
    assert (summary.tag, summary.get("lang")) == ("p", "en")
    assert summary.text_content() == f"In English, briefly {post.summary_en}"
    assert (body.tag, body.get("lang")) == ("div", "fr")
    assert (
        html.tostring(body, encoding="unicode")
        == f'<div lang="fr">{post.body_fr}</div>'
    )


def test_a_feed_of_one_language_holds_that_language_alone(client):
    french, english = PostFactory(), EnglishPostFactory()

    def titles(name):
        return {e.findtext("a:title", None, NAMES) for e in entries(client, name)}

    assert titles("all.atom") == {french.title_fr, english.title_en}
    assert titles("fr.atom") == {french.title_fr}
    assert titles("en.atom") == {english.title_en}


def test_what_is_not_published_is_in_no_feed(client):
    PostFactory(published_at=None)
    PostFactory(published_at=timezone.now() + timedelta(days=1))

    assert entries(client, "all.atom") == []
    assert items(client, "all.rss") == []


def test_addresses_are_those_readers_know(client, settings):
    settings.SITE_URL = "https://carnets.example"
    post = EnglishPostFactory(
        body_en='<p><a href="/fr/x/">x</a> <a href="https://else.example/">y</a> '
        'and <code>&lt;a href="/z"&gt;</code></p>'
    )

    response = client.get("/feeds/en.atom")
    (entry,) = entries(client, "en.atom")

    assert entry.find("a:link", NAMES).get("href") == (
        f"https://carnets.example/en{post.get_absolute_url()[3:]}"
    )
    content = entry.findtext("a:content", None, NAMES)
    assert 'href="https://carnets.example/fr/x/"' in content
    assert 'href="https://else.example/"' in content
    assert 'href="/z"' in content
    assert "example.com" not in response.content.decode()
    assert "127.0.0.1" not in response.content.decode()


def test_an_entry_keeps_its_name_when_its_address_changes(client, post):
    (before,) = entries(client, "all.atom")
    post.slug = "autre"
    post.save()
    (after,) = entries(client, "all.atom")

    assert before.findtext("a:id", None, NAMES) == after.findtext("a:id", None, NAMES)


def test_control_characters_do_not_break_a_feed(client):
    PostFactory(
        title_fr="Bip\x07", summary_en="Beep\x0b", body_fr="<p>bip\x07\ufffe</p>"
    )

    (entry,) = entries(client, "all.atom")

    assert entry.findtext("a:title", None, NAMES) == "Bip"


@pytest.mark.parametrize("name", ["all.atom", "all.rss"])
def test_nor_do_those_in_the_names_of_tags_people_and_the_blog(client, post, name):
    Blog.objects.create(title_fr="Carnets\x02", tagline_fr="d'ici\x03")
    post.tags.add(TagFactory(name_fr="cuisine\x01"))
    post.author.first_name = "Camille\x04"
    post.author.save()

    assert "cuisine" in etree.tostring(fetched(client, name)).decode()


def test_a_feed_names_the_blog_and_the_tags_of_its_posts(client, post):
    Blog.objects.create(title_fr="Carnets", title_en="Notebooks")
    post.tags.add(TagFactory())

    french, english = fetched(client, "fr.atom"), fetched(client, "en.rss")

    assert french.findtext("a:title", None, NAMES) == "Carnets · Français"
    assert [c.get("term") for c in french.iterfind(".//a:category", NAMES)] == [
        "cuisine"
    ]
    assert english.findtext("channel/title") == "Notebooks · English"
    assert english.findtext("channel/language") == "en"


def test_an_unchanged_feed_is_not_sent_again(client, post):
    etag = client.get("/feeds/all.atom")["ETag"]

    again = client.get("/feeds/all.atom", headers={"if-none-match": etag})

    assert again.status_code == 304


@pytest.mark.parametrize("name", ["de.atom", "all.xml", "all", "all.atom/", "%00.rss"])
def test_there_is_no_other_feed(client, name):
    assert client.get(f"/feeds/{name}").status_code == 404


def test_a_feed_is_the_same_whatever_language_its_reader_prefers(client, post):
    french = client.get("/feeds/all.atom", headers={"accept-language": "fr"})
    english = client.get("/feeds/all.atom", headers={"accept-language": "en"})

    assert french.content == english.content


def test_a_page_offers_the_feeds(client):
    page = html.fromstring(client.get("/en/").content)

    offered = page.xpath("//link[@rel='alternate'][@type]/@href")
    assert offered == [
        "/feeds/all.atom", "/feeds/fr.atom", "/feeds/en.atom", "/feeds/all.json",
    ]  # fmt: skip


def test_a_json_feed_says_what_the_others_do(client, post):
    Blog.objects.create(title_fr="Carnets", tagline_fr="d’un boulanger")
    post.tags.add(TagFactory())
    post.source_url = "https://lettre.example/pain"
    post.lead_picture = PictureFactory()
    post.save()

    response = client.get("/feeds/fr.json")
    feed = response.json()

    (item,) = feed.pop("items")
    assert response["Content-Type"].startswith("application/feed+json")
    assert feed == {
        "version": "https://jsonfeed.org/version/1.1",
        "title": "Carnets · Français",
        "home_page_url": f"{SITE}/fr/",
        "feed_url": f"{SITE}/feeds/fr.json",
        "description": "d’un boulanger",
        "language": "fr",
    }
    assert item.pop("content_html").endswith(f'<div lang="fr">{post.body_fr}</div>')
    assert item.pop("date_published") <= item.pop("date_modified")
    assert item == {
        "id": f"tag:127.0.0.1,2026:post-{post.pk}",
        "url": f"{SITE}{post.get_absolute_url()}",
        "external_url": "https://lettre.example/pain",
        "title": post.title_fr,
        "summary": post.summary_en,
        "image": f"{SITE}{post.lead_picture.file.url}",
        "authors": [{"name": "Camille"}],
        "tags": ["cuisine"],
        "language": "fr",
    }


def test_a_json_feed_of_nothing_is_one_still(client):
    assert client.get("/feeds/all.json").json()["items"] == []


@pytest.mark.parametrize("form", ["atom", "rss", "json"])
@pytest.mark.parametrize("kind", ["tags", "series"])
def test_a_tag_and_a_series_have_feeds_of_their_own(client, kind, form):
    tag, series = TagFactory(slug="pain"), SeriesFactory(slug="pain")
    PostFactory(title_fr="Dedans", series=series).tags.add(tag)
    PostFactory(title_fr="Brouillon", series=series, published_at=None).tags.add(tag)
    PostFactory(title_fr="Ailleurs")

    response = client.get(f"/feeds/{kind}/pain.{form}")

    text = response.content.decode()
    assert f"/fr/{kind}/pain/" in text
    assert "Dedans" in text
    assert "Brouillon" not in text
    assert "Ailleurs" not in text
    assert client.get(f"/feeds/{kind}/rien.{form}").status_code == 404
    page = html.fromstring(client.get(f"/fr/{kind}/pain/").content)
    assert f"/feeds/{kind}/pain.atom" in page.xpath("//link[@rel='alternate']/@href")


@pytest.mark.parametrize("posts", [1, 12])
def test_a_feed_takes_four_queries_however_long_it_is(
    client, django_assert_max_num_queries, posts
):
    for _ in range(posts):
        PostFactory(lead_picture=PictureFactory()).tags.add(TagFactory())

    with django_assert_max_num_queries(4):
        client.get("/feeds/all.json")


def test_a_feed_that_has_not_changed_since_is_not_sent_again(client, post):
    date = client.get("/feeds/all.json")["Last-Modified"]

    again = client.get("/feeds/all.json", headers={"if-modified-since": date})
    assert again.status_code == 304

    PostFactory(published_at=timezone.now() + timedelta(seconds=2))
    Post.objects.filter(published_at__gt=timezone.now()).update(
        modified_at=timezone.now() + timedelta(seconds=2), published_at=timezone.now()
    )
    again = client.get("/feeds/all.json", headers={"if-modified-since": date})
    assert again.status_code == 200
