"""What a reader sees when something is missing, closed, gone or broken."""

import pytest
from django.template.loader import render_to_string
from django.test import Client
from lxml import html

from tests.factories import PostFactory

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("path", ["/fr/rien/", "/en/nothing/"])
def test_a_missing_page_leads_somewhere(client, path):
    response = client.get(path)

    links = html.fromstring(response.content).xpath("//main//a/@href")
    assert response.status_code == 404
    assert links == [f"{path[:4]}archives/", path[:4]]


def test_what_a_failing_page_would_reveal_stays_inside(client, monkeypatch):
    def explode(*args, **kwargs):
        raise RuntimeError("a secret of ours")

    post = PostFactory()
    monkeypatch.setattr("blog.addresses.canonical", explode)
    client.raise_request_exception = False

    response = client.get(post.get_absolute_url())

    assert response.status_code == 500
    assert "secret" not in response.content.decode()
    assert "Something broke on our side." in response.content.decode()


def test_the_page_of_a_breakdown_needs_nothing_that_may_have_broken(
    django_assert_num_queries,
):
    with django_assert_num_queries(0):
        page = html.fromstring(render_to_string("500.html").encode())

    languages = page.xpath("//html/@lang | //section/@lang")
    assert languages == ["fr", "en"]
    assert page.xpath("//a/@href") == ["/fr/", "/en/"]


@pytest.mark.parametrize(
    "template", ["403.html", "403_csrf.html", "404.html", "410.html"]
)
def test_each_error_has_words_of_its_own(rf, template):
    page = html.fromstring(render_to_string(template, request=rf.get("/x")))

    assert len(page.xpath("//main//p")) >= 2
    assert page.xpath("//meta[@name='robots']/@content") == ["noindex"]


def test_a_form_without_its_token_is_told_what_to_do(admin_user):
    strict = Client(enforce_csrf_checks=True)

    response = strict.post("/admin/login/", {"username": "admin"})

    assert response.status_code == 403
    assert "403_csrf.html" in [template.name for template in response.templates]
