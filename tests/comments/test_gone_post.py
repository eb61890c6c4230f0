"""The post is deleted; what was said under it is still there to be dealt with."""

import pytest
from django.core.management import call_command

from comments import services, tokens
from comments.models import PostComment

from ..factories import CommentFactory

Status = PostComment.Status
QUESTION = {"denies_tie": "on"}


@pytest.fixture
def orphan(held_comment, post):
    post.delete()
    return PostComment.objects.get(pk=held_comment.pk)


@pytest.fixture
def desk(client, moderator):
    client.force_login(moderator)
    return client


def address(purpose, comment):
    return f"/fr/comments/{purpose}/{tokens.make(purpose, comment.pk)}/"


@pytest.mark.parametrize("decision", ["publish", "off_topic"])
def test_a_moderator_can_still_clear_the_queue(
    desk, orphan, decision, mailoutbox, django_capture_on_commit_callbacks
):
    assert (
        "Sur un billet qui a été supprimé" in desk.get("/moderation/").content.decode()
    )

    with django_capture_on_commit_callbacks(execute=True):
        desk.post(
            f"/moderation/{orphan.pk}/", {"decision": decision, "tells_writer": "on"}
        )

    assert not PostComment.objects.held().exists()
    assert mailoutbox == []


def test_its_writer_is_told_that_the_post_is_gone(client, orphan):
    page = client.get(address("receipt", orphan))

    assert page.status_code == 410
    assert "Ce billet n’est pas (ou plus) ici" in page.content.decode()


def test_an_answer_comes_too_late(client, orphan):
    assert client.post(address("receipt", orphan), QUESTION).status_code == 410
    orphan.refresh_from_db()
    assert not orphan.denies_tie


def test_a_confirmation_comes_too_late(client, post):
    comment = CommentFactory(post=post, status=Status.UNCONFIRMED)
    post.delete()

    assert client.get(address("confirm", comment)).status_code == 410
    assert client.post(address("confirm", comment)).status_code == 410
    comment.refresh_from_db()
    assert comment.status == Status.UNCONFIRMED


def test_screening_again_passes_over_it(orphan, capsys):
    call_command("rescreen")

    assert orphan.screenings.count() == 1


def test_it_can_be_erased(orphan):
    assert services.erase_author(orphan.commenter) == 1


def test_the_lists_of_the_admin_go_on(admin_client, orphan):
    assert admin_client.get("/admin/comments/postcomment/").status_code == 200
    page = f"/admin/comments/postcomment/{orphan.pk}/change/"
    assert admin_client.get(page).status_code == 200
