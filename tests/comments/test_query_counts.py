"""How many queries a page takes, whatever is said on it."""

from datetime import timedelta

import pytest
from django.contrib.contenttypes.models import ContentType
from django.db import connection  # noqa: F401 (named by a condition below)
from django.utils import translation

from blog.models import Blog, Post
from comments import bulk
from comments.admin import _number
from comments.models import PostComment

from ..factories import CommentFactory, PictureFactory, SeriesFactory, TagFactory

HIDDEN_EVERY = 7


@pytest.fixture
def full_post(post):
    """A post with everything that a page can show around its text."""
    Blog.objects.create(title_fr="Le blog")
    post.series, post.lead_picture = SeriesFactory(), PictureFactory()
    post.save()
    post.tags.add(TagFactory(), TagFactory())
    return post


def talk(post, length):
    """Write a conversation of that many comments, some hidden under public answers."""
    content_type = ContentType.objects.get_for_model(Post)
    answers = []
    for number in range(length):
        is_hidden = number % HIDDEN_EVERY == 1
        comment = PostComment(
            content_type=content_type,
            object_pk=str(post.pk),
            site_id=1,
            status="held" if is_hidden else "published",
            user_name=f"Lectrice {number}",
            comment=f"Le pain numéro {number}",
            user=post.author if number % 5 == 0 else None,
            submit_date=post.published_at + timedelta(minutes=number),
        )
        answers.append((comment, answers[-1][0] if number % 4 else None))
    bulk.insert(answers)


@pytest.mark.parametrize("language", ["fr", "en"])
@pytest.mark.parametrize("length", [10, 1000])
def test_a_post_takes_nine_queries_at_most_however_long_the_talk(
    client, full_post, django_assert_max_num_queries, length, language
):
    talk(full_post, length)
    with translation.override(language):
        address = full_post.get_absolute_url()
    client.get("/fr/archives/")  # content types and site are kept from here on

    with django_assert_max_num_queries(9):
        page = client.get(address).content.decode()

    # The first page holds 200 beginnings, each with three answers.
    assert f"Lectrice {min(length, 800) - 4}</span>" in page
    assert "Lectrice 1</span>" not in page


def test_a_further_page_of_the_talk_takes_nine_queries_at_most(
    client, full_post, django_assert_max_num_queries
):
    talk(full_post, 1000)
    client.get("/fr/archives/")

    with django_assert_max_num_queries(9):
        page = client.get(f"{full_post.get_absolute_url()}comments/2/")

    assert "Lectrice 996</span>" in page.content.decode()


def test_the_front_page_takes_eight_queries_at_most_with_its_counts(
    client, full_post, django_assert_max_num_queries
):
    CommentFactory.create_batch(3, post=full_post)
    client.get("/fr/archives/")

    with django_assert_max_num_queries(8):
        page = client.get("/fr/").content.decode()

    assert "3 commentaires" in page


@pytest.mark.skipif("connection.vendor != 'sqlite'", reason="how SQLite plans")
def test_a_conversation_is_found_without_reading_all_others(post):
    comments = PostComment.objects.published()

    assert "object_pk=?" in comments.on(post).order_by().explain()
    counted = Post.objects.annotate(number=_number(comments))
    assert "object_pk=?" in counted.explain()
