"""The desk by keyboard, in a real browser; and what it says when things go wrong."""

import re

import pytest
from django.contrib.auth import get_user_model
from django.contrib.sessions.models import Session
from playwright.sync_api import expect

from comments import services
from comments.models import Decision, PostComment

from ..comments.test_queue import hold
from ..factories import PostFactory, UserFactory
from .conftest import give_session

pytestmark = [pytest.mark.e2e, pytest.mark.django_db(transaction=True)]
Status = PostComment.Status
WAITING = 30


@pytest.fixture
def desk(signed_in):
    """Return a function that opens the desk in a window, signed in."""

    def open_desk(**options):
        page = signed_in(**options)
        page.goto("/moderation/")
        return page

    return open_desk


@pytest.fixture
def waiting(db):
    posts = [PostFactory(), PostFactory(), PostFactory()]
    return [
        hold(posts[n % 3], (n + 1) / (WAITING + 9), comment=f"Le pain, numéro {n}")
        for n in range(WAITING)
    ]


def told(page, words):
    page.wait_for_selector(f"#telling >> text={words}")


def test_thirty_comments_are_cleared_by_keyboard_alone(desk, waiting):
    page = desk()
    page.keyboard.press("j")
    for number in range(WAITING):
        assert page.evaluate("document.activeElement.matches('.card.is-current')")
        page.keyboard.press("p" if number % 3 else f"Digit{number % 5 + 1}")
    page.wait_for_selector("h1 >> text=Rien ne vous attend")

    assert not PostComment.objects.held().exists()
    assert PostComment.objects.published().count() == WAITING * 2 // 3
    assert Decision.objects.filter(outcome="reject", reason="off_topic").exists()


def test_one_goes_on_and_back_opens_and_undoes(desk, waiting):
    page = desk()
    for key in "jjk":
        page.keyboard.press(key)
    first = page.evaluate("document.activeElement.dataset.pk")
    page.keyboard.press("2")
    told(page, "Refusé")
    assert Decision.objects.get().reason == "promotional"

    page.keyboard.press("u")
    told(page, "comme avant")

    assert page.evaluate("document.activeElement.dataset.pk") == first
    assert PostComment.objects.held().count() == WAITING
    page.keyboard.press("o")
    page.wait_for_url(f"**/moderation/{first}/")


def test_the_heading_counts_as_one_speaks_and_back_again(desk):
    for number in range(2):
        hold(PostFactory(), 0.5, comment=f"Le pain, numéro {number}")
    page = desk()
    heading = page.locator("h1")
    expect(heading).to_have_text("2 commentaires vous attendent")
    page.keyboard.press("j")

    page.keyboard.press("p")
    expect(heading).to_have_text("1 commentaire vous attend")
    page.keyboard.press("p")
    expect(heading).to_have_text("Rien ne vous attend")
    page.keyboard.press("u")
    expect(heading).to_have_text("1 commentaire vous attend")


def test_the_letter_is_written_in_place(desk, waiting):
    page = desk()
    page.keyboard.press("j")
    page.keyboard.press("e")
    page.wait_for_selector(".letter textarea:focus")
    expect(page.locator(".letter textarea")).to_have_value(re.compile("volontiers"))
    letter, keys = (page.locator(at).bounding_box() for at in (".letter", "#keys"))
    assert letter["y"] + letter["height"] <= keys["y"]
    page.keyboard.type(" Bien à vous, p123u")
    page.locator(".letter button.main").press("Enter")
    told(page, "Refusé")

    decision = Decision.objects.get()
    assert decision.reason == "off_topic"
    assert decision.note.endswith("Bien à vous, p123u")


def test_who_was_first_is_told_and_nobody_decides_twice(desk, waiting, visitor):
    other = UserFactory(username="elio", first_name="Elio")
    page = desk()
    page.keyboard.press("j")
    pk = page.evaluate("document.activeElement.dataset.pk")
    comment = PostComment.objects.get(pk=pk)
    services.decide(comment, moderator=other, outcome="reject", reason="abusive")

    page.keyboard.press("p")
    told(page, "Elio a été plus rapide, et l’a refusé")

    assert Decision.objects.count() == 1
    assert page.locator(f"#comment-{pk}").is_hidden()
    forget(visitor.troubles, "409")


def test_what_its_writer_changed_meanwhile_comes_back_to_be_read(
    desk, waiting, visitor
):
    page = desk()
    page.keyboard.press("j")
    pk = page.evaluate("document.activeElement.dataset.pk")
    PostComment.objects.filter(pk=pk).update(affiliation="La Gazette")

    page.keyboard.press("p")

    told(page, "lisez-le à nouveau")
    assert "nouveau" in page.inner_text(f"#comment-{pk} .came-back")
    assert not Decision.objects.exists()
    page.click("#telling a")
    page.wait_for_url(f"**/moderation/{pk}/")
    assert "La Gazette" in page.inner_text(".card-who")
    forget(visitor.troubles, "412")


def forget(troubles, words):
    """Take out what the browser itself notes of an answer that the page expects."""
    assert all(words in trouble for trouble in troubles)
    troubles.clear()


def test_without_the_network_nothing_is_lost(desk, waiting, visitor):
    page = desk()
    page.keyboard.press("j")
    pk = page.evaluate("document.activeElement.dataset.pk")
    page.context.set_offline(True)
    page.keyboard.press("p")
    told(page, "Le réseau est absent")
    assert "réseau est absent" in page.inner_text(f"#comment-{pk} .came-back")
    assert not Decision.objects.exists()

    page.context.set_offline(False)
    page.locator(f"#comment-{pk} button.publish").click()
    told(page, "Publié")
    assert Decision.objects.get().comment_id == int(pk)
    forget(visitor.troubles, "ERR_INTERNET_DISCONNECTED")


def test_who_is_signed_out_is_told_and_goes_on_after_signing_in(
    desk, waiting, live_server, admin_client
):
    page = desk()
    page.keyboard.press("j")
    pk = page.evaluate("document.activeElement.dataset.pk")
    Session.objects.all().delete()
    page.keyboard.press("p")
    told(page, "Vous n’êtes plus connecté")
    assert page.locator(f"#comment-{pk}").is_visible()

    admin_client.force_login(get_user_model().objects.get(username="admin"))
    give_session(page.context, admin_client, live_server.url)
    page.locator(f"#comment-{pk}").focus()
    page.keyboard.press("p")
    told(page, "Publié")


def test_keys_can_be_switched_off_and_stay_so(desk, waiting):
    page = desk()
    page.uncheck("#keys-on")
    page.locator(".card").first.focus()
    for key in ("p", "1", "u", "x"):
        page.keyboard.press(key)
    page.reload()
    assert not page.is_checked("#keys-on")
    page.locator(".card").first.focus()
    page.keyboard.press("p")

    assert not Decision.objects.exists()


def test_keys_in_a_field_are_letters(desk, waiting):
    page = desk()
    page.click(".filter-desk summary")
    page.locator(".filter-desk [type=search]").type("p12 pain numéro 7 u")

    assert not Decision.objects.exists()


def test_a_selection_is_decided_and_undone_in_one_gesture(desk, waiting):
    page = desk()
    assert page.locator("#together").is_hidden()
    page.locator(".group-all input").nth(1).check()
    page.locator("#together button.publish").click()
    told(page, "10 commentaires publiés")
    assert PostComment.objects.published().count() == 10

    page.click("#telling button")
    told(page, "10 commentaires sont comme avant")
    assert PostComment.objects.held().count() == WAITING
    assert page.locator(".card:visible").count() == WAITING


def test_after_a_selection_one_goes_on_where_it_ended(desk, waiting):
    page = desk()
    boxes = page.locator(".card .pick input")
    boxes.nth(3).check()
    boxes.nth(5).check()
    after = page.locator(".card").nth(6).get_attribute("data-pk")

    page.locator("#together button.publish").click()
    told(page, "2 commentaires publiés")

    assert page.evaluate("document.activeElement.dataset.pk") == after


def test_the_pile_is_confirmed_and_undone_where_one_is(desk, waiting, monkeypatch):
    from comments.desk import waiting as order

    monkeypatch.setattr(order, "PILE_LENGTH", 2)
    for number in range(3):
        hold(PostFactory(), 0.99, ("promotional",), comment=f"Achetez {number}")
    page = desk()
    page.locator(".pile button.main").press("Enter")
    told(page, "2 commentaires refusés")
    # The next of the pile has taken their place.
    assert page.locator(".pile li").count() == 1
    page.locator(".pile button.main:focus").press("Enter")
    told(page, "1 commentaire refusé")
    assert page.locator(".pile").count() == 0
    assert page.inner_text("h1").startswith(f"{WAITING} ")

    page.keyboard.press("u")
    told(page, "1 commentaire est comme avant")
    page.keyboard.press("u")
    told(page, "2 commentaires sont comme avant")

    assert page.inner_text("h1").startswith(f"{WAITING + 3} ")
    assert page.locator(".pile li").count() == 2
    assert PostComment.objects.held().count() == WAITING + 3


def test_without_script_a_selection_is_decided_too(desk, waiting):
    page = desk(java_script_enabled=False)
    assert page.locator("#keys").is_hidden()
    page.locator(".group-all input").first.check()
    page.locator(".group").nth(1).locator(".pick input").first.check()
    page.locator("#together button[value=abusive]").click()
    assert "11 commentaires refusés" in page.inner_text("[role=status]")

    page.click(".queue-head .undo button")

    assert PostComment.objects.held().count() == WAITING


def test_the_next_page_is_there_before_it_is_needed(desk, waiting, monkeypatch):
    from comments.desk import waiting as order

    monkeypatch.setattr(order, "PAGE_LENGTH", 12)
    page = desk()
    page.keyboard.press("j")
    for _ in range(WAITING):
        page.wait_for_selector(".card.is-current:focus")
        page.keyboard.press("p")
    page.wait_for_selector("h1 >> text=Rien ne vous attend")

    assert not PostComment.objects.held().exists()
