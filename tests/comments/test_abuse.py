"""What somebody tries who means no good, by the doors that are open to readers."""

import pytest
from django.utils import timezone

from blog.models import Blog, CommentPolicy
from comments import tokens
from comments.models import Commenter, Follow, PostComment

from ..factories import PostFactory
from .conftest import WELCOME

Status = PostComment.Status


def test_the_blogger_s_address_alone_has_nothing_of_their_credit(say, post, la_pub):
    email = post.author.email
    for number in range(5):
        own = say(f"{WELCOME} {number}", email=email, user=post.author)
        assert own.status == Status.PUBLISHED

    posed_as = say(**la_pub | {"email": email, "name": "Camille"})

    assert posed_as.status == Status.HELD


@pytest.fixture
def bombing(say, django_capture_on_commit_callbacks):
    """Write many comments with one address, and follow the conversation each time."""

    def submit_many(posts, **typed):
        with django_capture_on_commit_callbacks(execute=True):
            return [
                say(f"{WELCOME} {n}", on=post, email="victim@mail.example", **typed)
                for n, post in enumerate(posts)
            ]

    return submit_many


def test_mails_that_ask_a_stranger_to_confirm_are_few(bombing, post, mailoutbox):
    Blog.objects.create(title_fr="Blog", confirms_addresses=True)

    comments = bombing([post] * 6, name="Gagnez sur argent.example")

    statuses = [comment.status for comment in comments]
    assert statuses == [Status.UNCONFIRMED] * 3 + [Status.HELD] * 3
    assert len(mailoutbox) == 3
    assert not any("argent.example" in mail.body for mail in mailoutbox)


def test_nobody_is_made_to_follow_what_they_did_not_ask_for(bombing, mailoutbox):
    Commenter.objects.create(email="victim@mail.example", confirmed_at=timezone.now())

    bombing(PostFactory.create_batch(6), followup=True)

    assert len(mailoutbox) == 3
    assert not Follow.objects.filter(confirmed_at__isnull=False).exists()


def test_nobody_answers_a_question_that_was_not_asked(say, client):
    Blog.objects.create(title_fr="Blog", comment_policy=CommentPolicy.HOLD_ALL)
    held = say(WELCOME)
    url = f"/fr/comments/receipt/{tokens.make('receipt', held.pk)}/"

    client.post(url, {"affiliation": "Boulangerie des Tilleuls"})

    held.refresh_from_db()
    assert held.affiliation == ""
    assert held.screenings.count() == 1
