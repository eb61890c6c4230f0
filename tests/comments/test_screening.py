"""What a comment is judged by, gathered from the database."""

import pytest

from blog.models import Blog, Strictness
from comments import screening, services
from comments.moderation import policy

from ..factories import CommentFactory, PostFactory
from .conftest import WELCOME


def test_the_posts_are_prepared_once_until_one_of_them_changes(post):
    first = screening.prepared_blog()
    assert screening.prepared_blog() is first

    post.title_fr = "Tout autre chose"
    post.save()
    second = screening.prepared_blog()
    assert second is not first

    PostFactory()
    assert screening.prepared_blog() is not second


def test_a_conversation_is_read_back_as_far_as_it_helps(post):
    for number in range(8):
        CommentFactory(post=post, comment=f"{number} " + "x" * 9000)
    comment = CommentFactory(post=post, status="held", comment=WELCOME)

    thread = screening.submission_for(comment, post).thread

    assert [text[0] for text in thread] == ["3", "4", "5", "6", "7"]


def test_screening_again_keeps_what_the_policy_said(post, say):
    post.comment_policy = "hold_all"
    post.save()
    comment = say(WELCOME)

    again = services.rescreen(comment)

    assert again.policy == "hold_all"
    assert comment.screenings.count() == 2


@pytest.mark.parametrize("strictness", Strictness.values)
def test_the_blog_says_how_little_is_enough_to_hold(say, monkeypatch, strictness):
    asked = []
    judged = policy.decide

    def decide(verdict, writer, *, strictness):
        asked.append(strictness)
        return judged(verdict, writer, strictness=strictness)

    monkeypatch.setattr(policy, "decide", decide)
    Blog.objects.create(title_fr="B", strictness=strictness)

    say(WELCOME)

    assert asked == [policy.Strictness(strictness)]
