"""A post is written, kept through every accident, previewed, scheduled and published."""

import pytest

from blog.kept import KeptText
from blog.models import Post

from ..factories import PostFactory

pytestmark = [pytest.mark.e2e, pytest.mark.django_db(transaction=True)]
ADD = "/admin/blog/post/add/?language=fr"
EDITOR = ".field-body_fr .ProseMirror"


@pytest.fixture
def signed_in(visitor, live_server, admin_client):
    """Return a function that opens a window signed in as the blogger."""

    def open_window(**options):
        page = visitor(**options)
        session = admin_client.cookies["sessionid"].value
        page.context.add_cookies(
            [{"name": "sessionid", "value": session, "url": live_server.url}]
        )
        return page

    return open_window


def kept(page):
    page.wait_for_function(
        "document.getElementById('keeping').textContent.startsWith('Gardé à')"
    )


def test_a_browser_that_dies_in_mid_sentence_takes_nothing_away(signed_in):
    page = signed_in()
    page.goto(ADD)
    page.fill("#id_title_fr", "Un matin d’hiver")
    page.click(EDITOR)
    page.keyboard.type("Il a neigé toute la n")
    kept(page)
    page.context.close()

    page = signed_in()
    page.goto(ADD)
    page.click(".kept-text a")

    assert page.inner_text(EDITOR).strip() == "Il a neigé toute la n"
    assert page.input_value("#id_title_fr") == "Un matin d’hiver"


def test_a_text_the_server_never_got_waits_in_the_browser(signed_in):
    page = signed_in()
    page.goto(ADD)
    page.route("**/keep/", lambda route: route.abort())
    page.fill("#id_title_fr", "Un matin d’hiver")
    page.wait_for_selector(".writing-kept.trouble")
    assert not KeptText.objects.exists()
    page.unroute("**/keep/")

    page.goto(ADD)
    page.click(".kept-text a")

    assert page.input_value("#id_title_fr") == "Un matin d’hiver"
