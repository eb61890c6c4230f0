"""Readers and moderators at the same moment, on the database made for it."""

import os
import threading
from collections import Counter

import pytest
from django.contrib.auth import get_user_model
from django.db import connection
from django.test import Client

from comments import learned, services
from comments.models import Decision, PostComment
from comments.moderation.learning import to_bytes
from comments.threads import load_thread

from ..factories import CommentFactory
from .conftest import WELCOME

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(
        "connection.vendor != 'postgresql'", reason="SQLite has one writer at a time."
    ),
]


def at_once(*calls):
    """Run each call in a thread of its own, all starting together; return results."""
    barrier = threading.Barrier(len(calls))
    results = [None] * len(calls)

    def run(index, call):
        barrier.wait()
        try:
            results[index] = call()
        except Exception as error:
            results[index] = error
        finally:
            connection.close()

    threads = [
        threading.Thread(target=run, args=item, daemon=True)
        for item in enumerate(calls)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    return results


def test_fifty_answers_at_once_all_find_their_place(post):
    top = CommentFactory(post=post)
    parents = [top, *(CommentFactory(post=post, parent=top) for _ in range(4))]

    def answer(number):
        return lambda: services.submit(
            post,
            name=f"Lectrice {number}",
            email=f"l{number}@mail.example",
            text=f"{WELCOME} ({number})",
            parent=parents[number % 5].pk,
        )

    results = at_once(*(answer(number) for number in range(50)))

    assert [r for r in results if not isinstance(r, PostComment)] == []
    assert {r.status for r in results} == {"published"}
    assert len(load_thread(post).entries) == 55
    in_order = list(PostComment.objects.on(post).order_by("order"))
    assert [c.order for c in in_order] == list(range(1, 56))
    place = {c.pk: c.order for c in in_order}
    for comment in in_order[1:]:
        assert place[comment.parent_id] < comment.order
        assert comment.level == PostComment.objects.get(pk=comment.parent_id).level + 1


# More of them to be sure, in a loop that takes a minute: CTTS_TEST_RACES=1000.
RACES = int(os.environ.get("CTTS_TEST_RACES", 100))


def at_the_desk(user):
    """Return a function that decides as the desk's script does, signed in as user."""
    client = Client()
    client.force_login(user)

    def press(comment, decision):
        answer = client.post(
            f"/moderation/{comment.pk}/",
            {"decision": decision, "tells_writer": "on"},
            headers={"Accept": "application/json"},
        )
        return answer.status_code, answer.json()["told"]

    return press


def test_of_two_moderators_at_once_exactly_one_decides_and_the_other_is_told(
    post, moderator, mailoutbox
):
    moderator.first_name = "Camille"
    moderator.save()
    other = get_user_model().objects.create_superuser("other", first_name="Elio")
    here, there = at_the_desk(moderator), at_the_desk(other)
    comments = [
        CommentFactory(post=post, status="held", comment=f"Numéro {n} du pain")
        for n in range(RACES)
    ]

    outcomes = Counter()
    for comment in comments:
        results = at_once(
            lambda c=comment: here(c, "publish"),
            lambda c=comment: there(c, "off_topic"),
        )
        (won, _), (lost, told) = sorted(results)
        decision = comment.decisions.select_related("moderator").get()
        outcomes[won, lost, told.startswith(decision.by)] += 1

    assert outcomes == {(200, 409, True): RACES}
    assert Decision.objects.count() == RACES
    assert len(mailoutbox) == RACES
    for decision in Decision.objects.select_related("comment"):
        published = decision.outcome == "publish"
        assert decision.comment.is_public == published
        assert decision.comment.status == ("published" if published else "rejected")
    before = to_bytes(learned.current())
    assert learned.relearn() == RACES
    assert to_bytes(learned.current()) == before


def test_of_two_who_undo_at_once_one_does(post, moderator):
    other = get_user_model().objects.create(username="other")
    outcomes = Counter()
    for number in range(RACES // 4):
        comment = CommentFactory(post=post, status="held", comment=f"Pain {number}")
        decision = services.decide(comment, moderator=moderator, outcome="publish")
        results = at_once(
            lambda d=decision: services.undo(d, moderator=moderator),
            lambda d=decision: services.undo(d, moderator=other),
        )
        outcomes[tuple(sorted(type(r).__name__ for r in results))] += 1

    assert outcomes == {("AlreadyDecided", "Decision"): RACES // 4}
    assert not PostComment.objects.published().exists()
    assert learned.relearn() == 0


def test_of_a_writer_and_a_moderator_at_once_one_changes_a_rejection(post, moderator):
    outcomes = Counter()
    for number in range(RACES // 4):
        comment = CommentFactory(post=post, status="held", comment=f"Pain {number}")
        rejection = services.decide(
            comment,
            moderator=moderator,
            outcome="reject",
            reason="off_topic",
            tells_writer=False,
        )
        results = at_once(
            lambda r=rejection: services.amend(r, text="Mieux dit, sur le pain"),
            lambda r=rejection: services.undo(r, moderator=moderator),
        )
        outcomes["AlreadyDecided" in {type(r).__name__ for r in results}] += 1

    assert outcomes == {True: RACES // 4}
    assert PostComment.objects.held().count() == RACES // 4
    assert learned.relearn() == 0
