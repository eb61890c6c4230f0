"""Taking a writer out: their words go, the conversation and the records stay."""

import io
import json

import post_office.mail
import pytest
from django.core.management import CommandError, call_command
from post_office.models import Email

from comments import services
from comments.exceptions import AlreadyDecided
from comments.learned import relearn
from comments.models import Decision, LearnedExample, PostComment, Screening

Status = PostComment.Status


@pytest.fixture
def rejected(held_comment, moderator):
    services.decide(
        held_comment, moderator=moderator, outcome="reject", reason="promotional"
    )
    return held_comment


@pytest.fixture
def erased(rejected):
    services.erase_author(rejected.commenter)
    rejected.refresh_from_db()
    return rejected


def test_nothing_that_was_quoted_of_them_is_left(erased):
    screening = Screening.objects.get(comment=erased)

    assert screening.evidence == []
    assert "off_topic" in screening.reasons
    assert "Rivages" not in json.dumps(list(Screening.objects.values()), default=str)


def test_what_was_learned_from_them_is_taken_back_once(erased):
    assert not LearnedExample.objects.exists()

    assert relearn() == 0
    assert not LearnedExample.objects.exists()


def test_a_comment_of_theirs_cannot_be_reopened(erased, moderator):
    with pytest.raises(AlreadyDecided):
        services.reopen(erased, moderator=moderator)

    assert [decision.outcome for decision in Decision.objects.all()] == ["reject"]


def test_a_comment_that_waited_leaves_the_queue(held_comment, moderator):
    services.erase_author(held_comment.commenter)

    assert not PostComment.objects.held().exists()
    with pytest.raises(AlreadyDecided):
        services.decide(held_comment, moderator=moderator, outcome="publish")
    assert not LearnedExample.objects.exists()


def test_a_comment_that_waited_cannot_be_answered_for(held_comment):
    services.erase_author(held_comment.commenter)

    with pytest.raises(AlreadyDecided):
        services.answer(held_comment, denies_tie=True)


@pytest.mark.parametrize("address", ["/moderation/", "/moderation/log/"])
def test_the_desk_goes_on_without_their_words(client, erased, moderator, address):
    client.force_login(moderator)

    assert "Rivages" not in client.get(address).content.decode()
    review = client.get(f"/moderation/{erased.pk}/")
    assert review.status_code == 200
    assert f"/moderation/{erased.pk}/reopen/" not in review.content.decode()


def test_a_command_erases_a_writer_and_what_was_mailed_to_them(
    say, moderator, django_capture_on_commit_callbacks, settings
):
    settings.EMAIL_BACKEND = "ctts.outbox.EmailBackend"
    comment = say("Un mot sur le pain.", email="Partie@mail.example")
    say("Un autre mot sur le pain.", email="restee@mail.example")
    for address in ("partie@mail.example", "restee@mail.example"):
        post_office.mail.send(address, "blog@blog.example", message="Bonjour")
    told = io.StringIO()

    call_command("erase_writer", "PARTIE@mail.example", stdout=told)

    comment.refresh_from_db()
    assert (comment.user_email, comment.comment) == ("", "")
    assert [mail.to for mail in Email.objects.all()] == [["restee@mail.example"]]
    assert "1 commentaire" in told.getvalue()


def test_an_unknown_address_erases_nobody(db):
    with pytest.raises(CommandError, match="commenté"):
        call_command("erase_writer", "personne@mail.example")
