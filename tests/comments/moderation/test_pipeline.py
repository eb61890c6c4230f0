import logging

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from comments.moderation.detectors import DETECTORS
from comments.moderation.pipeline import log_odds, screen
from comments.moderation.policy import decide
from comments.moderation.text import detect_language
from comments.moderation.verdicts import (
    PRIORS,
    Evidence,
    Outcome,
    Reason,
    Writer,
    probability,
)

from .submissions import (
    BREAD,
    INNOCENT,
    LA_PUB,
    LA_PUB_IN_ENGLISH,
    TRAIN,
    TYRES,
    make_submission,
)

MODEL_REASONS = {
    Reason.OFF_TOPIC,
    Reason.PROMOTIONAL,
    Reason.UNDISCLOSED_AFFILIATION,
}


def broken(submission):
    raise RuntimeError("a detector with a fault")


def ruling(submission):
    return decide(screen(submission), submission.writer)


@pytest.mark.parametrize(
    ("body", "subject"), [(LA_PUB, TYRES), (LA_PUB_IN_ENGLISH, BREAD), (LA_PUB, TRAIN)]
)
def test_la_pub_is_held_for_its_three_reasons(body, subject):
    found = ruling(make_submission(body, subject=subject))

    assert found.outcome == Outcome.HOLD
    assert set(found.reasons) == MODEL_REASONS


def test_la_pub_with_its_tie_declared_is_judged_on_the_rest_alone():
    writer = Writer(name="Odile", affiliation="Lueurs d'Automne")

    verdict = screen(make_submission(LA_PUB, writer=writer))

    assert verdict.scores[Reason.UNDISCLOSED_AFFILIATION] is None
    assert verdict.scores[Reason.PROMOTIONAL] is not None


@pytest.mark.parametrize(("subject", "body"), INNOCENT)
def test_an_innocent_comment_of_a_stranger_is_published(subject, body):
    assert ruling(make_submission(body, subject=subject)).outcome == Outcome.PUBLISH


@pytest.mark.parametrize(
    "body", ["merci !", "Merci beaucoup", "thanks!", "+1", "😀", "lol", "Super.", "ok"]
)
@pytest.mark.parametrize("subject", [BREAD, TRAIN])
def test_a_short_comment_is_never_flagged(body, subject):
    assert ruling(make_submission(body, subject=subject)).reasons == ()


@pytest.mark.parametrize(
    ("subject", "body"),
    [
        (BREAD, "I feed my starter with rye flour too, and my crumb stays tight."),
        (TRAIN, "Le train de nuit coûte moins qu'un hôtel à Zurich, et on dort bien."),
    ],
)
def test_a_comment_in_the_other_language_is_not_held_for_that(subject, body):
    assert detect_language(body) != subject.language
    assert ruling(make_submission(body, subject=subject)).outcome == Outcome.PUBLISH


def test_a_failing_detector_holds_and_is_named(caplog):
    submission = make_submission("merci !", subject=BREAD)

    with caplog.at_level(logging.ERROR):
        verdict = screen(submission, detectors={**DETECTORS, "weather": broken})

    assert verdict.failures == ("weather",)
    assert "weather" in caplog.text
    assert decide(verdict, submission.writer).outcome == Outcome.HOLD


def test_every_detector_looks_even_after_one_has_failed():
    looked = []

    def spy(name):
        def detect(submission):
            looked.append(name)
            return iter(())

        return detect

    screen(
        make_submission(),
        detectors={"first": spy("first"), "broken": broken, "last": spy("last")},
    )

    assert looked == ["first", "last"]


def test_a_detector_that_fails_half_way_is_a_failure():
    def half(submission):
        yield Evidence(
            reason=Reason.ABUSIVE, weight=1.0, excerpt="Bonjour", code="abusive.coarse"
        )
        raise RuntimeError("half way")

    assert screen(make_submission(), detectors={"half": half}).failures == ("half",)


def test_who_wrote_weighs_nothing_by_itself():
    verdict = screen(
        make_submission("merci !", subject=BREAD, writer=Writer(name="X", rejected=9))
    )

    assert verdict.evidence == ()
    assert set(verdict.scores.values()) == {None}


TEXTS = st.text(max_size=300) | st.sampled_from(
    [LA_PUB, LA_PUB_IN_ENGLISH, *(body for _, body in INNOCENT)]
)


@settings(deadline=None)
@given(body=TEXTS, other=TEXTS)
def test_the_weights_add_up_to_the_score(body, other):
    verdict = screen(make_submission(f"{body} {other}"))

    for reason, score in verdict.scores.items():
        weights = [e.weight for e in verdict.evidence if e.reason == reason]
        if score is None:
            assert weights == []
        else:
            assert score == pytest.approx(probability(PRIORS[reason] + sum(weights)))
            assert score == probability(log_odds(reason, verdict.evidence))


@settings(deadline=None)
@given(body=TEXTS, other=TEXTS)
def test_every_excerpt_occurs_in_the_comment_or_names_its_writer(body, other):
    writer = Writer(
        name="Odile", email="odile@lueurs-automne.example", url="https://lueurs.example"
    )
    submission = make_submission(
        f"Oui, {body} {other}", writer=writer, honeypot="x", repeats=1
    )
    whole = "\n".join(
        (submission.body, writer.name, writer.email, writer.url, submission.honeypot)
    )

    for item in screen(submission).evidence:
        assert item.excerpt in whole
        assert item.excerpt
