"""What programs are told: linked data, social cards, manifest, whom to write to."""

import json
from datetime import UTC, datetime

import pytest
from lxml import html

from blog.models import Blog
from tests.factories import (
    CommentFactory,
    EnglishPostFactory,
    PictureFactory,
    PostFactory,
    TagFactory,
)

pytestmark = pytest.mark.django_db
SITE = "http://127.0.0.1:8000"


def page_at(client, path):
    return html.fromstring(client.get(path).content)


def linked_data(client, path):
    (script,) = page_at(client, path).xpath("//script[@type='application/ld+json']")
    return json.loads(script.text)


def test_a_post_says_what_it_is_to_search_engines(client, post):
    Blog.objects.create(title_fr="Carnets")
    post.tags.add(TagFactory())
    post.source_url = "https://lettre.example/pain"
    post.lead_picture = PictureFactory()
    post.save()
    CommentFactory.create_batch(2, post=post)
    CommentFactory(post=post, status="held")
    address = f"{SITE}{post.get_absolute_url()}"

    data = linked_data(client, post.get_absolute_url())

    assert data.pop("datePublished") <= data.pop("dateModified")
    assert data.pop("description").startswith("Mon levain a trois semaines")
    assert data == {
        "@context": "https://schema.org",
        "@type": "BlogPosting",
        "@id": f"{address}#post",
        "url": address,
        "mainEntityOfPage": address,
        "headline": post.title_fr,
        "inLanguage": "fr",
        "author": {"@type": "Person", "name": "Camille"},
        "keywords": ["cuisine"],
        "image": f"{SITE}{post.lead_picture.file.url}",
        "isBasedOn": "https://lettre.example/pain",
        "discussionUrl": f"{address}#comments",
        "isPartOf": {"@type": "Blog", "name": "Carnets"},
        "commentCount": 2,
    }


def test_both_frames_of_a_text_tell_of_the_same_one(client):
    english = f"/en{EnglishPostFactory().get_absolute_url()[3:]}"

    in_french = linked_data(client, f"/fr{english[3:]}")

    assert in_french == linked_data(client, english)
    assert in_french["inLanguage"] == "en"


def test_no_title_ends_the_element_that_holds_the_data(client):
    title = "</script><script>alert(1)</script><!--&\u2028"
    post = PostFactory(title_fr=title)

    assert linked_data(client, post.get_absolute_url())["headline"] == title


def test_a_draft_tells_programs_nothing(admin_client):
    post = PostFactory(published_at=None)

    page = page_at(admin_client, f"/fr/preview/{post.pk}/")

    assert page.xpath("//script | //meta[starts-with(@property, 'og:')]") == []


def test_a_link_to_a_post_has_a_card(client, post):
    page = page_at(client, post.get_absolute_url())

    card = {
        meta.get("property"): meta.get("content")
        for meta in page.xpath("//meta[@property]")
    }
    assert card["og:title"] == post.title_fr
    assert card["og:type"] == "article"
    assert card["og:url"] == f"{SITE}{post.get_absolute_url()}"
    assert card["og:locale"] == "fr_FR"
    assert card["og:description"].startswith("Mon levain a trois semaines")


@pytest.mark.parametrize("path", ["archives/", "series/", "only/fr/", "tags/pain/"])
def test_a_list_names_its_address_in_both_languages(client, path):
    TagFactory(slug="pain")
    page = page_at(client, f"/en/{path}")

    alternates = page.xpath("//link[@rel='alternate'][@hreflang]")
    assert page.xpath("//link[@rel='canonical']/@href") == [f"{SITE}/en/{path}"]
    assert {link.get("hreflang"): link.get("href") for link in alternates} == {
        "fr": f"{SITE}/fr/{path}",
        "en": f"{SITE}/en/{path}",
    }


@pytest.mark.parametrize("language", ["fr", "en"])
def test_the_front_page_names_the_address_that_chooses_a_language(client, language):
    page = page_at(client, f"/{language}/")

    alternates = page.xpath("//link[@rel='alternate'][@hreflang]")
    assert {link.get("hreflang"): link.get("href") for link in alternates} == {
        "fr": f"{SITE}/fr/",
        "en": f"{SITE}/en/",
        "x-default": f"{SITE}/",
    }


def test_a_later_page_of_a_list_is_no_copy_of_the_first(client):
    PostFactory.create_batch(11)
    first = page_at(client, "/fr/")
    (older,) = first.xpath("//a[@rel='next']/@href")
    second = page_at(client, f"/fr/{older}")
    (newer,) = second.xpath("//a[@rel='prev']/@href")
    first_again = page_at(client, f"/fr/{newer}")

    links = "//link[@rel='canonical' or @hreflang]/@href"
    assert second.xpath(links) == []
    assert first_again.xpath(links) == [f"{SITE}/fr/"]


def test_nobody_to_write_to_about_weaknesses_unless_somebody_is_named(client, settings):
    assert client.get("/.well-known/security.txt").status_code == 404

    settings.SECURITY_CONTACT = "mailto:camille@blog.example"
    response = client.get("/.well-known/security.txt")

    lines = dict(line.split(": ", 1) for line in response.content.decode().splitlines())
    expires = datetime.fromisoformat(lines.pop("Expires"))
    assert response["Content-Type"] == "text/plain"
    assert 100 < (expires - datetime.now(UTC)).days < 365
    assert lines == {
        "Contact": "mailto:camille@blog.example",
        "Preferred-Languages": "fr, en",
        "Canonical": f"{SITE}/.well-known/security.txt",
    }


def test_a_telephone_keeps_the_blog_under_its_name(client):
    Blog.objects.create(title_fr="Carnets", title_en="Notebooks")
    (address,) = page_at(client, "/en/").xpath("//link[@rel='manifest']/@href")

    response = client.get(address)

    manifest = response.json()
    assert response["Content-Type"] == "application/manifest+json"
    assert (manifest["name"], manifest["lang"], manifest["start_url"]) == (
        "Notebooks", "en", "/en/",
    )  # fmt: skip
