import math
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from comments.moderation import learning
from comments.moderation.features import Features, features_of, words_of
from comments.moderation.learning import EMPTY, WHOLE, from_bytes, learn, to_bytes
from comments.moderation.pipeline import example, screen
from comments.moderation.policy import decide
from comments.moderation.verdicts import Outcome, Reason, Writer

from .submissions import BREAD, INNOCENT, LA_PUB, TRAIN, make_submission

SPAM = [
    f"Hello dear, the {kind} zorbitron keys are waiting for you, ask {name} soon"
    for kind in ("blue", "old", "lucky", "quantum", "silver")
    for name in ("Ana", "Bob", "Cleo")
]
HAM = [
    f"Ma farine de {grain} donne une croûte {kind} et une mie légère"
    for grain in ("seigle", "blé", "sarrasin", "riz", "maïs")
    for kind in ("fine", "dorée", "épaisse")
]


def decided(body, label, subject=BREAD):
    submission = make_submission(body, subject=subject)
    return example(submission, screen(submission).evidence, label)


@pytest.fixture(scope="module")
def examples():
    return [
        *(decided(body, "promotional") for body in SPAM),
        *(decided(body, "published") for body in HAM),
    ]


@pytest.fixture(scope="module")
def taught(examples):
    return learn(examples)


def test_the_same_decisions_give_the_same_weights_to_the_last_bit(examples, taught):
    assert to_bytes(learn(list(examples))) == to_bytes(taught)


def test_what_was_learned_survives_being_stored(taught):
    back = from_bytes(to_bytes(taught))

    assert to_bytes(back) == to_bytes(taught)
    assert back.heads[WHOLE].base == taught.heads[WHOLE].base


@pytest.mark.parametrize("stored", [b"", b"x", to_bytes(EMPTY)[:-3]])
def test_damaged_weights_are_refused(stored):
    with pytest.raises(ValueError, match="cannot be read"):
        from_bytes(stored)


def test_an_unknown_label_is_refused(examples):
    with pytest.raises(ValueError, match="maybe"):
        replace(examples[0], label="maybe")


def test_the_next_of_a_kind_is_told_from_the_next_of_the_other(taught):
    spam = make_submission("The green zorbitron keys, ask Dora soon", subject=BREAD)
    ham = make_submission("Ma farine d'orge fait une croûte brune", subject=BREAD)

    assert screen(spam, learned=taught).learned > 1.0
    assert screen(ham, learned=taught).learned < -0.5


def test_a_kind_that_screening_lets_pass_is_held_once_it_was_rejected(taught):
    spam = make_submission("The green zorbitron keys, ask Dora soon", subject=BREAD)

    before = decide(screen(spam), spam.writer)
    after = decide(screen(spam, learned=taught), spam.writer)

    assert before.outcome == Outcome.PUBLISH
    assert after.outcome == Outcome.HOLD
    assert Reason.PROMOTIONAL in after.reasons


@pytest.mark.parametrize(("subject", "body"), INNOCENT)
def test_nobody_known_here_is_held_for_what_was_learned(taught, subject, body):
    known = Writer(name="Inès", published=3)
    submission = make_submission(body + " " + SPAM[0], subject=subject, writer=known)

    before = decide(screen(submission), known).outcome
    after = decide(screen(submission, learned=taught), known).outcome

    assert after in {before, Outcome.PUBLISH}


def test_a_blog_that_only_ever_rejected_does_not_hold_everybody():
    rejected = [decided(body, "promotional") for body in SPAM * 14]
    learned = learn(rejected)

    for subject, body in INNOCENT:
        submission = make_submission(body, subject=subject)
        found = decide(screen(submission, learned=learned), submission.writer)
        assert found.outcome == Outcome.PUBLISH


def test_a_blog_that_only_ever_published_still_holds_la_pub():
    published = [decided(body, "published") for body in HAM * 14]

    verdict = screen(make_submission(LA_PUB), learned=learn(published))

    assert decide(verdict, Writer(name="Odile")).outcome == Outcome.HOLD


def test_one_decision_does_not_turn_the_next_comment(examples):
    learned = learn(examples[:1])
    other = make_submission(INNOCENT[5][1], subject=INNOCENT[5][0])

    assert abs(screen(other, learned=learned).learned) < 0.7


def test_a_dozen_decisions_hardly_turn_what_screening_sees(examples):
    few, many = learn([*examples[:4], *examples[-4:]]), learn(examples)
    against = [float(np.abs(head.heads[WHOLE].seen).max()) for head in (few, many)]

    assert against[0] < against[1] / 2
    assert abs(few.heads[WHOLE].start - 1) < abs(many.heads[WHOLE].start - 1) / 2


def test_words_are_quoted_as_typed_with_how_often_they_were_seen(taught):
    verdict = screen(make_submission("ZORBITRON?", subject=TRAIN), learned=taught)

    told = [e for e in verdict.evidence if e.code == "learned.rejected"]
    assert [(e.excerpt, dict(e.details)) for e in told] == [
        ("ZORBITRON", {"rejected": "15", "published": "0"})
    ]


def test_of_a_word_nobody_has_used_it_is_said_that_it_resembles_others(taught):
    verdict = screen(make_submission("Zorbitrons !", subject=TRAIN), learned=taught)

    (told,) = [e for e in verdict.evidence if e.code == "learned.near_rejected"]
    assert told.excerpt == "Zorbitrons"
    assert told.details["rejected"] == "0"


@settings(deadline=None, max_examples=40)
@given(st.text(max_size=200) | st.sampled_from([*SPAM, *HAM, LA_PUB]))
def test_the_words_shown_and_the_rest_add_up_to_what_was_learned(taught, body):
    submission = make_submission(body, subject=BREAD)
    verdict = screen(submission, learned=taught)
    seen = example(submission, verdict.evidence, "published").seen
    features = features_of(submission, words_of(body))

    told = [e.weight for e in verdict.evidence if e.code.startswith("learned.")]

    if body.strip():
        expected = taught.adds("promotional", features, seen)
        assert math.fsum(told) == pytest.approx(expected)
    else:
        assert told == []


def test_what_was_learned_is_never_learned_from_again(taught):
    submission = make_submission(SPAM[0], subject=BREAD)

    first = example(submission, screen(submission).evidence, "promotional")
    second = example(
        submission, screen(submission, learned=taught).evidence, "promotional"
    )

    assert second.seen == first.seen


def test_only_the_latest_decisions_are_learned_from(monkeypatch, examples):
    monkeypatch.setattr(learning, "MOST_EXAMPLES", 15)

    assert set(learn(examples).heads) == {WHOLE}


def test_features_are_bounded_whatever_is_typed():
    body = " ".join(f"mot{n}x" for n in range(2000))

    features = features_of(make_submission(body), words_of(body))

    assert features.places.size < 10_000
    assert float((features.values**2).sum()) < 4
    assert (np.diff(features.places.astype(int)) > 0).all()


def test_tags_and_parts_of_addresses_are_no_words():
    body = '<a href="https://shop.example/cheap">La <b>mie</b></a> à 2:50'

    typed = [word.typed for word in words_of(body)]

    assert "https://shop.example/cheap" in typed
    assert {"href", "cheap", "b", "shop"}.isdisjoint(typed)
    assert {"La", "mie"} <= set(typed)


def test_a_moment_in_a_recording_is_no_link():
    body = '<a href="https://videos.example/watch?t=170">2:50</a> me fait rire'

    assert [w.typed for w in words_of(body) if "videos" in w.typed] == []


def test_an_empty_comment_has_features_of_its_manner_alone():
    features = features_of(make_submission(""), words_of(""))

    assert isinstance(features, Features)
    assert (features.places >= learning.WORDS).all()
