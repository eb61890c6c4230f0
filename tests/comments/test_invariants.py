"""What must hold whatever else changes; each was seen to fail without its guard."""

from functools import partial

import pytest
from django.db import IntegrityError, transaction

from comments import learned, services
from comments.exceptions import AlreadyDecided
from comments.models import Decision, PostComment, Screening
from comments.moderation import pipeline
from comments.moderation.learning import to_bytes
from comments.moderation.verdicts import Outcome

from ..factories import CommentFactory

Status = PostComment.Status


def test_a_new_comment_is_hidden_unless_somebody_says_otherwise(post):
    comment = PostComment(content_object=post, site_id=1, comment="x", is_public=True)
    comment.save()

    assert not PostComment.objects.get(pk=comment.pk).is_public
    assert not PostComment.objects.published().exists()


@pytest.mark.parametrize("status", [Status.UNCONFIRMED, Status.HELD, Status.REJECTED])
def test_what_is_not_published_is_read_by_nobody(client, post, status):
    secret = CommentFactory(post=post, status=status, comment="Un secret bien gardé")
    CommentFactory(post=post, parent=secret, comment="Une réponse visible")

    page = client.get(post.get_absolute_url()).content.decode()

    assert "Une réponse visible" in page
    assert "bien gardé" not in page
    assert client.get(f"/fr/comments/{secret.pk}/reply/").status_code == 404


def test_published_asks_both_the_status_and_the_flag(post):
    comment = CommentFactory(post=post)
    PostComment.objects.filter(pk=comment.pk).update(is_public=False)

    assert not PostComment.objects.published().exists()


def test_a_machine_never_rejects():
    assert {outcome.value for outcome in Outcome} == {"publish", "ask", "hold"}
    assert set(services.STATUS_AFTER) == {
        Decision.Outcome.PUBLISH,
        Decision.Outcome.REJECT,
    }


def test_the_worst_comment_there_is_waits_for_a_person(say, la_pub):
    la_pub["text"] += " Casino viagra, bande d'idiots ! " * 20

    comment = say(**la_pub, honeypot="filled")

    assert comment.status == Status.HELD


def test_a_detector_that_fails_holds_the_comment(say, welcome_text, monkeypatch):
    def broken(submission):
        raise RuntimeError("out of order")

    with_broken = partial(
        pipeline.screen, detectors=pipeline.DETECTORS | {"broken": broken}
    )
    monkeypatch.setattr(pipeline, "screen", with_broken)

    comment = say(welcome_text)

    assert comment.status == Status.HELD
    assert comment.latest_screening.failures == ["broken"]


def test_every_screening_is_kept_with_its_evidence(held_comment):
    screening = Screening.objects.get(comment=held_comment)

    assert screening.outcome == "hold"
    for item in screening.evidence:
        if item["weight"] > 0:
            assert item["excerpt"].strip()


def test_a_rejection_without_a_reason_is_refused_by_the_database(
    held_comment, moderator
):
    with pytest.raises(IntegrityError), transaction.atomic():
        services.decide(held_comment, moderator=moderator, outcome="reject")

    held_comment.refresh_from_db()
    assert held_comment.status == Status.HELD


def test_of_two_decisions_only_the_first_counts(held_comment, moderator):
    services.decide(held_comment, moderator=moderator, outcome="publish")

    with pytest.raises(AlreadyDecided):
        services.decide(
            held_comment, moderator=moderator, outcome="reject", reason="off_topic"
        )

    held_comment.refresh_from_db()
    assert held_comment.status == Status.PUBLISHED
    assert Decision.objects.count() == 1


def test_a_decision_is_never_rewritten(held_comment, moderator):
    decision = services.decide(held_comment, moderator=moderator, outcome="publish")
    decision.note = "changed my mind"

    with pytest.raises(TypeError, match="append-only"):
        decision.save()
    with pytest.raises(TypeError, match="append-only"):
        decision.delete()
    with pytest.raises(TypeError, match="append-only"):
        Decision.objects.update(note="changed")
    with pytest.raises(TypeError, match="append-only"):
        Screening.objects.all().delete()


@pytest.mark.django_db(transaction=True)
def test_mail_leaves_after_the_commit_or_not_at_all(
    held_comment, moderator, mailoutbox
):
    with transaction.atomic():
        services.decide(held_comment, moderator=moderator, outcome="publish")
        assert mailoutbox == []
        transaction.set_rollback(True)
    assert mailoutbox == []

    services.decide(held_comment, moderator=moderator, outcome="publish")
    assert [mail.to for mail in mailoutbox] == [[held_comment.user_email]]


def test_learning_can_be_replayed(say, la_pub, welcome_text, post, moderator):
    first = say(**la_pub)
    services.decide(first, moderator=moderator, outcome="reject", reason="promotional")
    second = CommentFactory(post=post, status=Status.HELD, comment=welcome_text)
    services.decide(second, moderator=moderator, outcome="publish")
    services.reopen(first, moderator=moderator)
    services.decide(first, moderator=moderator, outcome="reject", reason="off_topic")
    before = to_bytes(learned.current())

    assert learned.relearn() == 2

    assert len(before) > 1000
    assert to_bytes(learned.current()) == before
