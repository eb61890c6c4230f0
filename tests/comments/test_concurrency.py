"""Readers and moderators at the same moment, on the database made for it."""

import threading
from collections import Counter

import pytest
from django.contrib.auth import get_user_model
from django.db import connection

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
    assert len(load_thread(post)) == 55
    in_order = list(PostComment.objects.on(post).order_by("order"))
    assert [c.order for c in in_order] == list(range(1, 56))
    place = {c.pk: c.order for c in in_order}
    for comment in in_order[1:]:
        assert place[comment.parent_id] < comment.order
        assert comment.level == PostComment.objects.get(pk=comment.parent_id).level + 1


def test_of_two_moderators_at_once_exactly_one_decides(post, moderator, mailoutbox):
    other = get_user_model().objects.create(username="other")
    comments = [
        CommentFactory(post=post, status="held", comment=f"Numéro {n} du pain")
        for n in range(100)
    ]

    outcomes = Counter()
    for comment in comments:
        results = at_once(
            lambda c=comment: services.decide(
                c, moderator=moderator, outcome="publish"
            ),
            lambda c=comment: services.decide(
                c, moderator=other, outcome="reject", reason="off_topic"
            ),
        )
        outcomes[tuple(sorted(type(r).__name__ for r in results))] += 1

    assert outcomes == {("AlreadyDecided", "Decision"): 100}
    assert Decision.objects.count() == 100
    assert len(mailoutbox) == 100
    for decision in Decision.objects.select_related("comment"):
        published = decision.outcome == "publish"
        assert decision.comment.is_public == published
        assert decision.comment.status == ("published" if published else "rejected")
    before = to_bytes(learned.current())
    assert learned.relearn() == 100
    assert to_bytes(learned.current()) == before
