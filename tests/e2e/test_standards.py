"""Every kind of page that readers see, before the two checkers of pages."""

import pytest

from blog import previewing
from comments import services, threads, tokens
from comments.models import Decision, Follow

from ..comments.conftest import LA_PUB
from ..factories import CommentFactory, PostFactory
from ..whole_blog import write_whole_blog
from .checkers import (
    errors_in,
    needs_axe,
    needs_vnu,
    violations_in_both_lights_on,
)

pytestmark = [
    pytest.mark.e2e,
    pytest.mark.pages,
    pytest.mark.django_db(transaction=True),
]
LANGUAGES = ["fr", "en"]
# What there is to see before anything was written.
EMPTY = ["", "only/en/", "archives/", "series/", "search/?q=pain"]


@pytest.fixture
def paths(moderator, monkeypatch):
    """The address of each kind of page, after its language."""
    pages, _feeds = write_whole_blog()
    monkeypatch.setattr(threads, "PAGE_SIZE", 2)
    post = PostFactory()
    CommentFactory.create_batch(3, post=post)
    closed = CommentFactory(post=PostFactory(comment_policy="closed"))
    talk = post.get_absolute_url().removeprefix("/fr/")
    draft = previewing.signer.sign(PostFactory(published_at=None).pk)
    return [
        *(path[4:] for path in pages.values()),
        talk, f"{talk}comments/2/", f"comments/{closed.pk}/reply/",
        f"preview/secret/{draft}/", "rien/", *paths_to_one_person(post, moderator),
    ]  # fmt: skip


def paths_to_one_person(post, moderator):
    """What only the writer of a comment is led to, in each state it can be in."""
    held = services.submit(
        post, text=LA_PUB, name="Sandra", email="sandra@rivages-solidaires.example"
    )
    unconfirmed = CommentFactory(post=post, status="unconfirmed")
    rejected = CommentFactory(post=post, status="held")
    services.decide(rejected, moderator=moderator, outcome="reject", reason="off_topic")
    waiting = CommentFactory(post=post, status="held")
    follow = Follow.objects.create(post=post, email="noemie@mail.example")
    followed = Follow.objects.create(
        post=post, email="zoe@mail.example", confirmed_at=post.published_at
    )
    rows = [
        ("receipt", CommentFactory(post=post)), ("receipt", held),
        ("receipt", unconfirmed), ("receipt", rejected), ("receipt", waiting),
        ("confirm", unconfirmed), ("amend", Decision.objects.last_on(rejected)),
        ("follow", follow), ("follow", followed), ("unfollow", followed),
    ]  # fmt: skip
    tokened = [(purpose, tokens.make(purpose, row.pk)) for purpose, row in rows]
    tokened.append(("unfollow", tokens.make("unfollow", 0)))
    return [f"comments/{purpose}/{token}/" for purpose, token in tokened]


@needs_vnu
def test_every_kind_of_page_is_valid_html(client, paths, tmp_path):
    pages = {
        f"/{language}/{path}": client.get(f"/{language}/{path}").content
        for path in paths
        for language in LANGUAGES
    }
    pages["a form with errors"] = client.post(
        "/fr/comments/", {"content_type": "blog.post", "object_pk": PostFactory().pk}
    ).content

    assert errors_in(pages, tmp_path) == []


@needs_vnu
def test_every_page_of_an_empty_blog_is_valid_html(client, tmp_path):
    pages = {path: client.get(f"/fr/{path}").content for path in EMPTY}

    assert errors_in(pages, tmp_path) == []


@needs_axe
@pytest.mark.parametrize(
    ("language", "width"), [("fr", 320), ("en", 320), ("fr", 1280)]
)
def test_every_kind_of_page_is_open_to_everybody(visitor, paths, language, width):
    page = visitor(viewport={"width": width, "height": 900}, bypass_csp=True)
    found = []
    for path in paths:
        page.goto(f"/{language}/{path}")
        found += violations_in_both_lights_on(page)
        assert page.evaluate("document.documentElement.scrollWidth") <= width, path
    page.goto(f"/{language}/{paths[3]}")
    page.fill("#comment-form [name=email]", "noemie@")
    page.click("#comment-form [type=submit]")
    page.wait_for_selector(".form-problem")
    found += violations_in_both_lights_on(page)
    # A console that hears of a page that is missing, over or wrong calls it an error.
    visitor.troubles[:] = [
        t for t in visitor.troubles if "the server responded" not in t
    ]

    assert found == []


@needs_axe
@pytest.mark.parametrize("language", LANGUAGES)
def test_every_page_of_an_empty_blog_is_open_to_everybody(visitor, language):
    page = visitor(viewport={"width": 320, "height": 900}, bypass_csp=True)
    found = []
    for path in EMPTY:
        page.goto(f"/{language}/{path}")
        found += violations_in_both_lights_on(page)

    assert found == []
