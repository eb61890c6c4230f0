from datetime import timedelta

import pytest
from django.utils import timezone
from lxml import html

from blog.models import Post
from tests.factories import PostFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def posts():
    """Twenty-five posts; some share their moment, so that the key has to part them."""
    now = timezone.now()
    return [
        PostFactory(title_fr=f"Billet {n}", published_at=now - timedelta(hours=n // 3))
        for n in range(25)
    ]


def titles(response):
    page = html.fromstring(response.content)
    return [a.text_content() for a in page.find_class("p-name")]


def follow(client, response, rel):
    (href,) = html.fromstring(response.content).xpath(
        f"//nav[@class='pages']/a[@rel='{rel}']/@href"
    )
    return client.get(f"/fr/{href}", follow=True)


def all_titles():
    newest_first = Post.objects.order_by("-published_at", "-pk")
    return [post.original_title for post in newest_first]


def test_older_posts_follow_to_the_last_without_a_gap_or_a_double(client, posts):
    first = client.get("/fr/")
    second = follow(client, first, "next")
    third = follow(client, second, "next")

    assert titles(first) + titles(second) + titles(third) == all_titles()
    assert not third.context["shown"].older


def test_the_way_back_shows_the_same_pages(client, posts):
    first = client.get("/fr/")
    second = follow(client, first, "next")
    third = follow(client, second, "next")

    assert titles(follow(client, third, "prev")) == titles(second)
    back = follow(client, second, "prev")
    assert titles(back) == titles(first)
    assert not back.context["shown"].newer


def test_a_new_post_moves_nothing_on_the_page_somebody_reads(client, posts):
    first = client.get("/fr/")
    expected = titles(follow(client, first, "next"))

    PostFactory(title_fr="Tout frais")

    assert titles(follow(client, first, "next")) == expected


def test_a_list_that_fits_has_no_other_pages(client, post):
    assert html.fromstring(client.get("/fr/").content).find_class("pages") == []


def test_going_on_costs_as_many_queries_as_beginning(
    client, posts, django_assert_max_num_queries
):
    second = client.get("/fr/").context["shown"].older

    with django_assert_max_num_queries(8) as queries:
        client.get(f"/fr/?before={second}")

    assert not any("OFFSET" in q["sql"].upper() for q in queries.captured_queries)
    assert not any("COUNT(*)" in q["sql"].upper() for q in queries.captured_queries)
