"""What django-comments-xtd would do to us, and does not because of our guards."""

import pytest
from django.core.checks import run_checks
from django.db.models.signals import pre_save
from django.urls import path
from django_comments_xtd.models import publish_or_unpublish_on_pre_save

from comments import checks
from comments.exceptions import ParentGone, ParentNotFound, TooDeep
from comments.models import PostComment

from ..factories import CommentFactory, PostFactory

Status = PostComment.Status


def test_saving_a_published_comment_leaves_its_rejected_answers_hidden(post):
    parent = CommentFactory(post=post)
    rejected = CommentFactory(post=post, parent=parent, status=Status.REJECTED)
    below = CommentFactory(post=post, parent=rejected, status=Status.HELD)

    parent.save()

    for comment in (rejected, below):
        comment.refresh_from_db()
        assert not comment.is_public


def test_the_signal_handler_of_xtd_still_exists_to_be_taken_out():
    # When it is renamed, disconnecting it would silently do nothing.
    assert not pre_save.disconnect(publish_or_unpublish_on_pre_save, sender=PostComment)
    assert publish_or_unpublish_on_pre_save.__module__ == "django_comments_xtd.models"


def test_no_address_of_xtd_is_included():
    assert [e for e in run_checks() if e.id == "comments.E001"] == []


@pytest.mark.parametrize("module", ["django_comments_xtd.urls", "django_comments.urls"])
def test_including_an_address_of_xtd_is_an_error(module, settings, monkeypatch):
    from django.urls import URLResolver, include
    from django.urls.resolvers import RegexPattern

    resolver = URLResolver(RegexPattern(r"^/"), [path("c/", include(module))])
    monkeypatch.setattr(checks, "get_resolver", lambda: resolver)

    assert [error.id for error in checks.xtd_addresses_stay_out()] == ["comments.E001"]


@pytest.mark.parametrize(
    "address",
    [
        "/comments/post/",
        "/comments/approve/1/",
        "/comments/api/comment/",
        "/comments/reply/1/",
    ],
)
def test_the_addresses_of_xtd_lead_nowhere(client, db, address):
    assert client.post(f"/fr{address}", {}).status_code in {404, 405}
    assert client.post(address, {}).status_code in {404, 405}


def test_a_parent_that_does_not_exist_leaves_nothing_behind(say, welcome_text):
    with pytest.raises(ParentNotFound):
        say(welcome_text, parent=987654)

    assert not PostComment.objects.exists()


def test_a_parent_on_another_post_is_refused(say, welcome_text):
    elsewhere = CommentFactory(post=PostFactory())

    with pytest.raises(ParentNotFound):
        say(welcome_text, parent=elsewhere.pk)


@pytest.mark.parametrize("status", [Status.HELD, Status.REJECTED, Status.UNCONFIRMED])
def test_a_parent_nobody_may_read_cannot_be_answered(say, post, welcome_text, status):
    hidden = CommentFactory(post=post, status=status)

    with pytest.raises(ParentGone):
        say(welcome_text, parent=hidden.pk)


def test_a_parent_too_deep_cannot_be_answered(say, post, welcome_text, settings):
    parent = None
    for _ in range(settings.COMMENTS_XTD_MAX_THREAD_LEVEL + 1):
        parent = CommentFactory(post=post, parent=parent)

    with pytest.raises(TooDeep):
        say(welcome_text, parent=parent.pk)
