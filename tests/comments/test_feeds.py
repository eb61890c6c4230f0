"""Conversations as feeds; a text nobody may read is in none of them."""

from datetime import timedelta

import pytest
from django.utils import timezone
from lxml import etree, html

from comments.models import PostComment

from ..factories import CommentFactory, EnglishPostFactory, PostFactory, UserFactory

pytestmark = pytest.mark.django_db
SITE = "http://127.0.0.1:8000"
NAMES = {
    "a": "http://www.w3.org/2005/Atom",
    "thr": "http://purl.org/syndication/thread/1.0",
}
LANG = "{http://www.w3.org/XML/1998/namespace}lang"


def items(client, name):
    response = client.get(f"/feeds/{name}.json")
    assert response.status_code == 200
    return response.json()["items"]


def test_the_talk_of_the_blog_is_a_feed_the_newest_first(client, post):
    now = timezone.now()
    first = CommentFactory(post=post, submit_date=now - timedelta(hours=1))
    second = CommentFactory(
        post=EnglishPostFactory(), user_name="Ann", comment="Nice <b>train</b>",
        language="en", submit_date=now, affiliation="Night Trains Ltd",
    )  # fmt: skip

    newest, oldest = items(client, "comments")

    assert [newest["id"], oldest["id"]] == [
        f"tag:127.0.0.1,2026:comment-{c.pk}" for c in (second, first)
    ]
    assert newest["title"] == "Ann, sur «\u00a0Crossing the Alps by night train\u00a0»"
    assert (newest["language"], oldest["language"]) == ("en", "fr")
    assert "Night Trains Ltd" in newest["content_html"]
    assert "Nice &lt;b&gt;train&lt;/b&gt;" in newest["content_html"]
    assert newest["url"] == f"{SITE}/en/comments/{second.pk}/"


def test_a_conversation_is_a_feed_in_the_language_of_its_post(client):
    post = EnglishPostFactory()
    comment = CommentFactory(post=post, user_name="Ann", language="en")
    CommentFactory()

    feed = etree.fromstring(client.get(f"/feeds/comments/{post.pk}.atom").content)

    (entry,) = feed.findall("a:entry", NAMES)
    answered = entry.find("thr:in-reply-to", NAMES)
    assert feed.get(LANG) == "en"
    assert entry.findtext("a:id", None, NAMES).endswith(f"comment-{comment.pk}")
    assert entry.findtext("a:title", None, NAMES) == f"Ann on “{post.title_en}”"
    assert answered.get("ref") == f"tag:127.0.0.1,2026:post-{post.pk}"


@pytest.mark.parametrize("status", ["held", "rejected", "unconfirmed"])
def test_a_hidden_comment_is_in_no_feed(client, post, status):
    CommentFactory(post=post, status=status)

    assert items(client, "comments") == items(client, f"comments/{post.pk}") == []


def test_nor_is_one_whose_writer_took_it_back(client, post):
    comment = CommentFactory(post=post)
    PostComment.objects.filter(pk=comment.pk).update(is_erased=True)

    assert items(client, "comments") == []


@pytest.mark.parametrize("date", [None, timezone.now() + timedelta(days=1)])
def test_nor_one_on_a_post_that_is_not_public(client, date):
    post = PostFactory(published_at=date)
    CommentFactory(post=post)

    assert items(client, "comments") == []
    assert client.get(f"/feeds/comments/{post.pk}.rss").status_code == 404


@pytest.mark.parametrize("name", ["comments", "comments/{}"])
@pytest.mark.parametrize("form", ["atom", "rss", "json"])
def test_an_unchanged_conversation_is_not_sent_again(client, post, name, form):
    CommentFactory(post=post)
    address = f"/feeds/{name.format(post.pk)}.{form}"
    etag = client.get(address)["ETag"]

    again = client.get(address, headers={"if-none-match": etag})

    assert again.status_code == 304


@pytest.mark.parametrize("length", [1, 12])
def test_a_feed_of_comments_takes_three_queries_however_long(
    client, django_assert_max_num_queries, length
):
    for number in range(length):
        CommentFactory(post__author=UserFactory(username=f"u{number}"))
    client.get("/feeds/comments.rss")

    with django_assert_max_num_queries(3):
        client.get("/feeds/comments.rss")


def test_control_characters_do_not_break_a_feed_of_comments(client, post):
    CommentFactory(
        post=post, user_name="No\x07é", comment="bip\x0b", affiliation="\x01"
    )

    assert etree.fromstring(client.get("/feeds/comments.atom").content) is not None


def test_a_post_offers_the_feed_of_its_conversation(client, post):
    page = html.fromstring(client.get(post.get_absolute_url()).content)

    assert f"/feeds/comments/{post.pk}.atom" in page.xpath(
        "//link[@rel='alternate']/@href"
    )
