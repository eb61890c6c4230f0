import pytest

from comments import services
from comments.models import Commenter, PostComment
from comments.threads import load_thread

from ..factories import CommentFactory, PostFactory, UserFactory

Status = PostComment.Status


def test_answers_follow_what_they_answer(post):
    first = CommentFactory(post=post)
    second = CommentFactory(post=post)
    answer = CommentFactory(post=post, parent=first)
    deeper = CommentFactory(post=post, parent=answer)

    entries = load_thread(post).entries

    assert [(entry.pk, entry.depth) for entry in entries] == [
        (first.pk, 0),
        (answer.pk, 1),
        (deeper.pk, 2),
        (second.pk, 0),
    ]
    assert entries[1].answers.pk == first.pk


def test_a_conversation_is_of_one_post_alone(post):
    CommentFactory(post=PostFactory())

    assert load_thread(post).entries == []


def test_a_hidden_comment_keeps_its_place_but_not_its_words(post):
    top = CommentFactory(post=post)
    hidden = CommentFactory(
        post=post, parent=top, status=Status.HELD, user_name="Caché"
    )
    below = CommentFactory(post=post, parent=hidden)
    CommentFactory(post=post, status=Status.HELD)

    entries = load_thread(post).entries

    assert [(entry.pk, entry.depth, entry.html is None) for entry in entries] == [
        (top.pk, 0, False),
        (hidden.pk, 1, True),
        (below.pk, 2, False),
    ]
    assert entries[1].name == ""


def test_a_hidden_beginning_stays_where_it_was_in_time(post):
    hidden = CommentFactory(post=post, status=Status.HELD)
    below = CommentFactory(post=post, parent=hidden)
    later = CommentFactory(post=post)
    hidden_answer = CommentFactory(post=post, parent=later, status=Status.REJECTED)
    under_hidden = CommentFactory(post=post, parent=hidden_answer)
    last_answer = CommentFactory(post=post, parent=later)

    assert [entry.pk for entry in load_thread(post).entries] == [
        hidden.pk,
        below.pk,
        later.pk,
        hidden_answer.pk,
        under_hidden.pk,
        last_answer.pk,
    ]


def test_a_thread_is_loaded_in_three_queries(post, django_assert_max_num_queries):
    top = CommentFactory(post=post)
    hidden = CommentFactory(post=post, parent=top, status=Status.REJECTED)
    CommentFactory(post=post, parent=hidden)
    load_thread(post)  # the content type is kept from here on

    with django_assert_max_num_queries(3):
        load_thread(post)


def test_the_author_of_the_post_is_marked(post):
    CommentFactory(post=post, user=post.author)
    CommentFactory(post=post, user=UserFactory(username="autre"))

    assert [entry.is_by_author for entry in load_thread(post).entries] == [True, False]


def test_the_deepest_comment_offers_no_answer(post, settings):
    parent = None
    for _ in range(settings.COMMENTS_XTD_MAX_THREAD_LEVEL + 1):
        parent = CommentFactory(post=post, parent=parent)

    entries = load_thread(post).entries

    assert [bool(entry.reply_url) for entry in entries] == [True] * 6 + [False]


def test_an_erased_writer_leaves_a_gap_of_the_same_shape(post):
    commenter = Commenter.objects.create(email="noemie@mail.example")
    top = CommentFactory(post=post, commenter=commenter)
    answer = CommentFactory(
        post=post, parent=top, user_name="Luc", user_email="luc@mail.example"
    )

    assert services.erase_author(commenter) == 1

    gap, kept = load_thread(post).entries
    assert (gap.pk, gap.is_erased, gap.name, gap.html) == (top.pk, True, "", "")
    assert (kept.pk, kept.depth, kept.name) == (answer.pk, 1, "Luc")
    assert not Commenter.objects.exists()
    assert not PostComment.objects.filter(user_email__contains="noemie").exists()


@pytest.mark.parametrize(
    ("language", "label"), [("fr", "en réponse à Zoé"), ("en", "in reply to Zoé")]
)
def test_who_answers_whom_is_said_in_the_language_of_the_page(post, language, label):
    from django.utils import translation

    top = CommentFactory(post=post, user_name="Zoé")
    CommentFactory(post=post, parent=top)

    with translation.override(language):
        assert load_thread(post).entries[1].answers_label == label
