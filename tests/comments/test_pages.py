"""Long conversations in pages, their order, and the address of each comment."""

from datetime import timedelta

import pytest
from lxml import html

from comments import threads
from comments.models import PostComment

from ..factories import CommentFactory


@pytest.fixture(autouse=True)
def _two_beginnings_on_a_page(monkeypatch):
    monkeypatch.setattr(threads, "PAGE_SIZE", 2)


@pytest.fixture
def talk(post):
    """Five beginnings, the third of them answered; all written after one another."""
    beginnings = [say(post, minute) for minute in range(5)]
    say(post, 9, parent=beginnings[2])
    return beginnings


def say(post, minute, **fields):
    comment = CommentFactory(post=post, **fields)
    written_at = post.published_at + timedelta(minutes=minute)
    PostComment.objects.filter(pk=comment.pk).update(submit_date=written_at)
    return comment


def shown(client, address):
    page = html.fromstring(client.get(address).content)
    return [int(key[1:]) for key in page.xpath("//ol[@class='thread']/li/@id")]


def links(page, relation):
    return html.fromstring(page.content).xpath(f"//*[@rel='{relation}']/@href")


def test_each_page_holds_so_many_beginnings_with_all_their_answers(client, post, talk):
    base = post.get_absolute_url()
    keys = [comment.pk for comment in talk]
    answer = PostComment.objects.latest("pk").pk

    assert shown(client, base) == keys[:2]
    assert shown(client, f"{base}comments/2/") == [keys[2], answer, keys[3]]
    assert shown(client, f"{base}comments/3/") == keys[4:]
    assert client.get(f"{base}comments/4/").status_code == 404


def test_the_newest_come_first_where_that_is_asked_for(client, post, talk):
    base = post.get_absolute_url()
    keys = [comment.pk for comment in talk]
    answer = PostComment.objects.latest("pk").pk

    assert shown(client, f"{base}comments/newest/") == [keys[4], keys[3]]
    assert shown(client, f"{base}comments/newest/2/") == [keys[2], answer, keys[1]]


def test_every_page_counts_the_whole_conversation(client, post, talk):
    for address in ("", "comments/2/", "comments/newest/"):
        page = client.get(post.get_absolute_url() + address).content.decode()
        assert "6 commentaires" in page


def test_a_permalink_leads_to_the_page_where_the_comment_stands(client, post, talk):
    base = post.get_absolute_url()
    answer = PostComment.objects.latest("pk")

    first = client.get(talk[0].get_absolute_url())
    answered = client.get(answer.get_absolute_url())

    assert (first.status_code, first.url) == (302, f"{base}#c{talk[0].pk}")
    assert answered.url == f"{base}comments/2/#c{answer.pk}"


def test_a_permalink_leads_there_after_more_was_said_before_and_after(
    client, post, talk
):
    permalink = talk[1].get_absolute_url()
    say(post, 60)
    say(post, -1)  # held for a while, and published since

    moved = client.get(permalink)

    page = f"{post.get_absolute_url()}comments/2/"
    assert moved.url == f"{page}#c{talk[1].pk}"
    assert talk[1].pk in shown(client, page)


@pytest.mark.parametrize("status", ["held", "rejected", "unconfirmed"])
def test_a_hidden_comment_has_no_permalink(client, post, status):
    hidden = CommentFactory(post=post, status=status)
    CommentFactory(post=post, parent=hidden)

    assert client.get(hidden.get_absolute_url()).status_code == 404


def test_a_comment_under_a_hidden_post_has_no_permalink_and_no_page(client, post, talk):
    base = post.get_absolute_url()
    type(post).objects.update(published_at=None)

    assert client.get(talk[0].get_absolute_url()).status_code == 404
    assert client.get(f"{base}comments/2/").status_code == 404


def test_the_first_page_has_one_address(client, post, talk):
    base = post.get_absolute_url()

    for other in ("comments/1/", "comments/01/", "comments/0/"):
        moved = client.get(base + other)
        assert (moved.status_code, moved.url) == (301, f"{base}#comments")
    moved = client.get(f"/fr/1999/01/01/{post.slug}/comments/2/")
    assert (moved.status_code, moved.url) == (301, f"{base}comments/2/#comments")


def test_pages_are_linked_and_say_which_address_to_keep(client, post, talk):
    base = post.get_absolute_url()
    middle = client.get(f"{base}comments/2/")

    assert links(client.get(base), "next") == [f"{base}comments/2/#comments"]
    assert links(middle, "prev") == [base, f"{base}#comments"]
    assert links(middle, "next") == [
        f"{base}comments/3/",
        f"{base}comments/3/#comments",
    ]
    assert links(middle, "canonical") == [f"http://127.0.0.1:8000{base}comments/2/"]
    assert b"noindex" not in middle.content


def test_another_order_is_not_for_search_engines(client, post, talk):
    base = post.get_absolute_url()

    page = client.get(f"{base}comments/newest/")

    assert b'<meta name="robots" content="noindex">' in page.content
    assert links(page, "canonical") == []
    assert f"{base}comments/newest/2/" in links(page, "next")


def test_in_another_order_a_comment_is_linked_where_it_stays(client, post, talk):
    base = post.get_absolute_url()

    page = html.fromstring(client.get(f"{base}comments/newest/2/").content)

    answer = PostComment.objects.latest("pk")
    assert page.xpath("//a[contains(@class, 'remark-date')]/@href") == [
        f"{base}comments/2/#c{talk[2].pk}",
        f"{base}comments/2/#c{answer.pk}",
        f"{base}#c{talk[1].pk}",
    ]


def test_the_address_to_keep_is_in_the_language_of_the_post(client, english_post):
    post = english_post
    for minute in range(3):
        say(post, minute)

    page = client.get(f"{post.get_absolute_url()}comments/2/")

    [canonical] = links(page, "canonical")
    assert canonical.startswith("http://127.0.0.1:8000/en/")


def test_a_short_conversation_has_no_pages_and_a_single_comment_no_order(client, post):
    say(post, 0)

    base = post.get_absolute_url()
    page = client.get(base).content.decode()

    assert f"{base}comments/2/" not in page
    assert f"{base}comments/newest/" not in page


def test_a_comment_in_the_other_language_is_marked(client, post, monkeypatch):
    monkeypatch.setattr(threads, "PAGE_SIZE", 200)
    for minute, language in enumerate(["fr", "en", ""]):
        say(post, minute, language=language)

    page = html.fromstring(client.get(post.get_absolute_url()).content)

    assert [
        (remark.xpath("string(.//abbr)"), remark.xpath(".//*[@lang]/@lang"))
        for remark in page.xpath("//li[@id]")
    ] == [("", ["fr"]), ("[en]", ["en"]), ("", ["fr"])]
