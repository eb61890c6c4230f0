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


def test_of_a_changed_blog_only_the_changed_posts_are_prepared(
    post, monkeypatch, django_assert_num_queries
):
    others = [PostFactory(), PostFactory()]
    screening.prepared_blog()
    prepared = []
    monkeypatch.setattr(screening, "prepare", recorder(prepared, screening.prepare))

    post.title_fr = "Tout autre chose"
    post.save()
    with django_assert_num_queries(4):  # what changed, the keys, the post, its tags
        blog = screening.prepared_blog()
    assert [subject.title for subject in prepared] == ["Tout autre chose"]
    assert blog.posts[blog.find(prepared[0])].title == "Tout autre chose"
    assert len(blog.posts) == 3

    others[0].delete()
    assert len(screening.prepared_blog().posts) == 2
    assert len(prepared) == 1


def recorder(calls, function):
    def recorded(argument):
        calls.append(argument)
        return function(argument)

    return recorded


@pytest.mark.django_db
def test_no_more_than_the_latest_posts_are_compared_with(monkeypatch):
    posts = [PostFactory() for _ in range(3)]
    monkeypatch.setattr(screening, "POSTS", 2)

    blog = screening.prepared_blog()

    latest = sorted(posts, key=lambda post: (post.published_at, post.pk))[1:]
    assert {p.title for p in blog.posts} == {
        screening.subject_of(post).title for post in latest
    }


@pytest.mark.django_db(transaction=True)
def test_what_the_first_comment_needs_is_made_ready_beforehand(
    post, django_assert_num_queries
):
    subject = screening.subject_of(post)

    screening.warm_up().join()

    with django_assert_num_queries(1):  # whether a post has changed
        assert screening.prepared_blog().find(subject) == 0


@pytest.mark.django_db(transaction=True)
def test_a_process_serves_even_if_nothing_can_be_made_ready(monkeypatch, caplog):
    monkeypatch.setattr(screening, "prepared_blog", lambda: 1 / 0)

    screening.warm_up().join()

    assert "the first comment will wait" in caplog.text


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
