"""Answering in place, where there is script; and without, by a page of its own."""

import pytest

from comments import threads
from comments.models import PostComment

from ..factories import CommentFactory

pytestmark = [pytest.mark.e2e, pytest.mark.django_db(transaction=True)]
ANSWER = "Oui, une farine plus forte, et moins d’eau ; ça change tout."


@pytest.fixture
def remark(post):
    return CommentFactory(post=post)


def test_the_form_comes_under_the_comment_that_is_answered(visitor, post, remark):
    page = visitor()
    page.goto(post.get_absolute_url())
    page.fill("[name=comment]", ANSWER)

    page.click(f"#c{remark.pk} >> text=Répondre")

    assert page.locator(f"#c{remark.pk} h2").inner_text() == ("Votre réponse à Noémie")
    assert page.evaluate("document.activeElement.name") == "comment"
    assert page.input_value("[name=comment]") == ANSWER
    page.fill("[name=name]", "Luc")
    page.fill("[name=email]", "luc@mail.example")
    page.click("text=Envoyer le commentaire")
    page.wait_for_url("**/comments/receipt/**")
    assert PostComment.objects.latest("pk").parent_id == remark.pk


@pytest.mark.parametrize("cancel", ["click", "escape"])
def test_who_does_not_answer_after_all_is_where_they_were(
    visitor, post, remark, cancel
):
    page = visitor()
    page.goto(post.get_absolute_url())
    before = page.inner_text("#write-title")
    link = f"#c{remark.pk} .remark-actions a"
    page.focus(link)
    page.keyboard.press("Enter")
    page.keyboard.type("Non")

    if cancel == "click":
        page.click("text=Ne pas répondre, finalement")
    else:
        page.keyboard.press("Escape")

    assert page.locator(f"#c{remark.pk} form").count() == 0
    assert page.input_value("[name=reply_to]") == "0"
    assert page.locator("#write-title").inner_text() == before
    assert page.evaluate("s => document.activeElement.matches(s)", link)
    assert page.input_value("[name=comment]") == "Non"


def test_without_script_the_answer_has_a_page_of_its_own(visitor, post, remark):
    page = visitor(java_script_enabled=False)
    page.goto(post.get_absolute_url())

    page.click(f"#c{remark.pk} >> text=Répondre")

    assert page.url.endswith(f"/fr/comments/{remark.pk}/reply/")
    assert page.input_value("[name=reply_to]") == str(remark.pk)


def test_a_link_to_a_comment_that_moved_to_another_page_is_followed(
    visitor, post, remark, monkeypatch
):
    monkeypatch.setattr(threads, "PAGE_SIZE", 1)
    second = CommentFactory(post=post)
    page = visitor()

    page.goto(f"{post.get_absolute_url()}#c{second.pk}")

    page.wait_for_url(f"**/comments/2/#c{second.pk}")
