"""Rejecting kindly: a letter that says what would be welcome, and one answer to it."""

import re

import pytest

from comments import kindly, services
from comments.exceptions import AlreadyAnswered, AlreadyDecided
from comments.learned import relearn
from comments.models import Amendment, Decision, LearnedExample, PostComment

Status = PostComment.Status
STRAY = (
    "Le bus de huit heures a encore été supprimé ce matin, personne n'a prévenu les "
    "écoliers, et la commune ne répond plus au téléphone depuis mardi."
)
BETTER = (
    "Mon boulanger passe en bus devant l'école : c'est de lui que je tiens une farine "
    "plus forte pour la mie de votre pain au levain."
)


@pytest.fixture
def reject(moderator, django_capture_on_commit_callbacks):
    def decide(comment, reason="off_topic", **kwargs):
        with django_capture_on_commit_callbacks(execute=True):
            return services.decide(
                comment, moderator=moderator, outcome="reject", reason=reason, **kwargs
            )

    return decide


@pytest.fixture
def stray(say, post):
    post.comment_policy = "hold_all"
    post.save()
    return say(STRAY)


def link_in(mail):
    return re.search(r"http\S+(/\w\w/comments/amend/\S+)", mail.body)[1]


def test_the_letter_quotes_the_comment_and_names_the_post(held_comment, post):
    words = kindly.letter(held_comment, Decision.Reason.UNDISCLOSED_AFFILIATION, post)
    assert "Rivages Solidaires" in words
    assert "je publie volontiers" in words

    off_topic = kindly.letter(held_comment, Decision.Reason.OFF_TOPIC, post)
    assert re.match(r"Votre commentaire parle de «\u00a0[^»]+\u00a0», ", off_topic)
    assert f"mon billet de «\u00a0{post.original_title}\u00a0»" in off_topic


@pytest.mark.parametrize("reason", Decision.Reason.values)
def test_there_is_a_letter_for_each_reason_in_the_language_of_the_comment(
    say, english_post, reason
):
    comment = say(
        "You should all have a look at BrightPath, they do amazing work and have "
        "changed my life. You idiots, join them: https://brightpath.example/join",
        on=english_post,
        name="Kim",
        email="kim@brightpath.example",
    )

    words = kindly.letter(comment, Decision.Reason(reason), english_post)

    assert words.rstrip().endswith("gladly publish it.")


def test_without_telling_words_the_letter_does_without(stray, post):
    for reason in Decision.Reason:
        assert "«\u00a0\u00a0»" not in kindly.letter(stray, reason, post)


@pytest.mark.parametrize(
    ("typed", "sent"),
    [
        ({"decision": "off_topic"}, 0),
        ({"decision": "off_topic", "tells_writer": "on"}, 1),
        ({"decision": "automated", "tells_writer": "on"}, 0),
        # Under a letter that was read, the box says what it says.
        ({"decision": "automated", "tells_writer": "anyway"}, 1),
    ],
)
def test_it_is_sent_only_where_the_moderator_says_so(
    client,
    moderator,
    stray,
    mailoutbox,
    django_capture_on_commit_callbacks,
    typed,
    sent,
):
    client.force_login(moderator)
    with django_capture_on_commit_callbacks(execute=True):
        client.post(f"/moderation/{stray.pk}/", typed)

    assert len(mailoutbox) == sent


def test_the_letter_is_read_and_changed_before_it_is_sent(client, moderator, stray):
    client.force_login(moderator)
    page = client.get(f"/moderation/{stray.pk}/letter/?reason=off_topic")
    assert (
        kindly.letter(stray, Decision.Reason.OFF_TOPIC, stray.content_object)
        in (page.context["writing"]["letter"])
    )
    assert 'value="anyway" checked' in page.content.decode()

    machine = client.get(f"/moderation/{stray.pk}/letter/?reason=automated")
    assert 'value="anyway">' in machine.content.decode()
    assert client.get(f"/moderation/{stray.pk}/letter/?reason=<x>").status_code == 200


def test_looking_at_the_link_of_the_mail_changes_nothing(
    client, stray, reject, mailoutbox
):
    reject(stray)
    for _ in range(3):
        page = client.get(link_in(mailoutbox[0]))

    assert STRAY.split("'")[0] in page.content.decode()
    stray.refresh_from_db()
    assert stray.status == Status.REJECTED
    assert Decision.objects.count() == 1


def test_its_writer_amends_it_once_and_a_person_reads_it_again(
    client, stray, reject, mailoutbox, moderator
):
    reject(stray)
    url = link_in(mailoutbox[0])
    response = client.post(url, {"text": BETTER, "affiliation": "ma boulangerie"})

    assert response.status_code == 302
    stray.refresh_from_db()
    assert (stray.status, stray.comment) == (Status.HELD, BETTER)
    assert stray.affiliation == "ma boulangerie"
    assert stray.screening_id == stray.latest_screening.pk
    assert stray.screenings.count() == 2
    assert Amendment.objects.get().text == STRAY
    last = Decision.objects.last_on(stray)
    assert (last.outcome, last.moderator) == ("reopen", None)

    client.force_login(moderator)
    page = client.get("/moderation/").content.decode()
    assert "<del>Le " in page
    assert "retouché depuis" in page
    assert (
        "la personne qui l’a écrit" in client.get("/moderation/log/").content.decode()
    )


def test_after_one_answer_there_is_no_second(client, stray, reject, mailoutbox):
    reject(stray)
    url = link_in(mailoutbox[0])
    client.post(url, {"text": BETTER})
    client.post(url, {"text": "Encore autre chose"})
    stray.refresh_from_db()
    assert stray.comment == BETTER

    second = reject(stray, reason="abusive")
    assert "comments/amend" not in mailoutbox[1].body
    with pytest.raises(AlreadyAnswered):
        services.amend(second, text="Encore autre chose")


def test_what_was_learned_from_a_rejection_goes_with_its_words(stray, reject):
    rejection = reject(stray)
    assert LearnedExample.objects.get().decision == rejection

    services.amend(rejection, text=BETTER)

    assert not LearnedExample.objects.exists()
    assert relearn() == 0


def test_a_rejection_that_was_taken_back_needs_no_answer(
    client, stray, reject, mailoutbox, moderator
):
    rejection = reject(stray)
    services.undo(rejection, moderator=moderator)

    response = client.get(link_in(mailoutbox[0]))
    assert response.status_code == 302
    with pytest.raises(AlreadyDecided):
        services.amend(rejection, text=BETTER)


@pytest.mark.parametrize(
    "typed", [{}, {"text": STRAY}, {"text": " "}, {"text": "x" * 10_001}]
)
def test_an_answer_that_says_nothing_new_is_not_taken(
    client, stray, reject, mailoutbox, typed
):
    reject(stray)

    assert client.post(link_in(mailoutbox[0]), typed).status_code == 400
    assert not Amendment.objects.exists()


def test_a_tie_that_is_declared_is_an_answer(client, held_comment, reject, mailoutbox):
    reject(held_comment, reason="undisclosed_affiliation")
    client.post(
        link_in(mailoutbox[0]),
        {"text": held_comment.comment, "affiliation": "Rivages Solidaires"},
    )

    held_comment.refresh_from_db()
    assert held_comment.status == Status.HELD
    assert held_comment.affiliation == "Rivages Solidaires"


def test_neither_a_forged_nor_anothers_token_opens_it(client, stray, reject):
    from comments import tokens

    rejection = reject(stray)
    for token in ("x", tokens.make("receipt", rejection.pk)):
        assert client.post(f"/fr/comments/amend/{token}/").status_code == 404


def test_who_is_erased_takes_their_first_words_with_them(stray, reject):
    services.amend(reject(stray), text=BETTER)
    stray.refresh_from_db()

    services.erase_author(stray.commenter)

    assert Amendment.objects.get().text == ""
