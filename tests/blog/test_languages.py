import pytest
from django.contrib.redirects.models import Redirect
from django.utils import timezone
from lxml import html

from blog.models import Page
from tests.factories import EnglishPostFactory, PostFactory

pytestmark = pytest.mark.django_db
SITE = "http://127.0.0.1:8000"


def head_links(client, path):
    """Return the canonical address of a page, and its translations."""
    page = html.fromstring(client.get(path).content)
    canonical = page.xpath("//link[@rel='canonical']/@href")
    alternates = {
        link.get("hreflang"): link.get("href")
        for link in page.xpath("//link[@rel='alternate'][@hreflang]")
    }
    return canonical, alternates


def switch(client, path):
    page = html.fromstring(client.get(path).content)
    return page.xpath("//nav[@class='languages']//a/@href")


@pytest.fixture
def translated_post():
    return PostFactory(
        title_en="Sourdough, second try",
        body_en="<p>My starter is three weeks old.</p>",
    )


@pytest.mark.parametrize(
    ("preferred", "home"),
    [
        ("en-GB,en;q=0.9,fr;q=0.8", "/en/"),
        ("fr-CH", "/fr/"),
        ("de-CH,de;q=0.9,en;q=0.5", "/en/"),
        ("ja", "/fr/"),
        ("", "/fr/"),
        ("*", "/fr/"),
        ("en;q=abc,\x00;q=1", "/fr/"),
        ("x" * 2000, "/fr/"),
    ],
)
def test_the_front_door_leads_to_the_readers_language(client, preferred, home):
    response = client.get("/", headers={"accept-language": preferred})

    assert (response.status_code, response["Location"]) == (302, home)
    assert response["Vary"] == "Accept-Language"


def test_the_front_door_does_not_look_at_cookies(client):
    client.cookies["django_language"] = "en"

    assert client.get("/")["Location"] == "/fr/"


def test_an_old_numbered_address_leads_to_its_post(client, post):
    Redirect.objects.create(
        site_id=1, old_path="/?p=123", new_path=post.get_absolute_url()
    )

    response = client.get("/?p=123&utm_source=x")

    assert (response.status_code, response["Location"]) == (
        301,
        post.get_absolute_url(),
    )
    assert client.get("/?p=124")["Location"] == "/fr/"


def test_an_old_address_that_leads_nowhere_says_so(client):
    Redirect.objects.create(site_id=1, old_path="/?p=5", new_path="")

    response = client.get("/?p=5")

    assert response.status_code == 410
    assert response.templates[0].name == "410.html"


def test_an_old_path_leads_to_its_post(client, post):
    Redirect.objects.create(
        site_id=1, old_path="/2009/03/levain/", new_path=post.get_absolute_url()
    )

    assert client.get("/2009/03/levain/")["Location"] == post.get_absolute_url()


def test_a_post_in_one_language_has_one_address_and_no_translation(client, post):
    with_french_frame = post.get_absolute_url()
    with_english_frame = f"/en{with_french_frame[3:]}"

    expected = ([f"{SITE}{with_french_frame}"], {})
    assert head_links(client, with_french_frame) == expected
    assert head_links(client, with_english_frame) == expected


def test_a_post_in_both_languages_is_two_pages_that_know_each_other(
    client, translated_post
):
    french = translated_post.get_absolute_url()
    english = f"/en{french[3:]}"
    both = {"fr": f"{SITE}{french}", "en": f"{SITE}{english}"}

    assert head_links(client, french) == ([both["fr"]], both)
    assert head_links(client, english) == ([both["en"]], both)
    assert "My starter is three weeks old." in client.get(english).content.decode()


def test_a_column_may_leave_search_engines_to_where_it_was_first(client):
    post = PostFactory(source_url="https://lettre.example/4", source_is_canonical=True)

    assert head_links(client, post.get_absolute_url()) == (
        ["https://lettre.example/4"],
        {},
    )


def test_the_summary_is_in_the_language_that_the_text_is_not(client, translated_post):
    french = translated_post.get_absolute_url()
    translated_post.summary_fr = "Deuxième essai."
    translated_post.save()

    def summary(path):
        (found,) = html.fromstring(client.get(path).content).find_class("p-summary")
        return found.get("lang"), found.text_content()

    assert summary(french) == ("en", translated_post.summary_en)
    assert summary(f"/en{french[3:]}") == ("fr", "Deuxième essai.")


@pytest.mark.parametrize("frame", ["fr", "en"])
def test_the_invitation_speaks_the_language_of_the_summary(client, frame):
    post = EnglishPostFactory()
    address = f"/{frame}{post.get_absolute_url()[3:]}"

    (label,) = html.fromstring(client.get(address).content).find_class("in-brief-label")

    assert label.text_content() == "En français, en bref"
    assert label.getparent().get("lang") == "fr"


def test_the_page_says_the_language_of_its_frame(client, post):
    for frame in ("fr", "en"):
        address = f"/{frame}{post.get_absolute_url()[3:]}"
        assert html.fromstring(client.get(address).content).get("lang") == frame


def test_the_switch_leads_to_the_same_page_in_the_other_frame(client, post):
    Page.objects.create(
        slug="moi", title_fr="Moi", body_fr="<p>Moi.</p>", published_at=timezone.now()
    )
    tail = post.get_absolute_url()[3:]
    for path in ("/", "/archives/", "/only/fr/", "/series/", "/pages/moi/", tail):
        assert switch(client, f"/fr{path}") == [f"/fr{path}", f"/en{path}"]


def test_the_switch_keeps_the_place_in_a_list(client):
    for _number in range(12):
        PostFactory()
    (older,) = html.fromstring(client.get("/fr/").content).xpath(
        "//a[@rel='next']/@href"
    )

    french, english = switch(client, f"/fr/{older}")

    assert (french, english) == (f"/fr/{older}", f"/en/{older}")
    assert client.get(english).status_code == 200


def test_the_switch_of_a_page_that_is_missing_leads_home(client):
    assert switch(client, "/fr/rien/") == ["/fr/", "/en/"]
    assert switch(client, "/fr/2026/01/01/rien/") == ["/fr/", "/en/"]
