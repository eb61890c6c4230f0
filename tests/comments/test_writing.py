"""A reader writes a comment, without script, cookie or account."""

import re

import pytest
from django.conf import settings
from django.test import Client
from django.utils import timezone
from lxml import html as lxml_html

from blog.models import Blog, CommentPolicy
from comments import services, tokens
from comments.models import Follow, PostComment
from comments.moderation.verdicts import Reason

from ..factories import CommentFactory, PostFactory
from .conftest import LA_PUB, WELCOME

Status = PostComment.Status


@pytest.fixture
def form_of(client):
    """Return what the comment form of a page would send, as a plain client sees it."""

    def read(url):
        page = lxml_html.fromstring(client.get(url).content)
        form = page.get_element_by_id("comment-form")
        fields = {key: value or "" for key, value in form.form_values()}
        return form.action, fields

    return read


@pytest.fixture
def send(client, post, form_of):
    def post_comment(page=None, **typed):
        action, fields = form_of(page or post.get_absolute_url())
        defaults = {
            "name": "Noémie", "email": "noemie@mail.example", "comment": WELCOME,
        }  # fmt: skip
        return client.post(action, fields | defaults | typed, follow=True)

    return post_comment


def text_of(response):
    main = lxml_html.fromstring(response.content).find(".//main")
    return " ".join(main.text_content().split())


def test_a_welcome_comment_is_published_and_its_writer_told_so(send, client, post):
    response = send()

    assert "votre commentaire est publié" in text_of(response)
    assert WELCOME[:40] in client.get(post.get_absolute_url()).content.decode()


def test_an_address_that_a_mail_would_take_for_several_is_refused(send):
    response = send(
        email='"a,somebody@else.example,another@else.example,b"@mail.example'
    )

    assert response.status_code == 400
    assert "Une faute de frappe, peut-être" in text_of(response)
    assert not PostComment.objects.exists()


def test_an_advertisement_waits_and_its_writer_is_told_why(send, client, post, la_pub):
    text = la_pub.pop("text")

    response = send(comment=text, **la_pub)

    shown = text_of(response)
    assert "attend d’être lu" in shown
    assert "Rivages" in shown
    assert "Rivages" not in client.get(post.get_absolute_url()).content.decode()


def test_no_cookie_is_set_on_the_way(send, client):
    send()

    assert client.cookies == {}


def test_what_was_typed_is_still_there_after_a_mistake(send):
    response = send(email="no address", comment="Mon texte", affiliation="La Poste")

    assert response.status_code == 400
    form = lxml_html.fromstring(response.content).get_element_by_id("comment-form")
    values = dict(form.form_values())
    assert values["comment"].strip() == "Mon texte"
    assert values["affiliation"] == "La Poste"
    assert "email-error" in response.content.decode()
    assert not PostComment.objects.exists()


@pytest.mark.parametrize(
    ("field", "typed", "said"),
    [
        ("name", "", "Dites-nous comment vous appeler"),
        ("email", "", "Il nous faut une adresse"),
        ("comment", "", "Il n’y a encore rien ici"),
        ("comment", "x" * 10_001, "10001"),
        ("url", "pas une adresse", "https://example.org"),
        ("email", "pas une adresse", "nom@example.org"),
        ("affiliation", "x" * 201, "En moins de mots"),
        ("name", "x" * 51, "50"),
    ],
)
def test_each_mistake_gets_a_sentence_at_its_field(send, field, typed, said):
    response = send(**{field: typed})

    page = lxml_html.fromstring(response.content)
    sentence = page.get_element_by_id(f"{field}-error").text_content().strip()
    assert response.status_code == 400
    assert sentence
    assert said in sentence
    assert not PostComment.objects.exists()


def test_a_comment_of_the_full_length_is_taken(send):
    send(comment="é" * 10_000)

    assert PostComment.objects.count() == 1


def test_line_ends_of_a_browser_do_not_count_twice(send):
    send(comment=("x" * 99 + "\r\n") * 100)

    assert len(PostComment.objects.get().comment) == 100 * 100 - 1


def test_the_same_comment_sent_twice_is_stored_once_with_the_same_answer(send):
    first, second = send(), send()

    assert PostComment.objects.count() == 1
    assert text_of(first) == text_of(second)


def test_an_answer_stands_under_what_it_answers(send, client, post):
    parent = CommentFactory(post=post)

    send(page=f"/fr/comments/{parent.pk}/reply/")

    answer = PostComment.objects.latest("pk")
    assert answer.parent_id == parent.pk
    assert answer.level == 1


@pytest.mark.parametrize(
    ("change", "status"),
    [
        ({"reply_to": "999999"}, 404),
        ({"reply_to": "x"}, 400),
        ({"reply_to": "-4"}, 400),
        ({"reply_to": "9" * 30}, 400),
        ({"object_pk": "999999"}, 410),
        ({"object_pk": "9" * 30}, 404),
        ({"object_pk": "x"}, 404),
        ({"content_type": "auth.user"}, 404),
    ],
)
def test_an_impossible_target_stores_nothing(send, change, status):
    response = send(**change)

    assert response.status_code == status
    assert not PostComment.objects.exists()


def test_a_parent_on_another_post_stores_nothing(send):
    elsewhere = CommentFactory(post=PostFactory())

    response = send(reply_to=str(elsewhere.pk))

    assert response.status_code == 404
    assert PostComment.objects.count() == 1


def test_a_refused_text_is_given_back(send):
    response = send(reply_to="999999", comment="Des heures de travail")

    assert "Des heures de travail" in response.content.decode()


@pytest.mark.parametrize(
    ("changes", "status"),
    [
        ({"published_at": None}, 404),
        ({"published_at": timezone.now() + timezone.timedelta(days=2)}, 404),
        ({"comment_policy": CommentPolicy.CLOSED}, 410),
    ],
)
def test_a_post_that_takes_no_comments_stores_none(
    client, post, form_of, changes, status
):
    action, fields = form_of(post.get_absolute_url())
    type(post).objects.filter(pk=post.pk).update(**changes)

    response = client.post(
        action, fields | {"name": "N", "email": "n@m.example", "comment": WELCOME}
    )

    assert response.status_code == status
    assert WELCOME[:20] in response.content.decode()
    assert not PostComment.objects.exists()


def test_a_page_open_for_too_long_asks_once_more_and_loses_nothing(
    client, post, form_of, settings
):
    action, fields = form_of(post.get_absolute_url())
    fields |= {"name": "N", "email": "n@m.example", "comment": "Un long texte"}
    fields["timestamp"] = "1000000000"

    response = client.post(action, fields)

    form = lxml_html.fromstring(response.content).get_element_by_id("comment-form")
    again = {key: value or "" for key, value in form.form_values()}
    assert response.status_code == 400
    assert again["comment"].strip() == "Un long texte"
    assert client.post(action, again).status_code == 302
    assert PostComment.objects.count() == 1


def test_the_hidden_fields_are_the_same_for_every_reader(client, form_of, post):
    names = set(form_of(post.get_absolute_url())[1])

    assert {"content_type", "object_pk", "timestamp", "security_hash"} <= names
    assert "csrfmiddlewaretoken" not in names


def test_who_is_signed_in_cannot_be_made_to_comment_by_another_site(
    post, moderator, form_of
):
    action, fields = form_of(post.get_absolute_url())
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(moderator)

    response = strict.post(action, fields | {"comment": WELCOME})

    assert response.status_code == 403
    assert not PostComment.objects.exists()


def test_a_session_that_has_ended_stands_in_nobodys_way(post, form_of):
    action, fields = form_of(post.get_absolute_url())
    strict = Client(enforce_csrf_checks=True)
    strict.cookies["sessionid"] = "of-last-year"
    typed = {"name": "N", "email": "n@m.example", "comment": WELCOME}

    assert strict.post(action, fields | typed).status_code == 302
    assert PostComment.objects.get().user is None


def test_who_is_signed_in_writes_under_their_own_name(client, post, form_of):
    client.force_login(post.author)
    action, fields = form_of(post.get_absolute_url())

    client.post(action, fields | {"comment": LA_PUB})

    comment = PostComment.objects.get()
    assert (comment.user, comment.user_name) == (post.author, "Camille")
    assert comment.status == Status.PUBLISHED


def test_a_filled_trap_holds_the_comment_and_keeps_it(send):
    send(honeypot="cheap watches")

    comment = PostComment.objects.get()
    assert comment.status == Status.HELD
    assert Reason.AUTOMATED in comment.latest_screening.reasons


def test_the_question_is_asked_and_a_declared_tie_publishes(client, say, post):
    comment = say(
        "Pour une mie aérée, la Boulangerie des Tilleuls donne des cours de pain au "
        "levain, et leur farine est formidable pour la mie.",
        name="Luc",
        email="luc@boulangerie-des-tilleuls.example",
    )
    assert comment.status == Status.HELD
    assert comment.latest_screening.outcome == "ask"
    url = f"/fr/comments/receipt/{tokens.make('receipt', comment.pk)}/"
    assert "Tilleuls" in text_of(client.get(url))

    response = client.post(
        url, {"affiliation": "Boulangerie des Tilleuls"}, follow=True
    )

    comment.refresh_from_db()
    assert comment.status == Status.PUBLISHED
    assert "est publié" in text_of(response)
    page = client.get(post.get_absolute_url()).content.decode()
    assert re.search(r"lien déclaré\s:\sBoulangerie des Tilleuls", page)


ABOUT_A_BAKERY = (
    "Pour une mie aérée, la Boulangerie des Tilleuls donne des cours de pain au "
    "levain, et leur farine est formidable pour la mie."
)


@pytest.mark.parametrize("nothing", ["aucune", "None.", "non", "N/A", "simple client"])
def test_who_says_beforehand_that_there_is_no_tie_is_asked_about_the_one_seen(
    client, say, nothing
):
    comment = say(
        ABOUT_A_BAKERY,
        name="Luc",
        email="luc@boulangerie-des-tilleuls.example",
        affiliation=nothing,
    )

    assert comment.affiliation == ""
    assert comment.latest_screening.outcome == "ask"
    url = f"/fr/comments/receipt/{tokens.make('receipt', comment.pk)}/"
    assert "Tilleuls" in text_of(client.get(url))


def test_none_for_an_answer_denies_the_tie(client, say):
    comment = say(
        ABOUT_A_BAKERY, name="Luc", email="luc@boulangerie-des-tilleuls.example"
    )
    url = f"/fr/comments/receipt/{tokens.make('receipt', comment.pk)}/"

    client.post(url, {"affiliation": "aucun lien"})

    comment.refresh_from_db()
    assert (comment.affiliation, comment.denies_tie) == ("", True)
    assert comment.latest_screening.outcome == "hold"


def test_the_question_wants_one_answer(client, held_comment):
    url = f"/fr/comments/receipt/{tokens.make('receipt', held_comment.pk)}/"

    assert client.post(url, {}).status_code == 400
    assert client.post(url, {"affiliation": "X", "denies_tie": "on"}).status_code == 400
    held_comment.refresh_from_db()
    assert held_comment.affiliation == ""


@pytest.mark.parametrize(
    ("policy", "status"),
    [
        (CommentPolicy.SCREEN, Status.PUBLISHED),
        (CommentPolicy.HOLD_FIRST, Status.HELD),
        (CommentPolicy.HOLD_ALL, Status.HELD),
    ],
)
def test_the_policy_of_the_post_decides_about_a_stranger(send, post, policy, status):
    post.comment_policy = policy
    post.save()

    response = send()

    assert PostComment.objects.get().status == status
    if status == Status.HELD:
        assert "quelqu’un lit les commentaires" in text_of(response)


def test_hold_first_lets_in_who_was_published_before(send, say, post):
    say(WELCOME + " Et merci.")
    post.comment_policy = CommentPolicy.HOLD_FIRST
    post.save()

    send()

    assert PostComment.objects.latest("pk").status == Status.PUBLISHED


def test_a_blog_may_close_its_conversations_after_a_while(client, post):
    Blog.objects.create(title_fr="B", comments_close_after_days=30)
    type(post).objects.filter(pk=post.pk).update(
        published_at=timezone.now() - timezone.timedelta(days=31)
    )
    post.refresh_from_db()

    page = client.get(post.get_absolute_url()).content.decode()

    assert "comment-form" not in page
    assert "La conversation est close" in page


def test_a_new_writer_confirms_their_address_where_the_blog_asks_it(
    client, send, mailoutbox, django_capture_on_commit_callbacks
):
    Blog.objects.create(title_fr="B", confirms_addresses=True)
    with django_capture_on_commit_callbacks(execute=True):
        response = send()
    comment = PostComment.objects.get()
    assert comment.status == Status.UNCONFIRMED
    assert "Il manque un clic" in text_of(response)
    link = re.search(r"http\S+", mailoutbox[0].body)[0].replace(
        "http://127.0.0.1:8000", ""
    )

    client.get(link)
    comment.refresh_from_db()
    assert comment.status == Status.UNCONFIRMED

    client.post(link)
    comment.refresh_from_db()
    assert comment.status == Status.PUBLISHED
    assert client.post(link).status_code == 302


def test_following_starts_once_it_is_confirmed_and_stops_by_a_link(
    client, send, say, mailoutbox, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks(execute=True):
        send(followup="on")
    link = re.search(r"http://127.0.0.1:8000(\S+)", mailoutbox.pop().body)[1]
    with django_capture_on_commit_callbacks(execute=True):
        say(WELCOME + " Bonjour !", email="luc@mail.example", name="Luc")
    assert mailoutbox == []

    client.get(link)
    assert Follow.objects.get().confirmed_at is None
    client.post(link)
    assert Follow.objects.get().confirmed_at

    with django_capture_on_commit_callbacks(execute=True):
        say(WELCOME + " Encore.", email="luc@mail.example", name="Luc")
    mail = mailoutbox.pop()
    assert mail.to == ["noemie@mail.example"]
    assert "Luc" in mail.subject
    leave = re.findall(r"http://127.0.0.1:8000(\S+)", mail.body)[-1]
    client.get(leave)
    assert Follow.objects.exists()
    client.post(leave)
    assert not Follow.objects.exists()
    assert client.get(leave).status_code == 200


@pytest.mark.parametrize("address", ["receipt", "confirm", "follow", "unfollow"])
def test_a_forged_link_leads_nowhere(client, db, address):
    assert client.get(f"/fr/comments/{address}/MQ:abc:def/").status_code == 404


def test_who_was_signed_out_meanwhile_comments_like_anybody(post):
    strict = Client(enforce_csrf_checks=True)
    strict.cookies[settings.SESSION_COOKIE_NAME] = "a-session-that-ended-long-ago"
    page = lxml_html.fromstring(strict.get(post.get_absolute_url()).content)
    form = page.get_element_by_id("comment-form")
    fields = {key: value or "" for key, value in form.form_values()}
    typed = {"name": "Noémie", "email": "noemie@mail.example", "comment": WELCOME}

    assert strict.post(form.action, fields | typed).status_code == 302


def test_every_mistake_is_listed_first_with_a_link_to_its_field(send):
    response = send(name="", email="pas une adresse")

    page = lxml_html.fromstring(response.content)
    (alert,) = page.find_class("form-problem")
    for link in alert.xpath(".//a/@href"):
        assert page.get_element_by_id(link[1:]).get("aria-invalid") == "true"
    assert len(alert.xpath(".//a")) == 2
    assert "Revoyez votre commentaire" in page.findtext(".//title")


def test_what_describes_a_field_is_on_the_page(client, post):
    page = lxml_html.fromstring(client.get(post.get_absolute_url()).content)
    form = page.get_element_by_id("comment-form")

    named = " ".join(form.xpath(".//@aria-describedby")).split()
    assert named
    assert {key for key in named if not page.xpath("//*[@id=$key]", key=key)} == set()


def test_each_comment_has_a_heading_to_go_to(client, say, post, welcome_text):
    say(welcome_text, name="Noémie")

    page = lxml_html.fromstring(client.get(post.get_absolute_url()).content)
    (heading,) = page.xpath('//li[contains(@class, "remark")]//h3')
    assert heading.text_content() == "Noémie"


def test_a_rejected_writer_reads_why_on_their_page_too(client, held_comment, moderator):
    url = f"/fr/comments/receipt/{tokens.make('receipt', held_comment.pk)}/"
    services.decide(
        held_comment, moderator=moderator, outcome="reject", reason="off_topic"
    )

    page = lxml_html.fromstring(client.get(url).content)
    assert "mon billet de" in page.text_content()
    assert page.findtext(".//title").strip() == page.findtext(".//h1").strip()
