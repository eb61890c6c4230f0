"""What a comment is judged by, gathered from the rows."""

import pytest

from comments.learned import learn
from comments.models import LearnedToken, PostComment
from comments.screening import THREAD_LENGTH, submission_for

from ..factories import CommentFactory

HTML = '<p>Une <strong>miche</strong> et <a href="https://four.example">un four</a></p>'


@pytest.fixture
def imported(post):
    """A comment from an engine whose comments hold HTML."""
    return CommentFactory(post=post, comment=HTML, is_html=True, status="held")


def test_a_comment_that_holds_html_is_judged_by_its_words(post, imported):
    assert submission_for(imported, post).body == "Une miche et un four"


def test_what_was_said_before_is_read_as_words(post):
    earlier = CommentFactory(post=post, comment=HTML, is_html=True)
    answer = CommentFactory(post=post, parent=earlier, comment="Merci !")

    submission = submission_for(answer, post)

    assert submission.thread == ("Une miche et un four",)
    assert submission.parent == "Une miche et un four"


def test_a_first_comment_answers_nobody(post):
    assert submission_for(CommentFactory(post=post), post).parent == ""


def test_the_markup_of_a_comment_teaches_nothing(imported, moderator):
    learn(imported.decisions.create(moderator=moderator, outcome="publish"))

    assert LearnedToken.objects.filter(token__startswith="mich").exists()
    for markup in ("strong", "href"):
        assert not LearnedToken.objects.filter(token=markup).exists()


def test_a_comment_is_compared_with_the_latest_of_a_long_conversation(
    post, django_assert_max_num_queries
):
    for number in range(THREAD_LENGTH + 2):
        CommentFactory(post=post, comment=f"Numéro {number}")
    comment = PostComment.objects.order_by("pk").last()

    with django_assert_max_num_queries(8):
        thread = submission_for(comment, post).thread

    assert thread[0] == "Numéro 1"
    assert thread[-1] == f"Numéro {THREAD_LENGTH}"
    assert len(thread) == THREAD_LENGTH
