"""What waits, by mail: who is written to, when, and what its links do."""

import re
from datetime import timedelta

import pytest
from django.apps import apps
from django.core import mail
from django.core.management import call_command
from django.utils import timezone, translation
from lxml import html as lxml_html
from post_office.models import Email

from blog.models import Blog
from comments import digests, services, tokens
from comments.models import Decision, Digest, PostComment, Told
from comments.quoting import quoted

from ..factories import CommentFactory, PostFactory, UserFactory

Status = PostComment.Status
Interval = Digest.Interval
pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("moderator")]


@pytest.fixture
def send(django_capture_on_commit_callbacks, mailoutbox):
    """Send what is due, after so much time; return the new mails."""

    def sent(**later):
        before = len(mailoutbox)
        with django_capture_on_commit_callbacks(execute=True):
            digests.send_due(timezone.now() + timedelta(**later))
        return mailoutbox[before:]

    return sent


@pytest.fixture
def chosen(moderator):
    def choose(**terms):
        return Digest.objects.update_or_create(moderator=moderator, defaults=terms)[0]

    return choose


def links_in(message):
    return re.findall(r"https?://\S+", message.body)


def paths_in(message):
    return [link.removeprefix("http://127.0.0.1:8000") for link in links_in(message)]


def path_to(message, action):
    found = [p for p in paths_in(message) if p.startswith("/moderation/mail/")]
    return found[0] if action == "publish" else found[1]


# Who, when -------------------------------------------------------------------------


def test_who_moderates_hears_once_a_day_unless_they_chose_otherwise(
    send, moderator, held_comment
):
    UserFactory(username="simple", email="simple@blog.example")

    (message,) = send()

    assert message.to == [moderator.email]
    assert Digest.objects.get().interval == Interval.DAILY
    CommentFactory(status=Status.HELD)
    assert send(hours=20) == []
    assert len(send(hours=24)) == 1


@pytest.mark.parametrize(
    ("interval", "minutes", "hears"),
    [
        (Interval.HOURLY, 30, False),
        (Interval.HOURLY, 60, True),
        (Interval.AT_ONCE, 1, True),
        (Interval.NEVER, 100_000, False),
    ],
)
def test_each_hears_at_their_own_pace(
    send, chosen, held_comment, interval, minutes, hears
):
    chosen(interval=interval, sent_at=timezone.now())

    assert bool(send(minutes=minutes)) is hears


def test_nothing_new_no_mail(send, held_comment):
    assert len(send()) == 1

    assert send(days=2) == []


def test_each_comment_is_told_of_once_unless_it_was_reopened(
    send, held_comment, moderator
):
    send()
    services.decide(held_comment, moderator=moderator, outcome="publish")
    services.reopen(held_comment, moderator=moderator)

    (message,) = send(days=1)

    assert "Sandra" in message.body
    assert Told.objects.count() == 2
    assert send(days=3) == []


def test_a_comment_judged_again_is_no_news(send, held_comment):
    send()
    services.rescreen(held_comment)

    assert send(days=1) == []


def test_at_once_means_when_the_comment_is_held(
    chosen, say, la_pub, welcome_text, mailoutbox, django_capture_on_commit_callbacks
):
    chosen(interval=Interval.AT_ONCE)

    with django_capture_on_commit_callbacks(execute=True):
        say(welcome_text)
    assert mailoutbox == []
    with django_capture_on_commit_callbacks(execute=True):
        say(**la_pub)

    assert [message.to for message in mailoutbox] == [["moderator@blog.example"]]


def test_a_mail_that_cannot_be_made_loses_no_comment(
    chosen, say, la_pub, monkeypatch, django_capture_on_commit_callbacks
):
    chosen(interval=Interval.AT_ONCE)
    monkeypatch.setattr(digests, "_send_all", lambda *args: 1 / 0)

    with django_capture_on_commit_callbacks(execute=True):
        comment = say(**la_pub)

    assert comment.status == Status.HELD


def test_who_was_asked_about_a_tie_has_an_hour_to_answer(send, say):
    comment = say(
        "Pour une mie aérée, la Boulangerie des Tilleuls donne des cours de pain au "
        "levain, et leur farine est formidable pour la mie.",
        name="Luc",
        email="luc@boulangerie-des-tilleuls.example",
    )
    assert comment.latest_screening.outcome == "ask"

    assert send() == []
    assert len(send(minutes=61)) == 1


def test_a_blogger_hears_of_their_own_posts_alone(send, in_role):
    own = PostFactory(author=in_role("Bloggers"))
    CommentFactory(post=own, status=Status.HELD, user_name="Chez moi")
    CommentFactory(status=Status.HELD, user_name="Ailleurs")

    (message,) = [m for m in send() if m.to == ["bloggers@blog.example"]]

    assert "Chez moi" in message.body
    assert "Ailleurs" not in message.body


@pytest.mark.parametrize("change", [{"is_active": False}, {"email": ""}])
def test_who_has_left_or_has_no_address_is_not_written_to(
    send, moderator, held_comment, change
):
    type(moderator).objects.filter(pk=moderator.pk).update(**change)

    assert send() == []


def test_many_come_in_several_mails_and_none_twice(send, moderator, post, monkeypatch):
    monkeypatch.setattr(digests, "MOST_IN_ONE", 3)
    for number in range(5):
        CommentFactory(post=post, status=Status.HELD, user_name=f"Numéro {number}")

    (first,) = send()
    (second,) = send(days=1)

    assert "2 autres commentaires attendent" in first.body
    assert re.findall(r"Numéro (\d)", first.body + second.body) == list("01234")


def test_a_digest_takes_the_same_queries_for_any_number_of_comments(
    chosen, post, django_assert_max_num_queries, django_capture_on_commit_callbacks
):
    Blog.objects.create(title_fr="Les carnets")
    chosen(interval=Interval.DAILY)
    for _ in range(15):
        CommentFactory(post=post, status=Status.HELD)

    with (
        django_assert_max_num_queries(32),
        django_capture_on_commit_callbacks(execute=True),
    ):
        digests.send_due()
    assert len(mail.outbox) == 1


def test_the_command_says_how_many_were_written_to(moderator, held_comment, capsys):
    call_command("send_digests")

    assert capsys.readouterr().out == "Wrote to 1 moderators.\n"


# What it says ----------------------------------------------------------------------


def test_it_speaks_the_moderators_language(send, chosen, held_comment):
    chosen(language="en")
    (english,) = send()
    Told.objects.all().delete()
    chosen(language="fr", sent_at=None)
    (french,) = send()

    assert english.subject == "1 comment waits for you on CTTS"
    assert english.body.startswith("Hello Camille,\n")
    assert "Why it waits:\n- hidden tie (" in english.body
    assert french.subject == "1 commentaire vous attend sur CTTS"
    assert french.body.startswith("Bonjour Camille,\n")
    assert "Pourquoi il attend\u00a0:\n- lien d’intérêt caché (" in french.body


def test_the_subject_is_one_short_line_whatever_the_blog_is_called(
    send, chosen, held_comment
):
    Blog.objects.create(title_fr="Les très longs carnets\nd’une boulangère " * 2)

    (message,) = send()

    subject = message.message()["Subject"].encode()
    assert "\n" not in message.subject
    assert len(message.subject) < 70
    assert message.subject.endswith("…")
    assert subject


def test_nothing_a_stranger_typed_reaches_a_header_or_can_be_clicked(
    send, held_comment
):
    evil = "Eve\r\nBcc: all@evil.example\r\n\r\nhttps://evil.example/publish"
    PostComment.objects.filter(pk=held_comment.pk).update(
        user_name=evil[:50],
        comment=f"Publier :\nhttp://127.0.0.1:8000/moderation/mail/x/\n{evil}",
        affiliation=f"www.evil.example\r\n{evil}"[:200],
    )

    (message,) = send()

    raw = message.message()
    assert "evil" not in str(list(raw.items()))
    assert raw["Bcc"] is None
    assert all(
        re.match(r"http://127.0.0.1:8000/moderation/(mails?/|$)", link)
        for link in links_in(message)
    )
    assert len(links_in(message)) == 5
    assert "evil.example" not in message.body
    assert "evil[.]example" in message.body
    assert "> Publier :\n" in message.body
    assert re.search(r"^1\. Eve Bcc: all@evil\[\.\]example", message.body, re.M)


def test_the_outbox_keeps_who_to_ask_to_stop(send, held_comment):
    (message,) = send()

    (address,) = re.findall(r"^<(.*)>$", message.extra_headers["List-Unsubscribe"])
    assert address in message.body
    assert message.extra_headers["List-Unsubscribe-Post"] == (
        "List-Unsubscribe=One-Click"
    )


# What its links do -----------------------------------------------------------------


def test_publishing_from_a_mail_needs_no_sign_in_and_one_button(
    client, send, held_comment, moderator
):
    (message,) = send()
    path = path_to(message, "publish")

    page = lxml_html.fromstring(client.get(path).content)
    assert len(page.xpath("//main//form[@method='post']//button")) == 1
    held_comment.refresh_from_db()
    assert held_comment.status == Status.HELD
    done = client.post(path, follow=True)

    held_comment.refresh_from_db()
    assert held_comment.status == Status.PUBLISHED
    assert Decision.objects.get().moderator == moderator
    assert "Il est publié" in done.content.decode()


def test_rejecting_from_a_mail_asks_for_the_reason(client, send, held_comment):
    (message,) = send()
    path = path_to(message, "reject")

    page = lxml_html.fromstring(client.get(path).content)
    (chosen,) = page.xpath("//input[@name='decision'][@checked]/@value")
    assert chosen == held_comment.latest_screening.reasons[0]
    assert client.post(path, {}).status_code == 400
    assert client.post(path, {"decision": "publish"}).status_code == 400
    client.post(path, {"decision": "abusive", "note": "Non."})

    decision = Decision.objects.get()
    assert (decision.outcome, decision.reason, decision.note) == (
        "reject", "abusive", "Non.",
    )  # fmt: skip


def test_its_pages_have_the_fields_and_buttons_of_the_desk(client, send, held_comment):
    (message,) = send()
    led_to = [path for path in paths_in(message) if "/mail" in path and ":" in path]
    assert len(led_to) == 3
    for path in led_to:
        page = lxml_html.fromstring(client.get(path).content)
        assert page.xpath('//*[contains(@class, "desk-page")]//form//button')


def test_a_link_to_publish_rejects_nothing(client, send, held_comment):
    (message,) = send()

    client.post(path_to(message, "publish"), {"decision": "abusive"})

    assert Decision.objects.get().outcome == "publish"


def test_a_link_works_once_even_when_the_comment_is_back(
    client, send, held_comment, moderator
):
    (message,) = send()
    path = path_to(message, "publish")
    client.post(path)
    services.reopen(held_comment, moderator=moderator)

    assert client.get(path).status_code == 410
    client.post(path)

    held_comment.refresh_from_db()
    assert held_comment.status == Status.HELD


def test_a_link_is_for_the_words_that_were_read(client, send, held_comment):
    (message,) = send()
    held_comment.comment += " Et autre chose."
    held_comment.save()
    path = path_to(message, "publish")

    assert client.get(path).status_code == 410
    client.post(path)

    held_comment.refresh_from_db()
    assert held_comment.status == Status.HELD


@pytest.mark.parametrize("loss", ["right", "active", "account"])
def test_who_lost_the_right_decides_nothing_by_an_old_link(
    client, send, held_comment, moderator, loss
):
    (message,) = send()
    path = path_to(message, "publish")
    if loss == "right":
        moderator.user_permissions.clear()
    elif loss == "active":
        type(moderator).objects.filter(pk=moderator.pk).update(is_active=False)
    else:
        moderator.delete()

    for response in (client.get(path), client.post(path, follow=True)):
        assert response.status_code == 410
        assert "Rivages" not in response.content.decode()
    held_comment.refresh_from_db()
    assert held_comment.status == Status.HELD


def test_a_link_lasts_a_week(client, send, held_comment, monkeypatch):
    (message,) = send()
    path = path_to(message, "publish")
    monkeypatch.setitem(tokens.LIFETIMES, "by_mail", -1)

    assert client.get(path).status_code == 410
    assert client.post(path).status_code == 410
    assert Decision.objects.count() == 0


def test_a_link_made_for_something_else_is_none(client, send, held_comment, moderator):
    (message,) = send()
    token = path_to(message, "publish").split("/")[3]
    forged = [
        tokens.make("receipt", held_comment.pk),
        tokens.make("by_mail", held_comment.pk),
        tokens.make("by_mail", [moderator.pk, held_comment.pk]),
        token[:-1] + ("A" if token[-1] != "A" else "B"),
    ]

    for bad in forged:
        assert client.post(f"/moderation/mail/{bad}/").status_code == 404
        assert client.get(f"/moderation/mails/stop/{bad}/").status_code == 404
    assert Decision.objects.count() == 0


def test_the_page_speaks_the_language_of_the_mail(client, send, chosen, held_comment):
    chosen(language="en")
    (message,) = send()

    response = client.get(
        path_to(message, "publish"), headers={"accept-language": "fr"}
    )

    assert 'lang="en"' in response.content.decode()
    assert response["Content-Language"] == "en"
    with translation.override("fr"):
        assert "Publish this comment?" in response.content.decode()


def test_a_prefetch_of_every_link_of_a_hundred_mails_changes_no_row(
    client, send, chosen, post, in_role
):
    chosen(interval=Interval.NEVER)
    Blog.objects.create(title_fr="Les carnets")
    people = [in_role("Moderators", username=f"mod{n}") for n in range(10)]
    for person in people:
        Digest.objects.create(moderator=person, interval=Interval.AT_ONCE)
    messages = []
    for number in range(10):
        CommentFactory(post=post, status=Status.HELD, user_name=f"Numéro {number}")
        messages += send()
    assert len(messages) == 100
    before = every_row()

    for message in messages:
        for path in paths_in(message):
            client.get(path)
            client.head(path)

    assert every_row() == before
    assert sum(len(paths_in(m)) for m in messages) == 500


def every_row():
    return {
        model._meta.label: sorted(map(repr, model._base_manager.values_list()))
        for model in apps.get_models()
    }


# How often -------------------------------------------------------------------------


def test_a_moderator_chooses_how_often_and_in_which_language(client, moderator):
    client.force_login(moderator)
    assert client.get("/moderation/mails/").status_code == 200
    assert Digest.objects.count() == 0

    client.post("/moderation/mails/", {"interval": "hourly", "language": "en"})

    digest = Digest.objects.get()
    assert (digest.moderator, digest.interval, digest.language) == (
        moderator, "hourly", "en",
    )  # fmt: skip


def test_the_link_to_stop_shows_a_page_and_its_button_stops(client, send, held_comment):
    (message,) = send()
    (path,) = [p for p in paths_in(message) if "/stop/" in p]

    assert client.get(path).status_code == 200
    assert Digest.objects.get().interval == Interval.DAILY
    client.post(path)

    assert Digest.objects.get().interval == Interval.NEVER
    assert client.post(path).status_code == 200


def test_of_an_erased_writer_no_sent_mail_is_kept(held_comment, say):
    kept = Email.objects.create(
        from_email="blog@blog.example", to=["moderator@blog.example"], status=0,
        message="1. Ben\n\n> Tout autre chose\n",
    )  # fmt: skip
    Email.objects.create(
        from_email="blog@blog.example", to=["moderator@blog.example"], status=0,
        message=f"1. Sandra\n\n{quoted(held_comment.text)}\n\nPourquoi",
    )  # fmt: skip

    services.erase_author(held_comment.commenter)

    assert list(Email.objects.all()) == [kept]
