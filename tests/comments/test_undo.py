"""Taking back whatever was decided: the state before is there again, learning too."""

import pytest

from comments import services
from comments.exceptions import AlreadyDecided
from comments.learned import current, relearn
from comments.models import Decision, LearnedExample, PostComment
from comments.moderation.learning import to_bytes

from ..factories import CommentFactory, UserFactory

Status = PostComment.Status
Outcome = Decision.Outcome


def learned():
    """Return what the weights are made of, and the weights."""
    rows = LearnedExample.objects.values_list("decision__comment", "label", "places")
    examples = sorted((pk, label, bytes(places)) for pk, label, places in rows)
    return examples, to_bytes(current())


def state_of(comment):
    comment = PostComment.objects.get(pk=comment.pk)
    return comment.status, comment.is_public, learned()


def assert_replayable():
    before = learned()
    relearn()
    assert learned() == before


@pytest.fixture
def decided(held_comment, moderator):
    """Decide about the held comment; keywords as of ``services.decide``."""

    def decide(**kwargs):
        return services.decide(held_comment, moderator=moderator, **kwargs)

    return decide


@pytest.mark.parametrize(
    "decision", [{"outcome": "publish"}, {"outcome": "reject", "reason": "off_topic"}]
)
def test_a_decision_undone_leaves_everything_as_it_was(
    held_comment, decided, moderator, decision
):
    before = state_of(held_comment)
    first = decided(**decision)
    after = state_of(held_comment)

    second = services.undo(first, moderator=moderator)
    assert state_of(held_comment) == before
    assert (second.outcome, second.undoes) == (Outcome.REOPEN, first)
    assert_replayable()

    services.undo(second, moderator=moderator)
    assert state_of(held_comment) == after
    assert_replayable()
    assert Decision.objects.count() == 3


@pytest.mark.parametrize(
    "decision", [{"outcome": "publish"}, {"outcome": "reject", "reason": "abusive"}]
)
def test_a_comment_taken_back_to_the_queue_goes_back_to_where_it_was(
    held_comment, decided, moderator, decision
):
    decided(**decision)
    before = state_of(held_comment)
    reopened = services.reopen(held_comment, moderator=moderator)

    restored = services.undo(reopened, moderator=moderator)

    assert state_of(held_comment) == before
    assert restored.outcome == decision["outcome"]
    assert restored.reason == decision.get("reason", "")
    assert_replayable()


def test_what_no_person_had_decided_is_published_again_and_teaches_nothing(
    post, moderator
):
    comment = CommentFactory(post=post)
    before = state_of(comment)
    reopened = services.reopen(comment, moderator=moderator)

    restored = services.undo(reopened, moderator=moderator)

    assert state_of(comment) == before == (Status.PUBLISHED, True, learned())
    assert not LearnedExample.objects.exists()
    assert restored.outcome == Outcome.RESTORE
    assert_replayable()


def test_what_was_decided_again_since_is_not_undone(held_comment, decided, moderator):
    first = decided(outcome="publish")
    services.reopen(held_comment, moderator=moderator)
    decided(outcome="reject", reason="promotional")
    before = state_of(held_comment)

    with pytest.raises(AlreadyDecided):
        services.undo(first, moderator=moderator)

    assert state_of(held_comment) == before


def test_nothing_is_undone_twice(decided, moderator):
    first = decided(outcome="publish")
    services.undo(first, moderator=moderator)

    with pytest.raises(AlreadyDecided):
        services.undo(first, moderator=moderator)


def test_of_an_erased_writer_nothing_is_brought_back(held_comment, decided, moderator):
    first = decided(outcome="reject", reason="off_topic", note="Vous écriviez : …")
    services.erase_author(held_comment.commenter)

    with pytest.raises(AlreadyDecided):
        services.undo(first, moderator=moderator)
    assert Decision.objects.get().note == ""


def test_one_gesture_is_undone_in_one(post, moderator):
    comments = [
        CommentFactory(post=post, status=Status.HELD, comment=f"Achetez {n}")
        for n in range(4)
    ]
    before = learned()
    services.decide(comments[3], moderator=moderator, outcome="publish")
    other = learned()

    decisions = services.decide_together(
        comments, moderator=moderator, outcome="reject", reason="promotional"
    )
    assert [decision.comment for decision in decisions] == comments[:3]
    assert len({decision.batch for decision in decisions}) == 1
    services.reopen(comments[0], moderator=moderator)
    restored = services.undo_together(decisions, moderator=moderator)

    assert [row.comment for row in restored] == comments[1:3]
    assert learned() == other != before
    assert set(PostComment.objects.held()) == set(comments[:3])
    assert_replayable()


@pytest.fixture
def desk(client, moderator):
    client.force_login(moderator)
    return client


def test_a_gesture_on_the_page_is_undone_by_one_button(desk, post):
    comments = [
        CommentFactory(post=post, status=Status.HELD, comment=f"Achetez {n}")
        for n in range(3)
    ]
    keys = ",".join(str(comment.pk) for comment in comments[1:])

    response = desk.post(
        "/moderation/together/",
        {"comment": [comments[0].pk], "all": keys, "decision": "promotional"},
        follow=True,
    )
    page = response.content.decode()
    assert "3 commentaires refusés" in page
    first = Decision.objects.order_by("pk").first()
    assert f'action="/moderation/decisions/{first.pk}/undo/"' in page

    response = desk.post(f"/moderation/decisions/{first.pk}/undo/", follow=True)
    assert "3 commentaires sont comme avant" in response.content.decode()
    assert PostComment.objects.held().count() == 3


def test_each_decision_has_its_undo_where_it_is_listed(desk, held_comment):
    review = f"/moderation/{held_comment.pk}/"
    desk.post(review, {"decision": "abusive"})
    decision = Decision.objects.get()
    button = f'action="/moderation/decisions/{decision.pk}/undo/"'
    assert button in desk.get(review).content.decode()

    desk.post(f"/moderation/decisions/{decision.pk}/undo/")

    held_comment.refresh_from_db()
    assert held_comment.status == Status.HELD
    assert button not in desk.get(review).content.decode()


def test_to_undo_takes_the_right_and_a_press(client, desk, decided):
    url = f"/moderation/decisions/{decided(outcome='publish').pk}/undo/"

    assert desk.get(url).status_code == 405
    client.force_login(UserFactory(username="simple"))
    assert client.post(url).status_code == 403
    assert Decision.objects.count() == 1


@pytest.mark.parametrize("answer", [{}, {"comment": "x"}, {"comment": "9" * 30}])
def test_without_anything_ticked_nothing_is_decided(desk, held_comment, answer):
    response = desk.post(
        "/moderation/together/", {"decision": "publish", **answer}, follow=True
    )

    assert "Cochez d’abord" in response.content.decode()
    assert not Decision.objects.exists()


def test_one_that_was_selected_alone_is_undone_like_any_other(desk, held_comment):
    together = {"comment": [held_comment.pk], "decision": "off_topic"}
    desk.post("/moderation/together/", together)
    decision = Decision.objects.get()
    desk.post(f"/moderation/decisions/{decision.pk}/undo/")

    assert [row.batch for row in Decision.objects.all()] == ["", ""]
