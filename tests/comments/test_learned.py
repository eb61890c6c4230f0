"""What moderators decide is learned by the whole site, at once, and can be undone."""

import threading
import time

import pytest
from django.db import connection

from comments import learned, services
from comments.models import Decision, LearnedExample, LearnedWeights, PostComment
from comments.moderation.learning import EMPTY, to_bytes
from comments.moderation.verdicts import Reason

from ..factories import CommentFactory

ADVERT = "Le numéro {} des clés de chiffrement quantique pour votre zorbitron"
HONEST = "Le four numéro {} a doré la croûte de mon pain de seigle"

pytestmark = pytest.mark.django_db


def held(post, text):
    return CommentFactory(post=post, status=PostComment.Status.HELD, comment=text)


@pytest.fixture
def teach(post, moderator):
    def decide_on(number):
        for n in range(number):
            services.decide(
                held(post, ADVERT.format(n)),
                moderator=moderator,
                outcome="reject",
                reason="promotional",
            )
            services.decide(
                held(post, HONEST.format(n)), moderator=moderator, outcome="publish"
            )

    return decide_on


def score_of(comment):
    return services.rescreen(comment).scores[Reason.PROMOTIONAL.value] or 0.0


def test_a_decision_tells_on_the_next_comment_at_once(post, teach):
    comment = held(post, ADVERT.format(99))
    before = score_of(comment)

    teach(3)

    assert score_of(comment) > before


def test_another_process_finds_the_weights_that_were_stored(post, teach):
    teach(2)
    made = to_bytes(learned.current())
    learned._learned.cache_clear()
    LearnedExample.objects.all().delete()  # it can only have read what was stored

    assert to_bytes(learned.current()) == made


def test_a_decision_taken_back_leaves_the_weights_as_they_were(post, teach, moderator):
    teach(2)
    before = to_bytes(learned.current())
    comment = held(post, ADVERT.format(50))
    services.decide(comment, moderator=moderator, outcome="publish")
    between = to_bytes(learned.current())

    services.reopen(comment, moderator=moderator)

    assert between != before
    assert to_bytes(learned.current()) == before


def test_decisions_that_were_never_learned_from_are_replayed_first(post, teach):
    teach(2)
    made = to_bytes(learned.current())
    LearnedExample.objects.all().delete()
    LearnedWeights.objects.all().delete()  # as after moving here from an older version

    assert to_bytes(learned.current()) == made


def test_a_blog_without_decisions_has_learned_nothing(db):
    assert learned.current().heads == EMPTY.heads == {}


def test_a_decision_remembers_what_was_seen_when_it_was_taken(held_comment, moderator):
    seen = held_comment.latest_screening

    services.decide(held_comment, moderator=moderator, outcome="publish")
    services.rescreen(held_comment)

    assert Decision.objects.get().screening == seen


def test_asking_what_was_learned_takes_one_query(teach, django_assert_num_queries):
    teach(1)
    learned.current()

    with django_assert_num_queries(1):
        learned.current()


@pytest.mark.django_db(transaction=True)
def test_of_all_who_ask_at_once_one_fits_and_the_others_wait(teach, monkeypatch):
    teach(1)
    fit, fitted, answers = learned.learning.learn, [], []

    def slow_fit(examples):
        fitted.append(threading.current_thread())
        time.sleep(0.3)  # the others are here long before it ends
        return fit(examples)

    def ask():
        answers.append(learned.current())
        connection.close()

    monkeypatch.setattr(learned.learning, "learn", slow_fit)
    askers = [threading.Thread(target=ask) for _ in range(4)]
    for asker in askers:
        asker.start()
    for asker in askers:
        asker.join()

    assert len(fitted) == 1
    assert len({to_bytes(answer) for answer in answers}) == 1
    assert len(answers) == len(askers)
