from dataclasses import replace

import pytest

from comments.moderation.policy import Strictness, decide
from comments.moderation.verdicts import Outcome, Reason, Verdict, Writer

STRANGER = Writer(name="Inès")
KNOWN = Writer(name="Inès", published=4)
TEAM = Writer(name="Inès", is_team=True)
TIE = Reason.UNDISCLOSED_AFFILIATION


def verdict(failures=(), **scores):
    return Verdict(
        evidence=(),
        scores={reason: scores.get(reason.value) for reason in Reason},
        failures=failures,
    )


@pytest.mark.parametrize("strictness", Strictness)
@pytest.mark.parametrize("writer", [STRANGER, KNOWN, TEAM])
def test_where_nothing_was_seen_everybody_is_published(writer, strictness):
    assert decide(verdict(), writer, strictness=strictness).outcome == Outcome.PUBLISH


def test_a_stranger_is_judged_more_strictly_than_somebody_known_here():
    doubtful = verdict(promotional=0.8)

    assert decide(doubtful, STRANGER).outcome == Outcome.HOLD
    assert decide(doubtful, KNOWN).outcome == Outcome.PUBLISH


def test_a_stricter_setting_never_publishes_what_a_milder_one_holds():
    order = [Outcome.PUBLISH, Outcome.ASK, Outcome.HOLD]
    for writer in (STRANGER, KNOWN):
        for percent in range(101):
            outcomes = [
                order.index(
                    decide(
                        verdict(off_topic=percent / 100), writer, strictness=strictness
                    ).outcome
                )
                for strictness in Strictness
            ]
            assert outcomes == sorted(outcomes)


def test_a_failure_holds_without_a_reason():
    found = decide(verdict(failures=("abusive",)), KNOWN)

    assert (found.outcome, found.reasons) == (Outcome.HOLD, ())


def test_the_team_is_published_whatever_happens():
    found = decide(verdict(failures=("abusive",), promotional=0.99), TEAM)

    assert found.outcome == Outcome.PUBLISH


def test_a_hidden_tie_alone_is_asked_about():
    found = decide(verdict(undisclosed_affiliation=0.9), STRANGER)

    assert (found.outcome, found.reasons) == (Outcome.ASK, (TIE,))


def test_asking_takes_less_than_holding():
    doubtful = verdict(undisclosed_affiliation=0.6)
    denied = Writer(name="Inès", denies_tie=True)

    assert decide(doubtful, STRANGER).outcome == Outcome.ASK
    assert decide(doubtful, denied).outcome == Outcome.PUBLISH
    assert decide(doubtful, KNOWN).outcome == Outcome.PUBLISH


def test_what_was_learned_in_favour_spares_the_question():
    doubtful = verdict(undisclosed_affiliation=0.6)

    assert decide(replace(doubtful, learned=-1.0), STRANGER).outcome == Outcome.PUBLISH


def test_a_hidden_tie_beside_another_reason_holds():
    found = decide(verdict(undisclosed_affiliation=0.9, promotional=0.7), STRANGER)

    assert found.outcome == Outcome.HOLD
    assert found.reasons == (TIE, Reason.PROMOTIONAL)


def test_saying_that_there_is_no_tie_is_no_acquittal():
    writer = Writer(name="Inès", denies_tie=True)

    assert decide(verdict(undisclosed_affiliation=0.9), writer).outcome == Outcome.HOLD


@pytest.mark.parametrize("nothing", ["none", "aucune", "just a customer"])
def test_who_names_no_tie_may_still_be_asked(nothing):
    found = verdict(undisclosed_affiliation=0.9)
    writer = Writer(name="Inès", affiliation=nothing)

    assert decide(found, writer).outcome == Outcome.ASK


def test_the_likeliest_reason_comes_first():
    found = decide(verdict(off_topic=0.7, automated=0.95, abusive=0.1), STRANGER)

    assert found.reasons == (Reason.AUTOMATED, Reason.OFF_TOPIC)


def test_a_machine_never_rejects():
    assert {outcome.value for outcome in Outcome} == {"publish", "ask", "hold"}
    for percent in range(101):
        scores = {reason.value: percent / 100 for reason in Reason}
        assert decide(verdict(**scores), STRANGER).outcome in Outcome
