"""A blogger publishes, a reader comments, a moderator decides, the thread grows."""

import pytest
from django.contrib.auth import get_user_model

from comments.models import PostComment

from ..comments.conftest import LA_PUB, WELCOME
from ..factories import CommentFactory, PostFactory

pytestmark = [pytest.mark.e2e, pytest.mark.django_db(transaction=True)]


def write(page, text, name="Noémie", email="noemie@mail.example"):
    page.fill("#comment-form [name=comment]", text)
    page.fill("#comment-form [name=name]", name)
    page.fill("#comment-form [name=email]", email)
    page.click("#comment-form button")


@pytest.mark.parametrize("java_script_enabled", [True, False])
def test_a_reader_comments_and_sees_it_published(visitor, java_script_enabled):
    post = PostFactory()
    page = visitor(java_script_enabled=java_script_enabled)
    page.goto(post.get_absolute_url())

    write(page, WELCOME)
    page.click(".receipt a.button")

    comment = PostComment.objects.get()
    assert page.url.endswith(f"#c{comment.pk}")
    assert page.locator(f"#c{comment.pk} .e-content").inner_text() == WELCOME
    assert page.context.cookies() == []


def test_a_reader_answers_on_a_page_of_its_own(visitor):
    post = PostFactory()
    parent = CommentFactory(post=post)
    page = visitor(java_script_enabled=False)
    page.goto(post.get_absolute_url())

    page.click(f"#c{parent.pk} >> text=Répondre")
    assert parent.comment[:30] in page.inner_text(".answered")
    write(page, WELCOME, name="Luc", email="luc@mail.example")

    assert PostComment.objects.latest("pk").parent_id == parent.pk


def test_la_pub_waits_until_a_moderator_decides(visitor):
    post = PostFactory()
    get_user_model().objects.create_superuser("chief", password="a long secret")
    reader = visitor()
    reader.goto(post.get_absolute_url())
    write(reader, LA_PUB, name="Sandra", email="sandra@rivages-solidaires.example")
    receipt = reader.url
    assert "attend d’être lu" in reader.inner_text("h1")
    reader.goto(post.get_absolute_url())
    assert "Rivages" not in reader.content()

    desk = visitor()
    desk.goto("/moderation/")
    desk.fill("#id_username", "chief")
    desk.fill("#id_password", "a long secret")
    desk.press("#id_password", "Enter")
    comment = PostComment.objects.get()
    card = desk.locator(f"#comment-{comment.pk}")
    assert "Rivages" in card.locator("mark").first.inner_text()
    card.locator("button.publish").click()
    desk.wait_for_selector("h1 >> text=Rien ne vous attend")

    reader.goto(receipt)
    assert "est publié" in reader.inner_text("h1")
    reader.click(".receipt a.button")
    assert "Rivages" in reader.inner_text(f"#c{comment.pk}")


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [320, 360, 1280])
def test_a_deep_thread_fits_every_screen(visitor, width, scheme):
    post = PostFactory()
    parent = None
    for number in range(7):
        parent = CommentFactory(
            post=post, parent=parent, user_name="W" * 50, comment="W" * (100 * number)
        )
    page = visitor(viewport={"width": width, "height": 800}, color_scheme=scheme)

    page.goto(f"{post.get_absolute_url()}")

    root = "document.documentElement"
    assert page.evaluate(f"{root}.scrollWidth - {root}.clientWidth") == 0
    assert page.locator(".remark").last.bounding_box()["width"] >= 0.6 * (
        min(width, 600) - 48
    )
