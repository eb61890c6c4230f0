"""A held or rejected text is its moderators' alone, wherever one may look."""

from urllib.parse import urldefrag, urljoin

import pytest
from django.conf import settings
from django.urls import reverse
from lxml import html as lxml_html

from comments import services, tokens
from comments.models import PostComment

from ..factories import CommentFactory, EnglishPostFactory

Status = PostComment.Status
SECRET = "Zanzibarades"


def addresses_from(client, start):
    """Follow every link of the site a reader can reach; yield each page's response."""
    seen, waiting = set(), [start]
    while waiting:
        address = waiting.pop()
        if address in seen:
            continue
        seen.add(address)
        response = client.get(address)
        yield address, response
        links = [response.get("Location", "")]
        if "html" in response.get("Content-Type", "") and response.content:
            page = lxml_html.fromstring(response.content)
            links += page.xpath("//a/@href | //link/@href")
        absolute = (urljoin(settings.SITE_URL + address, link) for link in links)
        waiting += [
            urldefrag(link)[0].removeprefix(settings.SITE_URL)
            for link in absolute
            if link.startswith(f"{settings.SITE_URL}/")
        ]


@pytest.fixture
def blog_with_secrets(post):
    EnglishPostFactory()
    visible = CommentFactory(post=post, comment="Un mot visible")
    for status in (Status.HELD, Status.REJECTED, Status.UNCONFIRMED):
        hidden = CommentFactory(
            post=post, parent=visible, status=status, comment=f"{SECRET} {status}",
            user_name=f"{SECRET} auteur", user_url=f"https://{SECRET}.example",
            affiliation=SECRET,
        )  # fmt: skip
        CommentFactory(post=post, parent=hidden, comment="Un mot visible")
    return post


@pytest.mark.parametrize("who", ["a reader", "an account without rights"])
def test_no_page_feed_or_error_shows_it(client, blog_with_secrets, who):
    if who != "a reader":
        client.force_login(blog_with_secrets.author)
    hidden = PostComment.objects.filter(comment__startswith=SECRET)
    extra = [
        *(reverse("comments:reply", args=[comment.pk]) for comment in hidden),
        *(reverse("moderation:review", args=[comment.pk]) for comment in hidden),
        "/feeds/all.rss", "/feeds/all.atom", "/sitemap.xml", "/robots.txt",
        "/en/nothing/here/", f"/fr/?q={SECRET.lower()}",
    ]  # fmt: skip
    visited = dict(addresses_from(client, "/"))
    visited |= {address: client.get(address) for address in extra}

    assert len(visited) > 15
    for address, response in visited.items():
        assert SECRET not in response.content.decode(), address


def test_its_writer_reads_why_but_strangers_cannot_guess_the_address(
    client, held_comment
):
    good = f"/fr/comments/receipt/{tokens.make('receipt', held_comment.pk)}/"
    forged = f"/fr/comments/receipt/{tokens.make('confirm', held_comment.pk)}/"

    assert client.get(good).status_code == 200
    assert client.get(forged).status_code == 404


def test_followers_hear_of_a_comment_only_once_it_is_published(
    say, la_pub, post, moderator, mailoutbox, django_capture_on_commit_callbacks
):
    row = services.follow(post, email="lectrice@mail.example", language="fr")
    services.confirm_follow(row)
    with django_capture_on_commit_callbacks(execute=True):
        comment = say(**la_pub)
    assert mailoutbox == []

    with django_capture_on_commit_callbacks(execute=True):
        services.decide(comment, moderator=moderator, outcome="publish")

    assert sorted(mail.to[0] for mail in mailoutbox) == [
        "lectrice@mail.example",
        "sandra@rivages-solidaires.example",
    ]
