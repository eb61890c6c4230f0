"""The moderation desk, as a moderator uses it."""

import re

import pytest
from django.urls import reverse
from lxml import html as lxml_html

from blog.models import Blog
from comments import services, tokens
from comments.models import Decision, PostComment, Screening

from ..factories import CommentFactory, UserFactory

Status = PostComment.Status
QUEUE = "/moderation/"


@pytest.fixture
def desk(client, moderator):
    client.force_login(moderator)
    return client


def test_a_stranger_is_sent_to_sign_in(client, held_comment):
    for url in (QUEUE, "/moderation/log/", f"/moderation/{held_comment.pk}/"):
        response = client.get(url)
        assert response.status_code == 302
        assert response["Location"].startswith("/admin/login/")


def test_an_account_without_the_right_is_refused(client, held_comment):
    client.force_login(UserFactory(username="simple"))

    for url in (QUEUE, "/moderation/log/", f"/moderation/{held_comment.pk}/"):
        assert client.get(url).status_code == 403
    assert client.post(f"/moderation/{held_comment.pk}/reopen/").status_code == 403


def test_a_card_shows_the_comment_its_post_its_writer_and_why(desk, held_comment, post):
    page = lxml_html.fromstring(desk.get(QUEUE).content)
    card = page.get_element_by_id(f"comment-{held_comment.pk}")
    text = " ".join(card.text_content().split())

    assert post.original_title in text
    assert "sandra@rivages-solidaires.example" in text
    assert "Rivages Solidaires" in text
    assert card.findall(".//mark")
    assert len(card.xpath('.//details[@open][@class="reason"]')) == 3


def test_publishing_is_one_press(desk, client, held_comment, post):
    response = desk.post(
        f"/moderation/{held_comment.pk}/", {"decision": "publish", "tells_writer": "on"}
    )

    assert response["Location"] == f"{QUEUE}?done={Decision.objects.get().pk}"
    held_comment.refresh_from_db()
    assert held_comment.status == Status.PUBLISHED
    client.logout()
    assert "Rivages" in client.get(post.get_absolute_url()).content.decode()


def test_rejecting_keeps_the_reason_and_the_note_and_tells_the_writer(
    desk, held_comment, mailoutbox, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks(execute=True):
        desk.post(
            f"/moderation/{held_comment.pk}/",
            {"decision": "off_topic", "note": "Revenez parler de pain !",
             "tells_writer": "on"},
        )  # fmt: skip

    decision = Decision.objects.get()
    assert (decision.outcome, decision.reason) == ("reject", "off_topic")
    mail = mailoutbox[0]
    assert mail.to == ["sandra@rivages-solidaires.example"]
    assert "Revenez parler de pain !" in mail.body
    assert "mon billet de" not in mail.body


@pytest.mark.parametrize(
    "typed",
    [
        {"decision": "abusive"},
        # What a machine sent carries the address of somebody who never wrote here.
        {"decision": "automated", "tells_writer": "on"},
    ],
)
def test_a_writer_may_be_left_alone(
    desk, held_comment, mailoutbox, django_capture_on_commit_callbacks, typed
):
    with django_capture_on_commit_callbacks(execute=True):
        desk.post(f"/moderation/{held_comment.pk}/", typed)

    assert Decision.objects.get().reason == typed["decision"]
    assert mailoutbox == []


@pytest.mark.parametrize("decision", ["", "because", "reopen"])
def test_an_unknown_decision_changes_nothing_and_keeps_the_note(
    desk, held_comment, decision
):
    response = desk.post(
        f"/moderation/{held_comment.pk}/", {"decision": decision, "note": "Cher Luc"}
    )

    assert response.status_code == 400
    assert "Cher Luc" in response.content.decode()
    held_comment.refresh_from_db()
    assert held_comment.status == Status.HELD


def decision_form(response):
    """Return what the form by which a page decides would send, without its button."""
    page = lxml_html.fromstring(response.content)
    (form,) = page.find_class("card-decide")
    return dict(form.form_values())


@pytest.mark.parametrize("path", ["", "letter/?reason=off_topic"])
def test_what_its_writer_changed_meanwhile_is_read_again_first(
    desk, held_comment, path, mailoutbox
):
    url = f"/moderation/{held_comment.pk}/"
    as_read = decision_form(desk.get(url + path)) | {"decision": "promotional"}
    PostComment.objects.filter(pk=held_comment.pk).update(affiliation="Rivages")

    response = desk.post(url, as_read, follow=True)

    page = lxml_html.fromstring(response.content)
    assert response.redirect_chain == [(url, 302)]
    assert "lisez-le à nouveau" in page.text_content().lower()
    assert "Rivages" in page.text_content()
    assert not Decision.objects.exists()
    assert mailoutbox == []
    desk.post(url, decision_form(response) | {"decision": "promotional"})
    assert Decision.objects.get().comment == held_comment


def test_the_second_moderator_is_told_that_somebody_was_first(
    desk, held_comment, moderator
):
    other = UserFactory(username="other", first_name="Elio")
    services.decide(
        held_comment, moderator=other, outcome="reject", reason="promotional"
    )

    response = desk.post(
        f"/moderation/{held_comment.pk}/", {"decision": "publish"}, follow=True
    )

    page = response.content.decode()
    assert "Elio a été plus rapide, et l’a refusé" in page
    assert "publicité" in page
    assert Decision.objects.count() == 1


def test_reopening_brings_a_comment_back_and_is_kept(desk, held_comment, moderator):
    services.decide(
        held_comment, moderator=moderator, outcome="reject", reason="abusive"
    )

    desk.post(f"/moderation/{held_comment.pk}/reopen/")

    held_comment.refresh_from_db()
    assert held_comment.status == Status.HELD
    assert [d.outcome for d in Decision.objects.order_by("pk")] == ["reject", "reopen"]


def test_a_published_comment_can_be_taken_back_without_a_decision_before(
    post, moderator
):
    comment = CommentFactory(post=post)

    services.reopen(comment, moderator=moderator)

    comment.refresh_from_db()
    assert (comment.status, comment.is_public) == (Status.HELD, False)


def test_what_somebody_wrote_before_is_beside_what_they_write_now(desk, say, la_pub):
    first = say(**la_pub)
    second = say(**(la_pub | {"text": la_pub["text"] + " À bientôt !"}))

    page = desk.get(f"/moderation/{second.pk}/").content.decode()

    assert reverse("moderation:review", args=[first.pk]) in page


@pytest.mark.parametrize(
    "after", ["x", "9" * 40, "-1", "1; DROP", "\x00", "0.5_1_nan_2", "1e9_1_--_1"]
)
def test_a_strange_place_to_start_from_is_ignored(desk, held_comment, after):
    assert desk.get(QUEUE, {"after": after}).status_code == 200
    assert desk.get("/moderation/log/", {"before": after}).status_code == 200


def test_the_desk_speaks_the_language_its_moderator_chose(desk, held_comment):
    assert "vous attend" in desk.get(QUEUE).content.decode()

    desk.post("/i18n/setlang/", {"language": "en", "next": QUEUE})

    page = desk.get(QUEUE).content.decode()
    assert "comment waits for you" in page
    assert "Why it was held" in page


@pytest.mark.parametrize("number", ["9" * 19, "9" * 30])
def test_a_number_no_database_could_hold_is_no_comment(client, moderator, number):
    client.force_login(moderator)

    for url in (f"/fr/comments/{number}/reply/", f"/moderation/{number}/"):
        assert client.get(url).status_code == 404
    assert client.post(f"/moderation/{number}/reopen/").status_code == 404


def test_what_a_person_took_back_no_machine_publishes_again(say, moderator):
    comment = say(
        "Pour une mie aérée, la Boulangerie des Tilleuls donne des cours de pain au "
        "levain, et leur farine est formidable pour la mie.",
        name="Luc",
        email="luc@boulangerie-des-tilleuls.example",
    )
    services.decide(comment, moderator=moderator, outcome="publish")
    services.reopen(comment, moderator=moderator)

    comment = services.answer(comment, affiliation="Boulangerie des Tilleuls")

    assert comment.status == Status.HELD
    assert comment.latest_screening.outcome == "hold"


def test_what_stood_under_a_deleted_post_can_still_be_read_and_decided(
    desk, held_comment, post, mailoutbox, django_capture_on_commit_callbacks
):
    post.delete()
    review = f"/moderation/{held_comment.pk}/"

    for url in (QUEUE, review):
        assert held_comment.user_name in desk.get(url).content.decode()
    with django_capture_on_commit_callbacks(execute=True):
        desk.post(review, {"decision": "publish", "tells_writer": "on"})

    held_comment.refresh_from_db()
    assert held_comment.status == Status.PUBLISHED
    assert mailoutbox == []


@pytest.mark.parametrize("purpose", ["receipt", "confirm"])
def test_the_writer_is_told_when_the_post_is_gone(client, held_comment, post, purpose):
    post.delete()
    url = f"/fr/comments/{purpose}/{tokens.make(purpose, held_comment.pk)}/"

    assert client.get(url).status_code == 410
    assert client.post(url, {"denies_tie": "on"}).status_code == 410


def test_a_blog_named_in_one_language_signs_with_that_name_in_both(
    desk, say, mailoutbox, django_capture_on_commit_callbacks, moderator
):
    Blog.objects.create(title_fr="Les carnets")
    comment = say(
        "My crumb stays tight as well; I bake bread each week and wonder whether a "
        "stronger flour would help the dough to rise."
    )
    services.reopen(comment, moderator=moderator)

    with django_capture_on_commit_callbacks(execute=True):
        services.decide(comment, moderator=moderator, outcome="publish")
    desk.cookies["django_language"] = "en"

    assert mailoutbox[0].body.startswith("Hello Noémie")
    assert mailoutbox[0].body.rstrip().endswith("Les carnets")
    assert "Les carnets" in desk.get(QUEUE).content.decode()


def test_what_was_just_decided_is_one_link_away(desk, held_comment):
    url = f"/moderation/{held_comment.pk}/"
    response = desk.post(url, {"decision": "abusive"}, follow=True)

    page = lxml_html.fromstring(response.content)
    (message,) = page.xpath('//*[@role="status"]//li')
    assert held_comment.user_name in message.text_content()
    assert [link.get("href") for link in message.iterfind("a")] == [url]


def test_a_name_in_a_message_stays_text(desk, held_comment):
    PostComment.objects.filter(pk=held_comment.pk).update(user_name="<b>Sandra")
    response = desk.post(
        f"/moderation/{held_comment.pk}/", {"decision": "publish"}, follow=True
    )

    assert "&lt;b&gt;Sandra" in response.content.decode()


def test_a_card_says_so_where_nothing_explains_that_it_waits(
    desk, say, welcome_text, moderator
):
    comment = say(welcome_text)
    url = f"/moderation/{comment.pk}/"
    sentence = "Rien de ce qui a été vu"
    assert sentence not in desk.get(url).content.decode()

    services.reopen(comment, moderator=moderator)

    assert sentence in desk.get(url).content.decode()


def test_the_log_gives_day_and_time_as_the_blog_writes_them(desk, held_comment):
    desk.post(f"/moderation/{held_comment.pk}/", {"decision": "publish"})

    page = lxml_html.fromstring(desk.get("/moderation/log/?what=publish").content)
    (time,) = page.xpath("//td/time")
    assert re.fullmatch(r"\d+(er)? \w+ \d{4}, \d\d:\d\d", time.text)
    assert "." not in time.get("datetime")


def test_where_much_was_seen_the_lighter_half_is_read_on_demand(desk, post):
    weights = [9.0 - n for n in range(8)] + [-0.3]
    comment = CommentFactory(post=post, status=Status.HELD)
    comment.screening = Screening.objects.create(
        comment=comment,
        outcome="hold",
        reasons=["promotional"],
        scores={"promotional": 0.9},
        suspicion=0.9,
        evidence=[
            {"reason": "promotional", "weight": weight, "excerpt": f"mot {n}"}
            for n, weight in enumerate(weights)
        ],
    )
    comment.save()

    page = lxml_html.fromstring(desk.get(f"/moderation/{comment.pk}/").content)
    (lighter,) = page.xpath('//details[@class="lighter"]')

    assert lighter.find("summary").text == "3 observations de moindre poids"
    assert lighter.get("open") is None
    shown = [li.text_content() for li in lighter.findall(".//li")]
    assert [text.rsplit(" ", 1)[1] for text in shown] == ["+3,0", "+2,0", "−0,3"]
    assert len(page.xpath('//details[@class="reason"]/ul/li')) == 6
