import gzip
import re
from io import BytesIO

import pytest
from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st
from lxml import html as lxml_html
from PIL import Image

from blog import look
from blog.cards import ACCENT, card_of
from blog.models import Blog

from ..factories import PictureFactory, PostFactory

SITE_CSS = (settings.BASE_DIR / "static/css/site.css").read_text(encoding="utf-8")
colours = st.integers(0, 0xFFFFFF).map("#{:06x}".format)


def test_contrast_is_that_of_the_guidelines():
    assert look.contrast("#000000", "#ffffff") == pytest.approx(21)
    assert look.contrast("#777777", "#ffffff") == pytest.approx(4.478, abs=0.001)
    assert look.contrast("#8f2f1d", "#8f2f1d") == 1


def test_grounds_and_inks_are_those_of_the_style_sheet():
    papers = re.findall(r"--paper: (#\w+);\s+--paper-raised: (#\w+);", SITE_CSS)

    assert papers[:2] == [look.GROUNDS["light"], look.GROUNDS["dark"]]
    assert f"--accent: {ACCENT};" in SITE_CSS
    # It is sent from another folder as well.
    assert "url(" not in SITE_CSS


@given(colour=colours, scheme=st.sampled_from(["light", "dark"]))
def test_any_colour_becomes_one_that_can_be_read_and_written_on(colour, scheme):
    nearest = look.nearest_readable(colour, scheme)

    assert look.is_readable(nearest, scheme)
    assert look.contrast(nearest, look.ink_on(nearest)) >= 4.5
    if look.is_readable(colour, scheme):
        assert nearest == colour


@pytest.mark.parametrize(
    ("field", "colour", "sentences"),
    [
        ("accent", "#ffd000", [
            "#ffd000 est trop pâle pour être lu sur la page", "#ffd000 is too pale",
        ]),
        ("accent_dark", "#000080", [
            "#000080 est trop sombre pour être lu", "#000080 is too dark",
        ]),
        ("accent", "red", [
            "Une couleur s’écrit # et six chiffres", "A colour is # and six digits",
        ]),
        ("accent", "#12345", ["Une couleur s’écrit", "A colour is"]),
        ("accent", "#8f2f1d}", ["Une couleur s’écrit", "A colour is"]),
    ],
)  # fmt: skip
def test_a_colour_that_will_not_do_is_refused_in_a_clear_sentence(
    field, colour, sentences
):
    for language, sentence in zip(("fr", "en"), sentences, strict=True):
        with translation.override(language):
            with pytest.raises(ValidationError) as refusal:
                Blog(title_fr="B", **{field: colour}).clean()
            told = refusal.value.message_dict[field][0]
        assert told.startswith(sentence)


def test_the_colour_that_is_proposed_instead_is_taken():
    with translation.override("en"), pytest.raises(ValidationError) as refusal:
        Blog(accent="#FFD000").clean()
    proposed = re.search(r"be read is (#\w{6})\.", str(refusal.value))[1]

    blog = Blog(accent=f" {proposed.upper()} ")
    blog.clean()

    assert blog.accent == proposed


@pytest.fixture
def page(client, db):
    def read(path="/fr/"):
        return lxml_html.fromstring(client.get(path).content)

    return read


def style_sheets(page):
    return page.xpath("//link[@rel='stylesheet']/@href")


def test_without_colours_a_page_has_the_one_static_style_sheet(page):
    Blog.objects.create(title_fr="B")

    assert style_sheets(page()) == ["/static/css/site.css"]
    assert page().xpath("//link[@rel='icon']/@href") == ["/static/img/icon.svg"]


def test_colours_come_in_the_one_style_sheet_of_the_page(page, client):
    Blog.objects.create(title_fr="B", accent="#1d5c8f")

    (address,) = style_sheets(page())
    css = client.get(address)

    assert css["Content-Type"] == "text/css"
    assert css.content.decode() == SITE_CSS + (
        "@media screen{:root{--accent:#1d5c8f;--accent-ink:#fffaf5}}"
        "@media screen and (prefers-color-scheme:dark)"
        "{:root{--accent:#378fd6;--accent-ink:#1b1815}}"
    )
    assert page().xpath("//style | //*[@style]") == []


def test_a_colour_of_its_own_for_dark_screens_is_used_there(client, db):
    blog = Blog(accent="#1d5c8f", accent_dark="#ffd000")
    blog.clean()

    assert "dark){:root{--accent:#ffd000;--accent-ink:#1b1815}}" in blog.look.css


def test_it_is_sent_compressed_and_kept_for_ever(page, client):
    Blog.objects.create(title_fr="B", accent="#1d5c8f")
    (address,) = style_sheets(page())

    sent = client.get(address, headers={"accept-encoding": "gzip"})

    assert gzip.decompress(sent.content).startswith(SITE_CSS.encode())
    assert "Accept-Encoding" in sent["Vary"]
    assert "immutable" in sent["Cache-Control"]
    assert sent.cookies == {}


def test_a_page_from_before_a_change_of_colour_finds_the_colours_of_today(page, client):
    blog = Blog.objects.create(title_fr="B", accent="#1d5c8f")
    (before,) = style_sheets(page())
    blog.accent = "#5b2a86"
    blog.save()

    (now,) = style_sheets(page())
    assert now != before
    assert client.get(before)["Location"] == now
    Blog.objects.update(accent="")
    assert client.get(before)["Location"] == "/static/css/site.css"


def test_the_speech_bubble_takes_the_colour_everywhere(page, client):
    Blog.objects.create(title_fr="B", accent="#1d5c8f")

    (address,) = page().xpath("//link[@rel='icon']/@href")
    drawn = client.get(address)

    assert drawn["Content-Type"] == "image/svg+xml"
    static = (settings.BASE_DIR / "static/img/icon.svg").read_text().strip()
    ours = static.replace("#8f2f1d", "#1d5c8f").replace("#fdfbf6", "#fffaf5")
    assert drawn.content.decode() == ours
    assert client.get("/favicon.ico")["Location"] == address
    manifest = client.get("/fr/manifest.webmanifest").json()
    assert [icon["src"] for icon in manifest["icons"]] == [address]


def test_an_icon_of_ones_own_is_cut_square_in_a_few_sizes(page, client):
    picture = PictureFactory(file__width=700, file__height=600)
    Blog.objects.create(title_fr="B", icon=picture)

    links = page().xpath("//link[contains(@rel, 'icon')]")
    manifest = client.get("/en/manifest.webmanifest").json()["icons"]

    offered = [(link.get("href"), link.get("sizes")) for link in links]
    offered += [(icon["src"], icon["sizes"]) for icon in manifest]
    assert [sizes for _, sizes in offered] == [
        "32x32", "180x180", "192x192", "512x512",
    ]  # fmt: skip
    for address, sizes in offered:
        drawn = Image.open(BytesIO(client.get(address).content))
        assert (drawn.format, drawn.size) == (
            "PNG", tuple(map(int, sizes.split("x"))),
        )  # fmt: skip
    assert client.get("/favicon.ico")["Location"] == offered[0][0]


@pytest.mark.parametrize("path", ["{pk}-33.png", "{other}-32.png", "999-512.png"])
def test_nobody_orders_other_icons(client, path, db):
    picture, other = PictureFactory(), PictureFactory()
    Blog.objects.create(title_fr="B", icon=picture)

    path = path.format(pk=picture.pk, other=other.pk)

    assert client.get(f"/look/{path}").status_code == 404


def test_the_card_of_a_post_wears_the_colour(db):
    blog = Blog(title_fr="B", accent="#1d5c8f")

    assert card_of(PostFactory(), "fr", blog).accent == "#1d5c8f"
    assert card_of(PostFactory(), "fr", Blog(title_fr="B")).accent == ACCENT


def test_who_writes_and_their_picture_stand_on_the_front_page_alone(page):
    portrait = PictureFactory(alt_fr="Hazel rit", alt_en="Hazel laughs")
    header = PictureFactory(file__width=1300, file__height=500)
    Blog.objects.create(
        title_fr="B", author_name="Hazel", portrait=portrait, header_picture=header,
        about_fr="J’accorde des pianos.", about_en="I tune pianos.",
    )  # fmt: skip
    post = PostFactory()

    french, english = page("/fr/"), page("/en/")

    for read, about, alt in (
        (french, "J’accorde des pianos.", "Hazel rit"),
        (english, "I tune pianos.", "Hazel laughs"),
    ):
        (card,) = read.find_class("who-writes")
        assert card.find_class("p-name")[0].text == "Hazel"
        assert card.find_class("p-note")[0].text_content() == about
        assert card.find_class("u-photo")[0].get("alt") == alt
        (top,) = read.find_class("header-picture")
        assert top.find(".//img").get("fetchpriority") == "high"
    for path in (post.get_absolute_url(), "/fr/archives/"):
        assert page(path).find_class("who-writes") == []
        assert page(path).find_class("header-picture") == []


def test_nothing_is_said_of_who_writes_where_nothing_is_known(page):
    Blog.objects.create(title_fr="B")

    assert page().find_class("who-writes") == []


def test_the_look_of_the_front_page_comes_in_the_query_of_the_blog(client, db):
    PostFactory()
    blog = Blog.objects.create(title_fr="B")
    client.get("/fr/")

    def count():
        with CaptureQueriesContext(connection) as caught:
            client.get("/fr/")
        return len(caught)

    plain = count()
    blog.portrait = blog.header_picture = blog.icon = PictureFactory()
    blog.accent, blog.about_fr = "#1d5c8f", "Moi."
    blog.save()

    assert count() == plain


def test_the_operator_sets_all_of_it_in_the_admin(admin_client):
    blog, picture = Blog.objects.create(title_fr="B"), PictureFactory()
    data = {
        "title_fr": "B", "title_en": "B", "accent": "#1D5C8F", "author_name": "Hazel",
        "about_fr": "Moi.", "header_picture": picture.pk, "portrait": picture.pk,
        "icon": picture.pk, "comment_policy": "screen", "strictness": "balanced",
    }  # fmt: skip

    answer = admin_client.post(f"/admin/blog/blog/{blog.pk}/change/", data)

    assert answer.status_code == 302, answer.content.decode()
    blog.refresh_from_db()
    assert (blog.accent, blog.portrait, blog.icon, blog.header_picture) == (
        "#1d5c8f", picture, picture, picture,
    )  # fmt: skip


def test_a_colour_that_is_too_pale_is_said_so_beside_its_field(admin_client):
    blog = Blog.objects.create(title_fr="B")
    data = {"title_fr": "B", "accent": "#ffd000", "comment_policy": "screen",
            "strictness": "balanced"}  # fmt: skip

    answer = admin_client.post(f"/admin/blog/blog/{blog.pk}/change/", data)

    (told,) = lxml_html.fromstring(answer.content.decode()).xpath(
        "//div[contains(@class, 'field-accent') and not(contains(@class, '_dark'))]"
        "//ul[contains(@class, 'errorlist')]"
    )
    assert "#ffd000 est trop pâle" in told.text_content()
