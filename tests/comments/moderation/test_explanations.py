import json

import pytest
from django.utils import translation

from comments.moderation import explanations
from comments.moderation.pipeline import screen
from comments.moderation.verdicts import (
    Evidence,
    Reason,
    Writer,
    evidence_from_json,
    evidence_to_json,
)

from .submissions import LA_PUB, TYRES, make_submission


def la_pub():
    return screen(make_submission(LA_PUB, subject=TYRES)).evidence


def test_every_observation_of_la_pub_has_a_sentence_of_its_own():
    for item in la_pub():
        assert item.code in explanations.FOR_MODERATOR
        sentence = explanations.for_moderator(item)
        assert "%(" not in sentence
        assert len(sentence) > 15


@pytest.mark.parametrize("code", explanations.FOR_MODERATOR)
def test_every_sentence_can_be_said(code):
    details = dict.fromkeys(
        ("words", "post", "organisation", "times", "number", "published", "rejected"),
        "7",
    )
    item = Evidence(
        reason=Reason.PROMOTIONAL, weight=1.0, excerpt="Zoé", code=code, details=details
    )

    assert "%(" not in explanations.for_moderator(item)


def test_an_observation_of_an_older_version_is_at_least_quoted():
    item = Evidence(reason=Reason.ABUSIVE, weight=1.0, excerpt="oh", code="long.gone")

    assert "oh" in explanations.for_moderator(item)


@pytest.mark.parametrize("reason", Reason)
def test_the_writer_is_told_something_for_each_reason(reason):
    assert explanations.for_writer(reason, ())
    assert explanations.reason_label(reason)


def test_the_writer_reads_their_own_words():
    said = explanations.for_writer(Reason.PROMOTIONAL, la_pub())

    assert "J'aimerais vous faire connaître" in said


def test_the_question_names_the_organisation():
    assert "Lueurs d'Automne" in explanations.question(la_pub())
    assert "%(" not in explanations.question(())


@pytest.mark.parametrize(
    ("text", "asked"),
    [
        (
            "Venez découvrir les Jardins du Jura, une équipe formidable : "
            "https://jardins-du-jura.example/adhesion",
            "Jardins du Jura",
        ),
        (
            "Venez découvrir cette équipe formidable : "
            "https://www.jardins-du-jura.example/adhesion?ref=1",
            "jardins-du-jura.example",
        ),
    ],
)
def test_the_question_names_people_and_no_address_of_a_page(text, asked):
    writer = Writer(name="Lise", email="lise@jardins-du-jura.example")
    found = screen(make_submission(text, subject=TYRES, writer=writer)).evidence
    affiliation = [e for e in found if e.reason == Reason.UNDISCLOSED_AFFILIATION]

    with translation.override("en"):
        question = explanations.question(affiliation)

    assert question.startswith(f"Do you have a link with {asked}?")


def test_the_writer_is_never_told_what_their_address_gave_away():
    writer = Writer(name="Odile", email="odile@lueurs-d-automne.example")
    evidence = screen(make_submission(LA_PUB, writer=writer)).evidence

    for reason in Reason:
        assert "lueurs-d-automne" not in explanations.for_writer(reason, evidence)


def test_percent_signs_in_a_comment_do_no_harm():
    item = Evidence(
        reason=Reason.PROMOTIONAL,
        weight=1.0,
        excerpt="100 %(words)s %s %",
        code="promotional.commerce",
    )

    assert "100 %(words)s %s %" in explanations.for_moderator(item)


def test_evidence_survives_being_stored():
    for item in la_pub():
        assert (
            evidence_from_json(json.loads(json.dumps(evidence_to_json(item)))) == item
        )


def test_labels_follow_the_language_of_the_page():
    with translation.override("en"):
        assert explanations.reason_label(Reason.PROMOTIONAL) == "advertising"
